package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fluvia.autodiff.op.Op;

/** The classes of all primitives that can be recorded: a table that tests some of them is to have each. */
final class Primitives {
    /** They enter programs when these are planned, after derivatives are taken. */
    private static final List<String> PLANNED = List.of("MatMulPlus", "Accumulate", "Move");

    private Primitives() {}

    static List<? extends Class<?>> recorded() throws Exception {
        Path root = root();
        try (Stream<Path> files = Files.walk(root.resolve("org/fluvia/autodiff"))) {
            List<? extends Class<?>> found = files.filter(f -> f.toString().endsWith(".class")).map(f -> load(root, f))
                    .filter(c -> Op.class.isAssignableFrom(c) && c != Op.class && !PLANNED.contains(c.getSimpleName())).toList();
            assertTrue(found.size() > 40, "the search must find primitives: " + found);
            return found;
        }
    }

    private static Path root() throws URISyntaxException {
        return Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Class<?> load(Path root, Path file) {
        String name = root.relativize(file).toString().replaceAll("[/\\\\]", ".").replaceAll("\\.class$", "");
        try {
            return Class.forName(name, false, Primitives.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
