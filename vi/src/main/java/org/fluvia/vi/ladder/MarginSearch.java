package org.fluvia.vi.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.Margin;
import org.fluvia.vi.approximation.Margins;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.judge.Elbo;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * A Gaussian copula: margins for the elements of a Gaussian, one element after the other, each the best there is for the others as they are: of
 * density exp E[log p(z_i, others) - log q(others | z_i)], which is coordinate ascent of the ELBO (Bishop 2006, equation 10.9) where the others do
 * not depend on z_i. By quadrature on nodes that cover all scales at first, then those of the margin found; nothing is trained. Others are drawn
 * given z_i, with the same noise at all nodes, so where the posterior is a product of margins the result is exact but for the quadrature.
 *
 * <p>Where the density is zero beyond some place, that place is found by cutting intervals, and the margin ends there.
 *
 * <p>Between sweeps over the elements their correlations become those of draws weighted by p / q, less what the same draws have without weights:
 * noise that vanishes as q approaches p.
 */
final class MarginSearch {
    private final Ground ground;
    private final FitPlan.Margins plan;
    private final double[] mean;
    private final double[] sds;
    private final int d;
    private final int draws;
    private final DMatrixRMaj noise;
    /** Of a Gaussian with standard deviations of 1, a triangular matrix whose rows have length one. */
    private DMatrixRMaj rows = new DMatrixRMaj(0, 0);
    /** Draws of it: d x draws. The first are those that others are drawn by. */
    private final double[][] standard;
    private final double[][] correlation;
    private final Margin[] margins;
    private final Expr logDensity;
    private final Workspace workspace;

    MarginSearch(Ground ground, Gaussian gaussian) {
        this.ground = ground;
        plan = ground.plan().margins();
        d = gaussian.dimension();
        draws = ground.plan().gaussian().judgingDraws();
        mean = gaussian.mean();
        sds = gaussian.sds();
        standard = new double[d][draws];
        correlation = new double[d][d];
        noise = NormalNoise.of(ground.seeds().margins()).matrix(d, draws);
        margins = new Margin[d];
        Arrays.fill(margins, Margin.normal());
        logDensity = ground.target().model().logDensityUnconstrained();
        workspace = Program.of(logDensity).workspace(ground.target().workers());
        correlate(gaussian);
    }

    /** Takes over the correlations of a Gaussian. */
    private void correlate(Gaussian from) {
        double[] scales = from.sds();
        rows = from.scale().copy();
        for (int i = 0; i < d; i++) for (int k = 0; k < d; k++) rows.set(i, k, rows.get(i, k) / scales[i]);
        for (int i = 0; i < d; i++) {
            Arrays.fill(standard[i], 0);
            for (int k = 0; k <= i; k++) {
                for (int j = 0; j < draws; j++) standard[i][j] += rows.get(i, k) * noise.get(k, j);
            }
            for (int k = 0; k < d; k++) {
                double sum = 0;
                for (int m = 0; m <= Math.min(i, k); m++) sum += rows.get(i, m) * rows.get(k, m);
                correlation[i][k] = sum;
            }
        }
    }

    /** Whether it costs no more than it may. */
    static boolean isAffordable(Ground ground) {
        FitPlan.Margins plan = ground.plan().margins();
        long d = ground.target().dimension();
        return d * d * plan.draws() * Margin.nodes().length <= plan.mostValues();
    }

    /** Gives the best Gaussian margins of its own, where these are nearly all that it lacks; else what was below. */
    static Rung rung(Ground ground) {
        return (below, stage) -> Objects.requireNonNullElse(new MarginSearch(ground, below.whitening()).find(stage), below);
    }

