package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.Test;

/** A JVM without the incubator module says once how to be faster. */
class MissingModuleTest {
    @Test
    void oneWarningNamesTheFlag() throws Exception {
        String out = run();
        assertEquals(1, out.lines().filter(l -> l.contains("--add-modules jdk.incubator.vector")).count(), out);
        assertTrue(out.contains("WARNING: Fluvia runs several times slower than it could: module jdk.incubator.vector not present;"), out);
    }

    @Test
    void nothingIsSaidWhereItIsMeant() throws Exception {
        assertEquals("", run("-Dfluvia.simd=off"));
        assertEquals("", run("--add-modules", "jdk.incubator.vector", "-Djava.util.logging.config.file=none").lines()
                .filter(l -> !l.equals("WARNING: Using incubator modules: jdk.incubator.vector")).reduce("", String::concat));
    }

    private static String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), UsesKernels.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    /** Uses the kernels, from several threads and often. */
    static final class UsesKernels {
        public static void main(String[] arguments) throws InterruptedException {
            Thread other = new Thread(KernelProvider::kernels);
            other.start();
            for (int i = 0; i < 3; i++) KernelProvider.kernels();
            other.join();
        }
    }
}
