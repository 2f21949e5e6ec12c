package org.fluvia.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.Quantity;
import org.fluvia.report.Document;
import org.fluvia.report.DrawsJson;
import org.fluvia.report.PointsCsv;
import org.fluvia.text.Shown;
import org.fluvia.vi.Prior;
import org.fluvia.vi.PriorDraws;
import org.fluvia.vi.predictive.Predictions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fluvia prior}: what a model believes before it has seen the data. */
@Command(name = "prior", sortOptions = false, header = "Draws from a model's prior, and data from these: what it believes before it has seen any.",
        description = "Prints summaries of parameters and derived values, and of replications of what is observed beside the data, which serve for their"
                + " shapes alone. Needs a proper prior: parameters that are declared by m.sample.",
        footer = "%nExample: fluvia prior EightSchools.java --data schools.json --out prior.csv")
final class PriorCommand implements Callable<Integer> {
    private static final int DEFAULT_DRAWS = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArguments model;

    @Option(names = "--draws", paramLabel = "N", description = "The number of draws (default: " + DEFAULT_DRAWS + ").")
    private int draws = DEFAULT_DRAWS;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same draws (default: 1).")
    private long seed = 1;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the draws: of parameters, derived values, replications and predictions.")
    private @Nullable Path out;

    @Option(names = "--format", paramLabel = "FORMAT", completionCandidates = Formats.class,
            description = "${COMPLETION-CANDIDATES}: a column for each element; lists by name (default: csv).")
    private String format = "csv";

    /** The formats there are, for the help and for completion. */
    static final class Formats implements Iterable<String> {
        static final List<String> ALL = List.of("csv", "json");

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    @Override
    public Integer call() {
        if (draws < 1) throw new UserError("--draws: must be at least 1, but was " + draws);
        Output.checkFormat(format, Formats.ALL);
        model.checkFiles();
        if (out != null) Output.checkFile("--out", out);
        return model.use(seed, (m, data) -> {
            Prior prior = Prior.of(m, data);
            Output.checkMemory(draws, 4L * draws * prior.elements());
            PriorDraws drawn = prior.draws(draws, seed);
            Map<String, Predictions> predictions = drawn.predict(seed);
            PrintWriter to = spec.commandLine().getOut();
            to.println(Shown.lines(drawn.toString()));
            predictions.values().forEach(p -> to.printf("%n%s%n", Shown.lines(p.toString())));
            to.flush();
            if (out != null) Output.write(document(drawn, predictions), out, to);
            return 0;
        });
    }

    private Document document(PriorDraws drawn, Map<String, Predictions> predictions) {
        List<Quantity> quantities = new ArrayList<>(drawn.quantities());
        List<DMatrixRMaj> parts = new ArrayList<>(List.of(drawn.draws()));
        predictions.forEach((name, p) -> {
            quantities.add(new Quantity(name, Expr.perDraw(name, p.shape())));
            parts.add(p.draws());
        });
        DMatrixRMaj all = CommonOps_DDRM.concatRowsMulti(parts.toArray(new DMatrixRMaj[0]));
        if (format.equals("json")) return DrawsJson.of(quantities, all);
        return PointsCsv.of(quantities.stream().flatMap(q -> q.elementNames().stream()).toList(), all);
    }
}
