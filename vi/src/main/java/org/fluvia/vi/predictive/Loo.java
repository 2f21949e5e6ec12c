package org.fluvia.vi.predictive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fluvia.text.Digits;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.text.TextTable;

/**
 * Expected log predictive density for new data by leave-one-out cross-validation: elpd = sum over i of log p(y_i | y_-i), without
 * refitting, from draws of an approximation q.
 *
 * <p>A draw theta_s of q stands for the posterior without y_i with the importance ratio
 * r_i(s) = p(theta_s, y) / (q(theta_s) p(y_i | theta_s)), and
 * elpd_i = log (sum r_i(s) p(y_i | theta_s) / sum r_i(s)), with Pareto-smoothed ratios (Vehtari, Gelman and Gabry 2017, PSIS-LOO;
 * Magnusson, Andersen, Jonasson and Vehtari 2019, Bayesian leave-one-out cross-validation for large data, eq. 6: the correction
 * for q). So it is right for any q whose draws reach the posterior. A value can be relied on where the k-hat of the
 * observation is at most {@link #khatLimit}, 0.7 from 2154 draws on, or where the weights hardly differ, with an effective number of
 * draws of 95 % and more: k-hat measures the tail in units of the ratios' own spread, and is large too where a very good q
 * leaves ratios that are 1 but for a few hundredths.
 *
 * <p>Standard errors of sums are sqrt(n var): what n independent observations give, in nats. The Monte-Carlo error is that of the
 * draws, by the delta method; it takes account of all observations sharing them.
 *
 * @param model the model's name
 * @param elpd sum of the pointwise values, with its standard error; the larger the better
 * @param effectiveParameters p_loo: the sum of log p(y_i | y) - log p(y_i | y_-i), with its standard error
 * @param monteCarloError standard error of elpd that comes from the number of draws
 * @param draws the number of draws
 * @param pointwise one row for each observation, in the order of the data
 * @param notes what else must be known to rely on it, one sentence each; empty if there is nothing
 */
