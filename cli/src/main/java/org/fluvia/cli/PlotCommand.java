package org.fluvia.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.Quantity;
import org.fluvia.plots.Elements;
import org.fluvia.plots.LooChecks;
import org.fluvia.plots.Picture;
import org.fluvia.plots.Plots;
import org.fluvia.text.Shown;
import org.fluvia.vi.SavedPosterior;
import org.fluvia.vi.predictive.Loo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia plot}: pictures of a posterior that was fitted before. */
@Command(name = "plot", sortOptions = false, header = "Draws pictures of a posterior that was fitted before, without its model and data.",
        description = "forest (medians with intervals of 50 and 90 %), marginals (histograms) and pairs (with the regions that hold half and 90 % of the"
                + " draws), and of a fit with --loo khats (of each observation), each as .png and .svg; of pairs the first 2000 draws. Values that are not"
                + " finite in some draws, or the same in all, are left out.",
        footer = "%nExample: fluvia plot results --names mu,tau,theta")
final class PlotCommand implements Callable<Integer> {
    private static final int MOST_IN_FOREST = 60;
    private static final int MOST_MARGINALS = 24;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "POSTERIOR", description = "The folder that fluvia fit --out wrote, or posterior.fluvia in it.")
    private String posterior;

    /** Commas within brackets belong to a name. */
    @Option(names = "--names", paramLabel = "NAMES", split = ",(?![^\\[]*\\])", splitSynopsisLabel = ",",
            description = "What to show, with commas between: tau, theta, a[1,2] (default: all, as many as a picture has room for).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write them (default: beside the posterior).")
    private @Nullable Path out;

    @Override
    public Integer call() {
        SavedPosterior saved = InputFiles.posterior(posterior);
        Elements shown = shown(saved);
        Path folder = out == null ? InputFiles.folderOf(posterior) : out;
        Output.prepare(folder);
        String title = Shown.text(saved.modelName()) + ": " + saved.verdict();
        List<String> written = new ArrayList<>();
        PictureFiles.write(folder, "forest",
                Picture.of(Plots.forest(title, shown.names(MOST_IN_FOREST), shown.draws(MOST_IN_FOREST, saved.drawCount()))), written);
        PictureFiles.write(folder, "marginals",
                Plots.marginals(shown.names(MOST_MARGINALS), shown.draws(MOST_MARGINALS, saved.drawCount())).titled(title), written);
        int some = Math.min(PictureFiles.POINTS_IN_PAIRS, saved.drawCount());
        if (some > 1) {
            int most = PictureFiles.MOST_IN_PAIRS;
            PictureFiles.write(folder, "pairs", Plots.pairs(shown.names(most), shown.draws(most, some)).titled(title), written);
        }
        Loo loo = saved.loo().orElse(null);
        if (loo != null && loo.pointwise().stream().anyMatch(p -> Double.isFinite(p.khat()))) {
            PictureFiles.write(folder, "khats", Picture.of(LooChecks.khats(loo)).titled(title), written);
        }
        PrintWriter to = spec.commandLine().getOut();
        written.forEach(file -> to.println(Shown.text(file)));
        to.flush();
        return 0;
    }

    /** What there is to show, of what was asked for. */
    private Elements shown(SavedPosterior saved) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (String name : names) chosen.putAll(elements(saved, name.strip()));
        Elements all = chosen.isEmpty() ? Elements.of(saved) : Elements.of(saved, chosen);
        if (all.size() == 0) throw new UserError("POSTERIOR: there is nothing to show: no value is finite in all draws and differs between them");
        if (all.leftOut() > 0) {
            warn(all.leftOut() + (all.leftOut() == 1 ? " value is" : " values are") + " left out, not finite in some draws or the same in all.");
        }
        for (int most : new int[] {MOST_IN_FOREST, MOST_MARGINALS, PictureFiles.MOST_IN_PAIRS}) {
            if (all.size() <= most) continue;
            warn(String.format(Locale.ROOT, "%s the first %d of %d values. Choose with --names.", most == MOST_IN_FOREST ? "forest has"
                    : most == MOST_MARGINALS ? "marginals have" : "pairs have", most, all.size()));
        }
        return all;
    }

    /** The elements of a quantity, or one of them, and what people call them. */
    private static Map<String, String> elements(SavedPosterior saved, String name) {
        Map<String, String> elements = new LinkedHashMap<>();
        if (name.isEmpty()) throw new UserError("--names: must be names with commas between, but one of them is empty");
        for (Quantity q : saved.quantities()) {
            boolean isWhole = q.name().equals(name);
            if (!isWhole && !name.startsWith(q.name() + "[")) continue;
            List<String> indexed = q.elementNames();
            List<String> labels = q.elementLabels();
            for (int i = 0; i < indexed.size(); i++) {
                if (isWhole || indexed.get(i).equals(name) || labels.get(i).equals(name)) elements.put(indexed.get(i), labels.get(i));
            }
        }
        if (elements.isEmpty()) {
            List<String> known = saved.quantities().stream().map(Quantity::name).toList();
            throw new UserError("--names: there is no " + Shown.text(name) + Failures.suggestion(name, known) + " There are " + Shown.list(known) + ".");
        }
        return elements;
    }

    private void warn(String warning) {
        Output.warn(spec.commandLine().getErr(), warning);
    }
}
