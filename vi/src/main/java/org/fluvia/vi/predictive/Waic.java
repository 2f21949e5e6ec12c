package org.fluvia.vi.predictive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.text.TextTable;

/**
 * The widely applicable information criterion (Watanabe 2010; Gelman, Hwang and Vehtari 2014, eq. 11-13): elpd_i = log E p(y_i | theta)
 * - Var log p(y_i | theta), over the posterior. Mean and variance are weighted with the Pareto-smoothed ratios p / q, so that
 * draws of an approximation q stand for the posterior. {@link Loo} is more robust and says when it fails: prefer it.
 *
 * @param model the model's name
 * @param elpd sum of the pointwise values, with its standard error sqrt(n var), nats
 * @param effectiveParameters p_waic, the sum of the posterior variances of the log-likelihood, with its standard error
 * @param khat of the ratios p / q: above 0.7 the correction for q is not to be relied on
 * @param draws the number of draws
 * @param pointwise one row for each observation, in the order of the data
 * @param notes what else must be known to rely on it, one sentence each
 */
public record Waic(String model, Estimate elpd, Estimate effectiveParameters, double khat, int draws, List<PointwiseWaic> pointwise,
                   List<String> notes) {
    /** A variance of one observation's log-likelihood above which WAIC is not to be relied on (Vehtari, Gelman and Gabry 2017). */
    private static final double LARGE_VARIANCE = 0.4;

    public Waic {
        pointwise = List.copyOf(pointwise);
        notes = List.copyOf(notes);
    }

    /**
     * From draws of any q; arguments and exceptions as for {@link Loo#of}.
     */
    public static Waic of(String model, double[] logRatios, Iterable<PointLikelihood> observations, List<String> notes) {
        int n = logRatios.length;
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(logRatios);
        double[] logWeights = weights.logWeights();
        double[] w = new double[n];
        double squares = 0;
        for (int s = 0; s < n; s++) {
            w[s] = StrictMath.exp(logWeights[s]);
            squares += w[s] * w[s];
        }
        List<PointwiseWaic> points = new ArrayList<>();
        for (PointLikelihood y : observations) {
            double[] logLikelihood = Loo.checked("Waic", y, n);
            double density = Elpd.logWeightedMean(logWeights, logLikelihood);
            double mean = 0;
            for (int s = 0; s < n; s++) if (w[s] > 0) mean += w[s] * logLikelihood[s];
            double variance = 0;
            for (int s = 0; s < n; s++) if (w[s] > 0) variance += w[s] * (logLikelihood[s] - mean) * (logLikelihood[s] - mean);
            variance = squares < 1 ? variance / (1 - squares) : Double.POSITIVE_INFINITY;
            points.add(new PointwiseWaic(y.name(), density - variance, variance, density));
        }
        if (points.isEmpty()) {
            throw new IllegalArgumentException("Waic: there must be at least one observation, but there was none. Observe some data.");
        }
        Estimate elpd = Elpd.sum(points.stream().mapToDouble(PointwiseWaic::elpd).toArray());
        Estimate effective = Elpd.sum(points.stream().mapToDouble(PointwiseWaic::effectiveParameters).toArray());
        return new Waic(model, elpd, effective, weights.khat(), n, points, notes);
    }

    /** -2 elpd with its standard error. */
    public Estimate waic() {
        return Elpd.deviance(elpd);
    }

    /** The observations whose log-likelihood has a posterior variance above 0.4: WAIC may be far off for them. */
    public List<PointwiseWaic> unreliable() {
        return pointwise.stream().filter(p -> !(p.effectiveParameters() <= LARGE_VARIANCE)).toList();
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "WAIC of %s: %d observations, %d draws", model, pointwise.size(), draws));
        TextTable sums = TextTable.of(3, "", "estimate", "se");
        sums.add("elpd_waic", TextTable.oneDecimal(elpd.value()), TextTable.oneDecimal(elpd.standardError()));
        sums.add("p_waic", TextTable.oneDecimal(effectiveParameters.value()), TextTable.oneDecimal(effectiveParameters.standardError()));
        sums.add("waic", TextTable.oneDecimal(waic().value()), TextTable.oneDecimal(waic().standardError()));
        lines.addAll(sums.lines());
        int bad = unreliable().size();
        if (bad > 0) {
            lines.add(bad + " of " + pointwise.size() + " observations have a p_waic above 0.4: use leave-one-out cross-validation instead.");
        }
        lines.addAll(notes);
        return String.join(System.lineSeparator(), lines);
    }
}
