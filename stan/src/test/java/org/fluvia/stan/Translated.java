package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelSource;
import org.fluvia.model.Quantity;

/** Programs translated to Java, compiled, and compared with what they are. */
final class Translated {
    private static final Pattern NAME = Pattern.compile("public final class (\\w+)");

    private Translated() {}

    /** The model of a class in a source. */
    static Model compiled(String source, Path folder) throws Exception {
        Matcher name = NAME.matcher(source);
        assertEquals(true, name.find());
        Path file = folder.resolve(name.group(1) + ".java");
        Files.writeString(file, source);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, errors, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
                folder.toString(), file.toString());
        assertEquals(0, code, () -> errors.toString(StandardCharsets.UTF_8) + source);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            return Model.of((ModelSource) loader.loadClass(name.group(1)).getDeclaredConstructor().newInstance());
        }
    }

    /** Log-density and gradient at some points, names in their order, and levels are those of the program as it is read. */
    static void assertTheSame(StanProgram program, Data data, Path folder) throws Exception {
        String source = program.toJava(note -> { });
        BoundModel java = compiled(source, folder).bind(data);
        BoundModel stan = program.model().bind(data);
        assertEquals(names(stan.parameters()), names(java.parameters()));
        assertEquals(names(stan.derived()), names(java.derived()));
        assertEquals(stan.predictions().keySet(), java.predictions().keySet());
        assertArrayEquals(stan.levels(), java.levels());
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 3; k++) {
            double[] at = random.doubles(stan.dimension(), -1, 1).toArray();
            Recorded expected = new Recorded(stan, List.of());
            Recorded actual = new Recorded(java, List.of());
            double density = expected.density(at);
            assertEquals(density, actual.density(at), 1e-11 * Math.max(1, Math.abs(density)), source);
            double[] slopes = expected.gradient(at);
            assertArrayEquals(slopes, actual.gradient(at), 1e-10 * Math.max(1, Arrays.stream(slopes).map(Math::abs).max().orElse(0)), source);
        }
    }

    private static List<String> names(List<Quantity> all) {
        return all.stream().map(Quantity::name).toList();
    }
}
