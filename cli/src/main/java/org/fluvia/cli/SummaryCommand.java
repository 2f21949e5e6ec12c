package org.fluvia.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.text.Shown;
import org.fluvia.vi.SavedPosterior;
import org.fluvia.vi.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia summary}: what {@code fluvia fit} printed. */
@Command(name = "summary", sortOptions = false, header = "Prints the verdict and the summary of a posterior that was fitted before, without its model and data.",
        description = "Then what it was fitted by and to: version, seed, and the SHA-256 of the model's source and of the data.",
        footer = "%nExample: fluvia summary results")
final class SummaryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "POSTERIOR", description = "The folder that fluvia fit --out wrote, or posterior.fluvia in it.")
    private String posterior;

    @Override
    public Integer call() {
        SavedPosterior saved = InputFiles.posterior(posterior);
        PrintWriter out = spec.commandLine().getOut();
        out.println(Shown.lines(saved.toString()));
        saved.loo().ifPresent(loo -> out.printf("%n%s%n", Shown.lines(loo.toString())));
        out.printf("%nFluvia %s, seed %d, %d draws%nmodel %s%ndata  %s%n", Shown.text(saved.version()), saved.seed(), saved.drawCount(),
                Shown.text(saved.modelHash().orElse("from a program")), Shown.text(saved.dataHash()));
        out.flush();
        return saved.verdict() == Verdict.FAIL ? ExitCode.NOT_TRUSTED : 0;
    }
}
