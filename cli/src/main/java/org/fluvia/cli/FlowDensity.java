package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Samples;
import org.fluvia.flows.file.FlowFile;
import org.fluvia.report.PointsCsv;
import org.fluvia.text.Shown;

/** The log-density of a flow that was learned, at the rows of a table, as CSV with a row for each. */
final class FlowDensity {
    private FlowDensity() {}

    /** @param to where the table goes */
    static void print(String flow, Path at, PrintWriter to) {
        FlowFile file = InputFiles.flow(flow);
        LearnedFlow learned = file.flow();
        int own = learned.dimension();
        List<String> wanted = new ArrayList<>(names(file.columns(), "x", own));
        wanted.addAll(names(file.contextColumns(), "context ", learned.standardisation().contextMean().size()));
        Samples all = Table.read("--at", at, table -> {
            for (String name : wanted) {
                if (!table.header().contains(name)) {
                    throw new UserError("--at: there must be a column " + Shown.text(name) + ", as the flow has, but there are "
                            + Shown.list(table.header()) + ".");
                }
            }
            return wanted;
        });
        double[] logDensity = learned.logDensity(split(all, own));
        try {
            PointsCsv.of(List.of("log_density"), new DMatrixRMaj(1, logDensity.length, true, logDensity)).writeTo(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a PrintWriter throws none
        }
        to.flush();
    }

    /** The columns after the first as context of those. */
    static Samples split(Samples all, int own) {
        int others = all.dimension() - own;
        if (others == 0) return all;
        double[] points = new double[all.size() * own];
        double[] contexts = new double[all.size() * others];
        for (int i = 0; i < all.size(); i++) {
            double[] row = all.row(i);
            System.arraycopy(row, 0, points, i * own, own);
            System.arraycopy(row, own, contexts, i * others, others);
        }
        return Samples.ofRows(points, own).context(Samples.ofRows(contexts, others));
    }

    /** Those that a file has, or else numbered ones. */
    static List<String> names(List<String> given, String otherwise, int count) {
        return given.isEmpty() ? IntStream.rangeClosed(1, count).mapToObj(i -> otherwise + i).toList() : given;
    }
}
