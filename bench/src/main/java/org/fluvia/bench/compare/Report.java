package org.fluvia.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.fluvia.kernel.provider.KernelProvider;
import org.fluvia.model.Data;

/** Writes the measured parts of docs/benchmarks.md, each between two markers; the prose around them is people's. */
final class Report {
    private static final Path FILE = Path.of("docs", "benchmarks.md");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private final String loadBefore;

    private Report(String loadBefore) {
        this.loadBefore = loadBefore;
    }

    /** Notes how busy the machine is before the benchmarks are. */
    static Report begin() throws IOException {
        return new Report(load());
    }

    /** What bench/run measured. */
    void write(List<Row> rows, SortedSet<String> versions, Turns turns) throws IOException {
        // in a JVM of its own: in this one the JIT has seen too much to compile it well
        Data roofline = Child.run("roofline");
        if (roofline == null) throw new IOException("bench: the JVM that measures the roofline failed");
        StringBuilder b = begin(turns.toString());
        b.append("- Roofline, one thread, measured after the run: ").append(Row.number(roofline.values("flops")[0] * 1e-9))
                .append(" GFLOP/s of fma in registers, ").append(Row.number(roofline.values("bandwidth")[0] * 1e-9))
                .append(" GB/s read and written by a copy of 64 MB (the best of many trials)\n");
        b.append("- Peers: ").append(String.join(", ", versions)).append(", Stan ").append(Machine.stan()).append('\n');
        b.append(String.format(Locale.ROOT, "%n| work | peer | precision of the peer, threads of both | Fluvia | peer |"
                + " peer / Fluvia: median (least to most of %d rounds) | target | met |%n|---|---|---|---|---|---|---|---|%n", turns.rounds()));
        for (Row row : rows) b.append(row.markdown()).append('\n');
        replace("measured", b);
    }

    /** What bench/run --learn measured. */
    void writeLearned(List<String> besidePeers, List<String> besideTruth, SortedSet<String> versions, String options) throws IOException {
        StringBuilder b = begin("--learn " + options);
        b.append("- Peers: ").append(String.join(", ", versions)).append('\n');
        b.append("\n| samples, flow | peer | Fluvia, nats a row | peer | difference (least to most of the rounds) | Fluvia | peer | peer / Fluvia "
                + "| with the start of the process |\n")
                .append("|---|---|---|---|---|---|---|---|---|\n");
        for (String row : besidePeers) b.append(row).append('\n');
        b.append("\n| samples | rows | Fluvia, nats a row | truth | difference | time |\n|---|---|---|---|---|---|\n");
        for (String row : besideTruth) b.append(row).append('\n');
        replace("learned", b);
    }

    /** What each part begins with: when, by which command and where it was measured. */
    private StringBuilder begin(String options) throws IOException {
        StringBuilder b = new StringBuilder();
        b.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        b.append("- Command: `bench/run ").append(options).append("`\n");
        b.append("- CPU: ").append(Machine.processor()).append(", ").append(Runtime.getRuntime().availableProcessors())
                .append(" cores; load of the machine before the run ").append(loadBefore).append(", after it ").append(load())
                .append(" (1 or 2 of it our own)\n");
        b.append("- JVM: ").append(System.getProperty("java.vm.name")).append(' ').append(System.getProperty("java.vm.version"))
                .append("; Fluvia's kernels: ").append(KernelProvider.describe()).append('\n');
        return b;
    }

    private static void replace(String part, CharSequence measured) throws IOException {
        String begin = "<!-- " + part + " -->";
        String end = "<!-- end of " + part + " -->";
        String old = Files.readString(FILE);
        int from = old.indexOf(begin);
        int to = old.indexOf(end);
        if (from < 0 || to < from) throw new IOException(FILE + " must have the lines " + begin + " and " + end);
        Files.writeString(FILE, old.substring(0, from + begin.length()) + "\n" + measured + old.substring(to));
    }

    private static String load() throws IOException {
        return Files.exists(LOAD) ? Files.readString(LOAD).split(" ")[0] : "unknown";
    }
}
