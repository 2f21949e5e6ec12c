package org.fluvia.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fluvia.vi.Assessment;
import org.fluvia.vi.PosteriorDraws;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.predictive.Loo;
import org.jspecify.annotations.Nullable;

/** The verdict in words, its reasons and figures, and what to do next. */
public final class VerdictPart {
    private VerdictPart() {}

    /** What stands at the head of the page. */
    public static String head(PosteriorDraws posterior) {
        boolean fail = posterior.verdict() == Verdict.FAIL;
        String kind = fail ? " fail" : "";
        return "<div class=\"verdict" + kind + "\"><p><span class=\"badge" + kind + "\">" + posterior.verdict() + "</span> <strong>"
                + Html.text(inWords(posterior.verdict())) + "</strong></p>\n" + Html.list(posterior.assessment().reasons()) + "</div>\n";
    }

    private static String inWords(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "The answer can be trusted: the approximation is accurate, and its draws are used as they are.";
            case RESAMPLED -> "The answer can be trusted: the approximation is close, and importance weights have corrected its draws.";
            case EXACT -> "The answer can be trusted: the draws are those of Markov chains that agree.";
            case FAIL -> "Do not use these numbers: the fit is not to be trusted.";
        };
    }

    /** The figures, what else there is to know, and what to do next. */
    public static String details(PosteriorDraws posterior, @Nullable Loo loo, List<String> surprises) {
        return figures(posterior) + said("Warnings", posterior.warnings()) + said("Notes", posterior.notes())
                + said("What to do next", next(posterior, loo, surprises));
    }

    private static String said(String heading, List<String> sentences) {
        return sentences.isEmpty() ? "" : "<h3>" + Html.text(heading) + "</h3>\n" + Html.list(sentences);
    }

    private static String figures(PosteriorDraws posterior) {
        Assessment a = posterior.assessment();
        StringBuilder b = new StringBuilder("<dl>\n");
        b.append(Html.term("k-hat of the importance ratios", Double.isFinite(a.khat()) ? Html.number("%.2f", a.khat()) + " (below 0.5 good, up to 0.7 usable)"
                : a.khat() < 0 ? "none, as all weights are equal: the best there is" : "unknown"));
        if (!Double.isNaN(a.rhat())) b.append(Html.term("R-hat of the Markov chains, the largest", Html.number("%.3f", a.rhat()) + " (up to 1.01 good)"));
        b.append(Html.term("effective draws of those judged", Html.number("%.0f", a.ess()) + " of " + a.proposals()));
        if (a.notFinite() > 0) b.append(Html.term("draws whose log-density is no number", String.valueOf(a.notFinite())));
        b.append(Html.term("ELBO, nats", estimate(a.elbo()))).append(Html.term("log evidence, nats", estimate(a.logEvidence())));
        b.append(Html.term("draws", String.valueOf(posterior.drawCount()))).append(Html.term("time", Html.number("%.1f", posterior.seconds()) + " s"));
        return b.append("</dl>\n").toString();
    }

    private static String estimate(Estimate e) {
        return Html.number("%.3f", e.value()) + " ± " + Html.number("%.2g", e.standardError());
    }

    private static List<String> next(PosteriorDraws posterior, @Nullable Loo loo, List<String> surprises) {
        List<String> all = new ArrayList<>();
        posterior.limitHit().ifPresent(stage -> all.add("Fit again with more time, --within 10m: the limit of time ended the stage " + stage + " early."));
        if (posterior.verdict() == Verdict.FAIL) {
            all.add("Do what the reasons above say. What helps most often: priors with a scale, the effects of a hierarchy declared by their own prior,"
                    + " mixtures whose parameters are in order, and more time (--within).");
        }
        if (!posterior.warnings().isEmpty()) all.add("Read the warnings: what they name is lawful, and yet may be a mistake.");
        for (String surprise : surprises) all.add(surprise + " Change the model in that respect, or say why it does not matter.");
        if (loo != null && !loo.unreliable().isEmpty()) {
            all.add(String.format(Locale.ROOT, "Look at the %d observations whose cross-validation is not to be relied on: each may have a great influence, or be an"
                    + " error of the data.", loo.unreliable().size()));
        }
        if (posterior.verdict() != Verdict.FAIL && surprises.isEmpty()) {
            all.add("The verdict says that the numbers are those of the model, and not that the model is right: compare its predictions with the data, and"
                    + " it with other models (--loo, fluvia compare).");
        }
        return all;
    }
}
