package org.fluvia.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the machine and its tools are called. */
public final class Machine {
    private Machine() {}

    public static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) return System.getProperty("os.arch");
        List<String> lines = Files.readAllLines(file);
        String name = value(lines, "model name");
        String flags = value(lines, "flags");
        String vectors = flags.contains("avx512f") ? "AVX-512" : flags.contains("avx2") ? "AVX2" : "";
        return name + " (family " + value(lines, "cpu family") + ", model " + value(lines, "model") + ", " + vectors + ")";
    }

    private static String value(List<String> lines, String key) {
        return lines.stream().filter(l -> l.matches(key + "\\s*:.*")).findFirst().map(l -> l.substring(l.indexOf(':') + 2))
                .orElse("");
    }

    /** The version of Stan's compiler, as it heads what it wrote. */
    static String stan() throws IOException {
        Path compiled = Peer.FOLDER.resolve(".venv/stan/eight_schools.hpp");
        if (!Files.exists(compiled)) return "not installed";
        return Files.readAllLines(compiled).get(0).replaceAll("^.*(stanc[0-9.]* v[0-9.]+).*$", "$1") + ", g++ -O3 -march=native";
    }
}
