package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules on source files that keep vectors fast and bits the same. */
class VectorApiImportsTest {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().getParent();
    private static final Path KERNELS = Path.of("core", "src", "main", "java", "org", "fluvia", "kernel");
    private static final Path VECTORS = KERNELS.resolve("vector");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src")).filter(Files::isDirectory).flatMap(VectorApiImportsTest::java).toList();
        }
    }

    private static Stream<Path> java(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> filesWith(String regex, List<Path> files) throws IOException {
        java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(regex);
        List<String> found = new java.util.ArrayList<>();
        for (Path file : files) {
            if (pattern.matcher(Files.readString(file)).find()) {
                found.add(PROJECT.relativize(file).toString());
            }
        }
        return found;
    }

    @Test
    void onlyOneRoomImportsTheVectorApi() throws IOException {
        List<String> importers = filesWith("(?m)^import (static )?jdk\\.incubator\\.", sources());
        assertTrue(importers.contains(VECTORS.resolve("VectorLanes.java").toString()), "the search must find kernels: " + importers);
        List<String> elsewhere = importers.stream().filter(file -> !file.startsWith(VECTORS.toString())).toList();
        assertEquals(List.of(), elsewhere, "jdk.incubator may be imported in " + VECTORS + " only");
    }

    /** Both change their bits with the JDK, and the first when the compiler gets at it. */
    @Test
    void kernelsUseNoFunctionWhoseBitsMove() throws IOException {
        List<Path> kernels = sources().stream().filter(file -> file.startsWith(PROJECT.resolve(KERNELS))).toList();
        assertTrue(kernels.size() > 20, "the search must find kernels: " + kernels);
        assertEquals(List.of(), filesWith("VectorOperators\\.(EXP|LOG|TANH|SIN|COS|POW|HYPOT|CBRT|A?SINH?|A?COSH?|A?TAN)\\w*", kernels));
        assertEquals(List.of(), filesWith("reduceLanes\\(", kernels));
        assertEquals(List.of(), filesWith("\\bMath\\.(exp|log|pow|sin|cos|tan|sinh|cosh|tanh|cbrt)\\w*\\(", kernels));
    }

    /** A method that takes or returns vectors may not be inlined, and then each vector becomes an object. */
    @Test
    void kernelsPassNoVectors() throws IOException {
        List<Path> kernels = sources().stream().filter(file -> file.startsWith(PROJECT.resolve(KERNELS))).toList();
        assertEquals(List.of(), filesWith("(?m)^    (private |static |public )+(Double|Long)Vector \\w+\\(", kernels));
        assertEquals(List.of(), filesWith("[(,]\\s*(Double|Long)Vector \\w+[,)]", kernels));
    }
}