public record Loo(String model, Estimate elpd, Estimate effectiveParameters, double monteCarloError, int draws,
                  List<PointwiseLoo> pointwise, List<String> notes) {

    private static final int SHOWN = 20;
    /** The share of effective draws from which on a heavy tail of the ratios does no harm: it holds next to no weight; chosen. */
    private static final double NEARLY_ALL = 0.95;

    public Loo {
        pointwise = List.copyOf(pointwise);
        notes = List.copyOf(notes);
    }

    /**
     * From draws of any q.
     *
     * @param model the model's name
     * @param logRatios log p(theta_s, y) - log q(theta_s), one for each draw, up to a constant; 0 for draws of the posterior itself;
     *     -infinity for draws of density zero; not modified
     * @param observations the log-likelihood of each observation at these draws; gone through once, in order
     * @param notes to be passed on
     * @throws IllegalArgumentException if there is no observation, a number of draws differs, or a ratio is NaN or +infinity
     */
    public static Loo of(String model, double[] logRatios, Iterable<PointLikelihood> observations, List<String> notes) {
        int n = logRatios.length;
        double[] posterior = ParetoSmoothedWeights.of(logRatios).logWeights();
        double[] influence = new double[n];
        List<PointwiseLoo> points = new ArrayList<>();
        for (PointLikelihood y : observations) {
            double[] logLikelihood = checked("Loo", y, n);
            ParetoSmoothedWeights weights = weightsWithout(logRatios, logLikelihood);
            double[] without = weights.logWeights();
            double elpd = Elpd.logWeightedMean(without, logLikelihood);
            double all = Elpd.logWeightedMean(posterior, logLikelihood);
            double squares = 0;
            for (int s = 0; s < n; s++) {
                if (without[s] == Double.NEGATIVE_INFINITY) continue;
                double a = StrictMath.exp(without[s]) * StrictMath.expm1(logLikelihood[s] - elpd);
                squares += a * a;
                influence[s] += a;
            }
            points.add(new PointwiseLoo(y.name(), y.observed(), elpd, Math.sqrt(squares), all - elpd, weights.khat(), weights.ess()));
        }
        if (points.isEmpty()) {
            throw new IllegalArgumentException("Loo: there must be at least one observation, but there was none. Observe some data.");
        }
        double squares = 0;
        for (double a : influence) squares += a * a;
        double error = Math.sqrt(squares);
        return of(model, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error, n, points, notes);
    }

    /** The weights of draws that stand for the posterior without an observation. */
    static ParetoSmoothedWeights weightsWithout(double[] logRatios, double[] logLikelihood) {
        double[] ratios = new double[logRatios.length];
        for (int s = 0; s < ratios.length; s++) {
            double r = logRatios[s] - logLikelihood[s];
            ratios[s] = r < Double.POSITIVE_INFINITY && logRatios[s] > Double.NEGATIVE_INFINITY ? r : Double.NEGATIVE_INFINITY;
        }
        return ParetoSmoothedWeights.of(ratios);
    }

    /** Of its pointwise values, of which there is at least one. */
    public static Loo of(String model, double monteCarloError, int draws, List<PointwiseLoo> pointwise, List<String> notes) {
        Estimate elpd = Elpd.sum(pointwise.stream().mapToDouble(PointwiseLoo::elpd).toArray());
        Estimate effective = Elpd.sum(pointwise.stream().mapToDouble(PointwiseLoo::effectiveParameters).toArray());
        return new Loo(model, elpd, effective, monteCarloError, draws, pointwise, notes);
    }

    static double[] checked(String what, PointLikelihood y, int draws) {
        if (y.logDensities().length != draws) {
            throw new IllegalArgumentException(what + ": the log-likelihood of " + y.name() + " must have one value for each of the "
                    + draws + " draws, but had " + y.logDensities().length + ". Compute it at the same draws.");
        }
        return y.logDensities();
    }

    /** -2 elpd with its standard error: on the scale of a deviance, the smaller the better. */
    public Estimate looic() {
        return Elpd.deviance(elpd);
    }

    /** The k-hat up to which a pointwise value can be relied on in any case: 0.7, and less below 2154 draws. */
    public double khatLimit() {
        return ParetoSmoothedWeights.khatThreshold(draws);
    }

    /** The number of observations with a k-hat above {@link #khatLimit}. */
    public int highKhats() {
        double limit = khatLimit();
        return (int) pointwise.stream().filter(p -> !(p.khat() <= limit)).count();
    }

    /** The observations whose values cannot be relied on: k-hat is above {@link #khatLimit}, and fewer than 95 % of draws effective. */
    public List<PointwiseLoo> unreliable() {
        double limit = khatLimit();
        return pointwise.stream().filter(p -> !(p.khat() <= limit) && p.ess() < NEARLY_ALL * draws).toList();
    }

    /**
     * How much better this model predicts than another one of the same data.
     *
     * @throws IllegalArgumentException if the other's observations are not the same, value by value
     */
    public LooComparison compare(Loo other) {
        return LooComparison.of(this, other);
    }

    /** The sums, the count of observations that cannot be relied on, and these with the largest k-hat first. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "leave-one-out cross-validation of %s: %d observations, %d draws", model, pointwise.size(),
                draws));
        TextTable sums = TextTable.of(3, "", "estimate", "se");
        sums.add("elpd_loo", TextTable.oneDecimal(elpd.value()), TextTable.oneDecimal(elpd.standardError()));
        sums.add("p_loo", TextTable.oneDecimal(effectiveParameters.value()), TextTable.oneDecimal(effectiveParameters.standardError()));
        sums.add("looic", TextTable.oneDecimal(looic().value()), TextTable.oneDecimal(looic().standardError()));
        lines.addAll(sums.lines());
        lines.add("Monte-Carlo error of elpd_loo: " + Digits.four(monteCarloError));
        List<PointwiseLoo> bad = new ArrayList<>(unreliable());
        int harmless = highKhats() - bad.size();
        if (bad.isEmpty()) {
            lines.add(harmless == 0 ? String.format(Locale.ROOT, "k-hat is at most %.2f for all observations: good.", khatLimit())
                    : String.format(Locale.ROOT, "k-hat is at most %.2f, or 95 %% of draws are effective, for all observations: good.",
                    khatLimit()));
        } else {
            lines.add(String.format(Locale.ROOT, "k-hat is above %.2f for %d of %d observations: their values may be far off. Fit again"
                    + " without them, one at a time, to know.", khatLimit(), bad.size(), pointwise.size()));
            bad.sort((a, b) -> Double.compare(b.khat(), a.khat()));
            TextTable table = TextTable.of(SHOWN, "", "elpd", "p", "k-hat", "ESS");
            for (PointwiseLoo p : bad) {
                table.add(p.name(), Digits.four(p.elpd()), Digits.four(p.effectiveParameters()), Digits.four(p.khat()),
                        String.format(Locale.ROOT, "%.0f", p.ess()));
            }
            lines.addAll(table.lines());
        }
        lines.addAll(notes);
        return String.join(System.lineSeparator(), lines);
    }
}
