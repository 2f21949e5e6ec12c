package org.fluvia.bench.score;

import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.dirichlet;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.gamma;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.inverseGamma;
import static org.fluvia.dist.Distributions.lkjCorr;
import static org.fluvia.dist.Distributions.logNormal;
import static org.fluvia.dist.Distributions.normal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.CauchyDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.fluvia.autodiff.Expr;
import org.fluvia.dist.Distribution;
import org.fluvia.support.Support;

/** Skewed distributions and such as have bounds. */
final class Bounded {
    private static final String KIND = "Skewed and bounded";

    private Bounded() {}

    static List<Target> all() {
        Margin spiked = Margin.of(GammaDistribution.of(0.12, 0.5));
        GammaDistribution inverse = GammaDistribution.of(1.2, 0.5);
        List<Target> all = new ArrayList<>(List.of(
                target("gamma0.12", gamma(0.12, 2), 1, spiked),
                target("gamma0.12_d8", gamma(0.12, 2), 8, spiked),
                target("gamma0.6", gamma(0.6, 3), 1, Margin.of(GammaDistribution.of(0.6, 1 / 3.0))),
                target("gamma0.6_d8", gamma(0.6, 3), 8, Margin.of(GammaDistribution.of(0.6, 1 / 3.0))),
                target("gamma3", gamma(3, 0.5), 1, Margin.of(GammaDistribution.of(3, 2))),
                target("gamma3_d1500", gamma(3, 0.5), 1500, Margin.of(GammaDistribution.of(3, 2))),
                target("exponential", exponential(2), 1, Margin.of(ExponentialDistribution.of(0.5))),
                target("beta0.6_0.4", beta(0.6, 0.4), 1, Margin.of(BetaDistribution.of(0.6, 0.4))),
                target("beta0.12_0.12", beta(0.12, 0.12), 1, Margin.of(BetaDistribution.of(0.12, 0.12))),
                target("beta60_1", beta(60, 1), 1, Margin.of(BetaDistribution.of(60, 1))),
                target("inverse_gamma1.2", inverseGamma(1.2, 2), 1, Margin.quantiles(x -> x <= 0 ? 0 : inverse.survivalProbability(1 / x))),
                target("half_cauchy", halfCauchy(2), 1, halfCauchyMargin(2)),
                target("half_cauchy_d8", halfCauchy(2), 8, halfCauchyMargin(2)),
                target("log_normal2.5", logNormal(1, 2.5), 1, Margin.quantiles(LogNormalDistribution.of(1, 2.5)::cumulativeProbability)),
                target("dirichlet0.15_k4", dirichlet(0.15), 4, Margin.of(BetaDistribution.of(0.15, 0.45))),
                target("dirichlet1_k15", dirichlet(1), 15, Margin.of(BetaDistribution.of(1, 14)))));
        for (int k : new int[] {3, 6}) all.add(correlations(k, 1.5));
        all.add(ordered(4));
        all.add(Target.of(KIND, "normal_below_its_bound", m -> m.sample("x", normal(-1.5, 1), Support.positive()),
                () -> Target.x(logSurvival(1.5), Margin.of(TruncatedNormalDistribution.of(-1.5, 1, 0, Double.POSITIVE_INFINITY)))));
        return all;
    }

    private static Target target(String name, Distribution model, int n, Margin margin) {
        return Target.of(KIND, name, m -> m.sample("x", model, n), () -> Target.each(n, margin, 0));
    }

    static double logSurvival(double x) {
        return Math.log(NormalDistribution.of(0, 1).survivalProbability(x));
    }

    private static Margin halfCauchyMargin(double scale) {
        ContinuousDistribution whole = CauchyDistribution.of(0, scale);
        return Margin.quantiles(x -> x <= 0 ? 0 : 2 * whole.cumulativeProbability(x) - 1);
    }

    /** Off the diagonal, (r + 1) / 2 is beta (Lewandowski, Kurowicka and Joe 2009). */
    private static Target correlations(int k, double eta) {
        return Target.of(KIND, "lkj" + eta + "_k" + k, m -> {
            m.derive("lower", lower(m.sample("R", lkjCorr(eta), k, k), k));
        }, () -> {
            double shape = eta - 1 + k / 2.0;
            BetaDistribution b = BetaDistribution.of(shape, shape);
            Margin r = new Margin(0, 2 * Math.sqrt(b.getVariance()), x -> b.cumulativeProbability((x + 1) / 2), Margin.Judged.ALL);
            return new Exact(Map.of("lower", Collections.nCopies(k * (k - 1) / 2, r)), 0);
        });
    }

    private static Expr lower(Expr r, int k) {
        List<Expr> below = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) below.add(r.get(i, j));
        }
        return Expr.concat(below.toArray(new Expr[0]));
    }

    /** The i-th of n sorted standard normals is at most x where a beta variable of i and n + 1 - i is at most the normal's probability of x. */
    private static Target ordered(int n) {
        return Target.of(KIND, "ordered" + n, m -> m.sample("x", normal(0, 1), Support.ordered(), n), () -> {
            NormalDistribution normal = NormalDistribution.of(0, 1);
            double[] grid = Quadrature.points(-9, 9, 4001);
            Margin[] margins = new Margin[n];
            double logOrders = 0;
            for (int i = 1; i <= n; i++) {
                BetaDistribution b = BetaDistribution.of(i, n + 1 - i);
                double[] density = new double[grid.length];
                for (int k = 0; k < grid.length; k++) density[k] = b.density(normal.cumulativeProbability(grid[k])) * normal.density(grid[k]);
                margins[i - 1] = Margin.grid(grid, density);
                logOrders += Math.log(i);
            }
            return Target.x(-logOrders, margins);
        });
    }
}
