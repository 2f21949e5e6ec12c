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

/** Writes the measured part of docs/benchmarks.md, between two markers; the prose around it is people's. */
final class Report {
    private static final Path FILE = Path.of("docs", "benchmarks.md");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final String BEGIN = "<!-- measured -->";
    private static final String END = "<!-- end of measured -->";

    private final String loadBefore;

    private Report(String loadBefore) {
        this.loadBefore = loadBefore;
    }

    /** Notes how busy the machine is before the benchmarks are. */
    static Report begin() throws IOException {
        return new Report(load());
    }

    void write(List<Row> rows, SortedSet<String> versions, Turns turns) throws IOException {
        String old = Files.readString(FILE);
        int from = old.indexOf(BEGIN);
        int to = old.indexOf(END);
        if (from < 0 || to < from) throw new IOException(FILE + " must have the lines " + BEGIN + " and " + END);
        Files.writeString(FILE, old.substring(0, from + BEGIN.length()) + "\n" + measured(rows, versions, turns)
                + old.substring(to));
    }

    private String measured(List<Row> rows, SortedSet<String> versions, Turns turns) throws IOException {
        // in a JVM of its own: in this one the JIT has seen too much to compile it well
        Data roofline = Child.run("roofline");
        if (roofline == null) throw new IOException("bench: the JVM that measures the roofline failed");
        StringBuilder b = new StringBuilder();
        b.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        b.append("- Command: `bench/run ").append(turns).append("`\n");
        b.append("- CPU: ").append(Machine.processor()).append(", ").append(Runtime.getRuntime().availableProcessors())
                .append(" cores; load of the machine before the run ").append(loadBefore).append(", after it ").append(load())
                .append(" (1 or 2 of it our own)\n");
        b.append("- JVM: ").append(System.getProperty("java.vm.name")).append(' ').append(System.getProperty("java.vm.version"))
                .append("; Fluvia's kernels: ").append(KernelProvider.describe()).append('\n');
        b.append("- Roofline, one thread, measured after the run: ").append(Row.number(roofline.values("flops")[0] * 1e-9))
                .append(" GFLOP/s of fma in registers, ").append(Row.number(roofline.values("bandwidth")[0] * 1e-9))
                .append(" GB/s read and written by a copy of 64 MB (the best of many trials)\n");
        b.append("- Peers: ").append(String.join(", ", versions)).append(", Stan ").append(Machine.stan()).append('\n');
        b.append(String.format(Locale.ROOT, "%n| work | peer | precision of the peer, threads of both | Fluvia | peer |"
                + " peer / Fluvia: median (least to most of %d rounds) | target | met |%n|---|---|---|---|---|---|---|---|%n", turns.rounds()));
        for (Row row : rows) b.append(row.markdown()).append('\n');
        return b.toString();
    }

    private static String load() throws IOException {
        return Files.exists(LOAD) ? Files.readString(LOAD).split(" ")[0] : "unknown";
    }
}