    /** The Gaussian copula; null where it is not good enough, there is no margin for an element, or no time. */
    private @Nullable Approximation find(Stage stage) {
        if (!sweep(true, stage) || !sweep(false, stage)) return null;
        double[] ratios = logRatios();
        double left = variance(ratios);
        if (left > plan.promising()) return null;
        for (boolean isBetter = true; isBetter; ) {
            Gaussian weighted = weighted(ratios);
            if (weighted == null) return null;
            correlate(weighted);
            if (!sweep(false, stage)) return null;
            ratios = logRatios();
            double next = variance(ratios);
            isBetter = next < plan.remaining() * left;
            left = next;
        }
        if (left > plan.goodEnough()) return null;
        DMatrixRMaj scale = rows.copy();
        for (int i = 0; i < d; i++) for (int k = 0; k < d; k++) scale.set(i, k, sds[i] * rows.get(i, k));
        return FlowApproximation.of(ground.target().model(), new Gaussian(mean, scale), ground.plan().defence()).withMargins(new Margins(List.of(margins)));
    }

    /** New margins for all elements, one after the other; false where one has none, or the time is up. */
    private boolean sweep(boolean isFirst, Stage stage) {
        for (int i = 0; i < d; i++) {
            if (!stage.goOn()) return false;
            Margin better = better(i, isFirst ? Margin.heavyTailed(plan.widest()) : margins[i], isFirst);
            if (better == null) return false;
            margins[i] = better;
        }
        return true;
    }

    /** Of log p - log q; infinite where a draw is impossible. */
    private static double variance(double[] ratios) {
        Elbo elbo = Elbo.of(ratios, ratios.length, 0);
        return elbo.possible() == ratios.length ? elbo.variance() : Double.POSITIVE_INFINITY;
    }

    /** log p - log q at draws of the copula, but for a constant. */
    private double[] logRatios() {
        DMatrixRMaj points = new DMatrixRMaj(d, draws);
        double[] ratios = new double[draws];
        for (int j = 0; j < draws; j++) {
            for (int i = 0; i < d; i++) {
                double u = standard[i][j];
                points.set(i, j, mean[i] + sds[i] * margins[i].value(u));
                ratios[j] += margins[i].logSlope(u) + 0.5 * noise.get(i, j) * noise.get(i, j);
            }
        }
        double[] logP = logDensities(points);
        for (int j = 0; j < draws; j++) ratios[j] += logP[j];
        return ratios;
    }

    private double[] logDensities(DMatrixRMaj points) {
        workspace.set(ground.target().model().unconstrained(), DrawSource.of(points));
        workspace.run(points.numCols);
        return workspace.perDraw(logDensity).data;
    }

