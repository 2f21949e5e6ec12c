package org.fluvia.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.Data;
import org.fluvia.report.DataJson;
import org.fluvia.vi.Simulation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fluvia simulate}: data drawn from a model. */
@Command(name = "simulate", sortOptions = false, header = "Draws data from a model: parameters from the prior or at given values, then what is observed.",
        description = "Writes all variables of --data, those that the model observes drawn anew; of these the file has to have the shapes. To know whether a"
                + " model finds what is there, fit the data and compare with --truth.",
        footer = "%nExample: fluvia simulate EightSchools.java --data schools.json --seed 3 --out made.json --truth truth.json")
final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArguments model;

    @Option(names = "--given", paramLabel = "VALUES.json", description = "Values of some or all parameters, on their constrained scale, in Stan's JSON"
            + " format; the others are drawn from their priors, given those declared before them.")
    private @Nullable Path given;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same data (default: 1).")
    private long seed = 1;

    @Option(names = "--out", paramLabel = "DATA.json", description = "Where to write the data; on standard output by default.")
    private @Nullable Path out;

    @Option(names = "--truth", paramLabel = "VALUES.json", description = "Where to write the parameters that the data were drawn at; they can be given to"
            + " --given and to fit --init.")
    private @Nullable Path truth;

    @Override
    public Integer call() {
        model.checkFiles();
        if (model.readsStandardInput() && InputFiles.STANDARD_INPUT.equals(given)) {
            throw new UserError("--data and --given must not both be standard input. Name a file for one of them.");
        }
        if (out != null) Output.checkFile("--out", out);
        if (truth != null) Output.checkFile("--truth", truth);
        Data values = given == null ? Data.empty() : InputFiles.values("--given", given);
        return model.use(seed, (m, data) -> {
            Simulation.Drawn drawn = Simulation.of(m, data, values).draw(seed);
            Output.write(DataJson.of(drawn.data()), out, spec.commandLine().getOut());
            if (truth != null) Output.write("--truth", DataJson.of(drawn.parameters()), truth, spec.commandLine().getOut());
            return 0;
        });
    }
}
