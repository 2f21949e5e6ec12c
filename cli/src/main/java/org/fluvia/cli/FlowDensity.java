package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.flows.Samples;
import org.fluvia.flows.file.FlowFile;
import org.fluvia.report.PointsCsv;
import org.fluvia.text.ConsoleLine;

/** The log-density of a flow that was learned, at the rows of a table, as CSV with a row for each. */
final class FlowDensity {
    /** Points of a cube of integers at which its density is taken, so that its mean is a probability: see docs/learning.md. */
    private static final int POINTS = 64;
    private static final long SEED_OF_POINTS = 1;

    private FlowDensity() {}

    /** @param to where the table goes */
    static void print(String flow, Path at, PrintWriter to) {
        FlowFile file = InputFiles.flow(flow);
        ColumnRoles roles = ColumnRoles.of(file);
        ConsoleLine line = Output.progress();
        Samples read = Table.read("--at", at, line, table -> {
            table.named("--at", roles.points());
            table.named("--at", roles.context());
            return roles.columns();
        });
        line.clear();
        Samples samples = roles.samples(read, SEED_OF_POINTS);
        double[] logDensity = roles.integers().isEmpty() ? file.flow().logDensity(samples) : file.flow().logProbability(samples, POINTS);
        try {
            PointsCsv.of(List.of("log_density"), new DMatrixRMaj(1, logDensity.length, true, logDensity)).writeTo(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a PrintWriter throws none
        }
        to.flush();
    }
}
