package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Quantity;
import org.fluvia.report.csv.DrawTable;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.PosteriorDraws;
import org.jspecify.annotations.Nullable;

/**
 * {@code draws.csv}: the draws of a posterior in Stan's CSV format, with {@code lp__} (the model's log-density, unconstrained) and
 * {@code log_q__} (the approximation's) before the parameters and derived values, the first index of an array running fastest. The
 * comments are those that readers of Stan's output look for, of a sampler that does not adapt and has no warm-up.
 */
public final class DrawsCsv implements Document {
    /** The name that Stan's users give to the pointwise log-likelihood, and that ArviZ and the loo package look for. */
    public static final String LOG_LIKELIHOOD = "log_lik";

    private final PosteriorDraws posterior;
    /** The same, where log-likelihoods are asked for. */
    private final @Nullable Posterior fitted;

    private DrawsCsv(PosteriorDraws posterior, @Nullable Posterior fitted) {
        this.posterior = posterior;
        this.fitted = fitted;
    }

    public static DrawsCsv of(PosteriorDraws posterior) {
        return new DrawsCsv(posterior, null);
    }

    /**
     * With the log-likelihood of each observation at each draw in columns {@code log_lik.1}, {@code log_lik.2}, ...
     *
     * @throws IllegalArgumentException if the model has a quantity of that name, or observes no data, or is not there, as the posterior was read
     *     from a file
     */
    public DrawsCsv logLikelihoods() {
        if (posterior.quantities().stream().anyMatch(q -> q.name().equals(LOG_LIKELIHOOD))) {
            throw new IllegalArgumentException("draws.csv: the model " + posterior.modelName() + " has a quantity " + LOG_LIKELIHOOD
                    + " of its own, which is written without more ado");
        }
        if (!(posterior instanceof Posterior p)) {
            throw new IllegalArgumentException("draws.csv: log-likelihoods need the model " + posterior.modelName() + ", and the posterior was read"
                    + " from a file, which has none. Fit it again.");
        }
        if (p.observed().isEmpty()) {
            throw new IllegalArgumentException("draws.csv: the model " + posterior.modelName() + " must observe data for log-likelihoods,"
                    + " but observes none. Declare them with m.observe.");
        }
        return new DrawsCsv(posterior, p);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        List<Quantity> quantities = new ArrayList<>(posterior.quantities());
        List<DMatrixRMaj> values = new ArrayList<>(List.of(posterior.draws()));
        if (fitted != null) {
            DMatrixRMaj pointwise = fitted.logLikelihood().values();
            quantities.add(new Quantity(LOG_LIKELIHOOD, Expr.perDraw(LOG_LIKELIHOOD, Shape.of(pointwise.numRows))));
            values.add(pointwise);
        }
        Map<String, String> comments = DrawComments.of(posterior);
        comments.put("method", "sample (Default)");
        comments.put("num_samples", Integer.toString(posterior.drawCount()));
        comments.put("num_warmup", "1"); // cmdstanpy refuses 0; none is saved
        comments.put("save_warmup", "false");
        comments.put("thin", "1");
        comments.put("algorithm", "fixed_param");
        String seconds = String.format(Locale.ROOT, "%.3f", posterior.seconds());
        List<String> last = List.of("", " Elapsed Time: 0 seconds (Warm-up)", "               " + seconds + " seconds (Sampling)",
                "               " + seconds + " seconds (Total)", "");
        new DrawTable(quantities, "lp__", "log_q__").write(out, comments, last, DrawTable.stacked(values, posterior.drawCount()),
                posterior.logDensity(), posterior.logApproximation());
    }
}
