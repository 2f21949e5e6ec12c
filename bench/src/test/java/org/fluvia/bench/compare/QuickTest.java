package org.fluvia.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class QuickTest {
    /** By the class path that Maven wrote for it, which is not that of the tests; a flow, a product of matrices and EJML beside it. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theCommandStartsByTheClassPathThatMavenWrites() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("bench/run", "--quick", "--only", "^real_nvp|NN .64x64").redirectErrorStream(true)
                .directory(Path.of("..").toFile());
        command.environment().put("FLUVIA_BENCH_BUILT", "yes");
        Process process = command.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        assertTrue(out.contains("real_nvp step") && out.contains("times the speed of EJML"), out);
    }
}