    /** Of what margins are maps of, the Gaussian with the covariance that p has by importance weights; null if it has none. */
    private @Nullable Gaussian weighted(double[] ratios) {
        double top = Arrays.stream(ratios).max().orElseThrow();
        double[] weights = Arrays.stream(ratios).map(r -> StrictMath.exp(r - top)).toArray();
        double total = 0;
        for (double w : weights) total += w;
        for (int j = 0; j < draws; j++) weights[j] /= total;
        double[] even = new double[draws];
        Arrays.fill(even, 1.0 / draws);
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) covariance.set(i, k, correlation[i][k] + covariance(i, k, weights) - covariance(i, k, even));
        }
        DMatrixRMaj scale = SpdMatrix.cholesky(covariance, ground.target().workers());
        return scale == null ? null : new Gaussian(new double[d], scale);
    }

    private double covariance(int i, int k, double[] weights) {
        double one = 0;
        double other = 0;
        double product = 0;
        for (int j = 0; j < draws; j++) {
            one += weights[j] * standard[i][j];
            other += weights[j] * standard[k][j];
            product += weights[j] * standard[i][j] * standard[k][j];
        }
        return product - one * other;
    }

    /** @param scan whose nodes are where the density is asked for */
    private @Nullable Margin better(int i, Margin scan, boolean isFirst) {
        double[] nodes = Margin.nodes();
        double[][] values = at(i, scan, nodes, isFirst);
        boolean[] isPossible = new boolean[plan.draws()];
        double[] top = new double[plan.draws()];
        int possible = 0;
        for (int j = 0; j < top.length; j++) {
            top[j] = Double.NEGATIVE_INFINITY;
            for (double[] v : values) if (v[j] < Double.POSITIVE_INFINITY) top[j] = Math.max(top[j], v[j]);
            isPossible[j] = top[j] > Double.NEGATIVE_INFINITY;
            if (isPossible[j]) possible++;
        }
        if (possible == 0) return null;
        List<double[]> known = new ArrayList<>();
        for (int k = 0; k < nodes.length; k++) {
            double mean = mean(values[k], isPossible, top);
            if (Double.isNaN(mean)) continue;
            double[] last = known.isEmpty() ? null : known.get(known.size() - 1);
            boolean isZero = mean == Double.NEGATIVE_INFINITY;
            if (last != null && isZero != (last[1] == Double.NEGATIVE_INFINITY)) {
                double[] edge = isZero ? edge(i, scan, isFirst, isPossible, top, last, nodes[k]) : edge(i, scan, isFirst, isPossible, top,
                        new double[] {nodes[k], ratio(scan, nodes[k], mean)}, last[0]);
                double[] beyond = {edge[0], Double.NEGATIVE_INFINITY};
                known.add(isZero ? edge : beyond);
                known.add(isZero ? beyond : edge);
            }
            known.add(new double[] {nodes[k], ratio(scan, nodes[k], mean)});
        }
        if (known.isEmpty()) return null;
        return scan.withDensity(known.stream().mapToDouble(x -> x[0]).toArray(), known.stream().mapToDouble(x -> x[1]).toArray());
    }

    private static double ratio(Margin scan, double u, double logDensity) {
        return logDensity + scan.logSlope(u) + 0.5 * u * u;
    }

    /** The last place with a positive density on the way from one that has it to one that has not, with the log ratio there. */
    private double[] edge(int i, Margin scan, boolean isFirst, boolean[] isPossible, double[] top, double[] inside, double outside) {
        double[] last = inside;
        double first = outside;
        for (int round = 0; round < plan.cuts(); round++) {
            double[] between = new double[plan.cut()];
            for (int k = 0; k < between.length; k++) between[k] = last[0] + (first - last[0]) * (k + 1) / (between.length + 1);
            double[][] values = at(i, scan, between, isFirst);
            for (int k = 0; k < between.length; k++) {
                double mean = mean(values[k], isPossible, top);
                if (!(mean > Double.NEGATIVE_INFINITY)) {
                    first = between[k];
                    break;
                }
                last = new double[] {between[k], ratio(scan, between[k], mean)};
            }
        }
        return last;
    }

    /** Over draws where it is positive, with the log of their share; NaN where it is not known. */
    private static double mean(double[] values, boolean[] isPossible, double[] top) {
        double sum = 0;
        int positive = 0;
        int known = 0;
        for (int j = 0; j < values.length; j++) {
            if (!isPossible[j] || !(values[j] < Double.POSITIVE_INFINITY)) continue;
            known++;
            if (values[j] == Double.NEGATIVE_INFINITY) continue;
            positive++;
            sum += values[j] - top[j];
        }
        if (known == 0) return Double.NaN;
        return positive == 0 ? Double.NEGATIVE_INFINITY : sum / positive + StrictMath.log((double) positive / known);
    }

    /** log p(z_i, others) + the logs of the slopes of the others' margins, at nodes of z_i's scan: nodes x draws. */
    private double[][] at(int i, Margin scan, double[] nodes, boolean isFirst) {
        int each = plan.draws();
        DMatrixRMaj points = new DMatrixRMaj(d, nodes.length * each);
        double[] logSlopes = new double[points.numCols];
        for (int n = 0; n < nodes.length; n++) {
            double w = scan.value(nodes[n]);
            double given = Math.max(-plan.farthest(), Math.min(plan.farthest(), isFirst ? w : nodes[n]));
            for (int j = 0; j < each; j++) {
                int column = n * each + j;
                points.set(i, column, mean[i] + sds[i] * w);
                for (int k = 0; k < d; k++) {
                    if (k == i) continue;
                    double u = standard[k][j] + correlation[k][i] * (given - standard[i][j]);
                    points.set(k, column, mean[k] + sds[k] * margins[k].value(u));
                    logSlopes[column] += margins[k].logSlope(u);
                }
            }
        }
        double[] logP = logDensities(points);
        double[][] values = new double[nodes.length][each];
        for (int c = 0; c < points.numCols; c++) values[c / each][c % each] = logP[c] + logSlopes[c];
        return values;
    }
}
