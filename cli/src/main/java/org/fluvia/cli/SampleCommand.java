package org.fluvia.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.file.FlowFile;
import org.fluvia.report.PointsCsv;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia sample}: draws of a flow that was learned, as CSV. */
@Command(name = "sample", sortOptions = false, header = "Draws from a flow that was learned, as CSV with a header.",
        footer = "%nExample: fluvia sample people/flow.fluvia --context 30 --draws 1000 --out new-people.csv")
final class SampleCommand implements Callable<Integer> {
    private static final int DRAWS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FLOW", description = "A file that fluvia learn wrote.")
    private String flow;

    @Option(names = "--draws", paramLabel = "N", description = "The number of draws (default: " + DRAWS + ").")
    private int draws = DRAWS;

    @Option(names = "--context", paramLabel = "VALUES", split = ",", description = "What a conditional flow is conditional on: numbers with commas"
            + " between them, in the order of its --context.")
    private List<String> context = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same draws (default: 1).")
    private long seed = 1;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "Where to write them; on standard output by default.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (draws < 0) throw new UserError("--draws: must not be negative, but was " + draws);
        FlowFile file = InputFiles.flow(flow);
        FittedFlow given = given(file);
        Output.checkMemory(draws, 3L * draws * file.flow().dimension()); // copies are made
        ColumnRoles roles = ColumnRoles.of(file);
        DMatrixRMaj drawn = given.sample(draws, seed);
        roles.floorIntegers(drawn);
        Output.write(PointsCsv.of(roles.points(), drawn), out, spec.commandLine().getOut());
        return 0;
    }

    private FittedFlow given(FlowFile file) {
        int size = file.flow().standardisation().contextMean().size();
        if (size == 0 && !context.isEmpty()) throw new UserError("--context: the flow " + Shown.text(flow) + " is not conditional. Leave it out");
        if (size == 0) return file.flow().flow();
        List<String> names = ColumnRoles.of(file).context();
        if (context.size() != size) {
            throw new UserError("--context: must be " + size + (size == 1 ? " number" : " numbers") + ", for " + Shown.list(names) + ", but "
                    + (context.isEmpty() ? "is not given" : "was " + Shown.text(String.join(",", context))));
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            try {
                values[i] = Double.parseDouble(context.get(i).strip());
            } catch (NumberFormatException e) {
                values[i] = Double.NaN;
            }
            if (!Double.isFinite(values[i])) {
                throw new UserError("--context: " + Shown.text(names.get(i)) + " must be a finite number, but was " + Shown.text(context.get(i)));
            }
        }
        return file.flow().conditional(values);
    }
}
