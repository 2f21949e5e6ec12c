package org.fluvia.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.text.Shown;
import org.fluvia.vi.SavedPosterior;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.ModelComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia compare}: which of some models predicts best, by cross-validation that was saved with them. */
@Command(name = "compare", sortOptions = false, header = "Compares models of the same data that were fitted with --loo.",
        description = "Leave-one-out cross-validation of each, the best first; the difference from the best with the difference's own standard error;"
                + " the weights of the mixture of all that predicts best (stacking); and log evidences, of which a difference of 3 is a factor of 20. The"
                + " exit code is 3 where one of the fits is not to be trusted.",
        footer = "%nExample: fluvia compare pooled hierarchical separate")
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "POSTERIOR", arity = "2..*", description = "Folders that fluvia fit --loo --out wrote, or posterior.fluvia in them.")
    private List<String> posteriors;

    @Override
    public Integer call() {
        List<SavedPosterior> all = new ArrayList<>();
        List<Loo> loos = new ArrayList<>();
        for (String name : posteriors) {
            SavedPosterior saved = InputFiles.posterior(name);
            loos.add(saved.loo().orElseThrow(() -> new UserError("POSTERIOR: " + Shown.text(name) + " was fitted without cross-validation. Fit it again with"
                    + " --loo.")));
            all.add(saved);
        }
        ModelComparison comparison;
        try {
            comparison = ModelComparison.of(loos);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        comparison.lines(comparison.rows().stream().map(r -> posteriors.get(r.index())).toList()).forEach(line -> out.println(Shown.lines(line)));
        out.println();
        for (ModelComparison.Row r : comparison.rows()) {
            SavedPosterior p = all.get(r.index());
            out.println(Shown.lines(String.format(Locale.ROOT, "%s: log evidence %.2f +- %.2f, %s", posteriors.get(r.index()),
                    p.assessment().logEvidence().value(), p.assessment().logEvidence().standardError(), p.verdict())));
        }
        out.flush();
        return all.stream().anyMatch(p -> p.verdict() == Verdict.FAIL) ? ExitCode.NOT_TRUSTED : 0;
    }
}
