package org.fluvia.bench.score;

import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.autodiff.Functions.max;
import static org.fluvia.autodiff.Functions.min;
import static org.fluvia.dist.Distributions.doubleExponential;
import static org.fluvia.dist.Distributions.normal;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.statistics.distribution.LaplaceDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TriangularDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.support.Support;

/** Densities that end in a step that only the density knows of, or have a kink. */
final class Edges {
    private static final String KIND = "Edges and kinks";
    private static final Expr NOTHING = Expr.of(Double.NEGATIVE_INFINITY);

    private Edges() {}

    static List<Target> all() {
        return List.of(
                of("box_d2", 2, x -> Expr.where(x.minus(1).abs().lt(2), Expr.of(-Math.log(4)), NOTHING),
                        Target.each(2, Margin.of(UniformContinuousDistribution.of(-1, 3)), 0)),
                of("triangle", 1, x -> Expr.where(x.abs().lt(2), log1m(x.abs().min(1.9999999).div(2)), NOTHING),
                        Target.x(Math.log(2), Margin.of(TriangularDistribution.of(-2, 0, 2)))),
                Target.of(KIND, "laplace_d1", m -> m.sample("x", doubleExponential(1, 2), 1), () -> Target.each(1, laplace(), 0)),
                Target.of(KIND, "laplace_d4", m -> m.sample("x", doubleExponential(1, 2), 4), () -> Target.each(4, laplace(), 0)),
                of("half_normal", 1, x -> normal(0, 2).logDensity(x).plus(Expr.where(x.lt(0), NOTHING, Expr.of(0))),
                        Target.x(-Math.log(2), Margin.of(TruncatedNormalDistribution.of(0, 2, 0, Double.POSITIVE_INFINITY)))),
                of("cut_normals_d4", 4, x -> normal(0, 1).logDensity(x).plus(Expr.where(x.abs().lt(1.2), Expr.of(0), NOTHING)),
                        Target.each(4, Margin.of(TruncatedNormalDistribution.of(0, 1, -1.2, 1.2)),
                                4 * Math.log(2 * NormalDistribution.of(0, 1).cumulativeProbability(1.2) - 1))),
                of("cut_tail", 1, x -> normal(0, 1).logDensity(x).plus(Expr.where(x.lt(2), NOTHING, Expr.of(0))),
                        Target.x(Bounded.logSurvival(2), Margin.of(TruncatedNormalDistribution.of(0, 1, 2, Double.POSITIVE_INFINITY)))),
                corner(), plateau());
    }

    private static Target of(String name, int d, UnaryOperator<Expr> logDensity, Truth truth) {
        return Target.of(KIND, name, Data.empty(), m -> m.logDensity(logDensity.apply(m.parameter("x", Support.real(), d))), () -> truth);
    }

    private static Margin laplace() {
        return Margin.of(LaplaceDistribution.of(1, 2));
    }

    /** The square from 0 to 3 without that from 1.5 to 3: of each margin two thirds lie in the first half. */
    private static Target corner() {
        double mean = 0.75 * 2 / 3 + 2.25 / 3;
        double within = 1.5 * 1.5 / 12;
        double variance = within + 2 / 3.0 * Plane.square(0.75 - mean) + 1 / 3.0 * Plane.square(2.25 - mean);
        Margin x = new Margin(mean, Math.sqrt(variance), v -> share(v) * 2 / 3 + share(v - 1.5) / 3, Margin.Judged.ALL);
        return of("corner_d2", 2, z -> Expr.where(Expr.of(0).le(min(z)).times(max(z).le(3)).times(min(z).le(1.5)), Expr.of(0), NOTHING),
                Target.x(Math.log(6.75), x, x));
    }

    private static double share(double v) {
        return Math.min(Math.max(v / 1.5, 0), 1);
    }

    /** Even on (-4, 4), and e^5 times less on the rest of (-40, 40). */
    private static Target plateau() {
        double low = Math.exp(-5);
        double all = 8 + 72 * low;
        double variance = (2 * 64 / 3.0 + low * 2 * (64_000 - 64) / 3.0) / all;
        Margin x = new Margin(0, Math.sqrt(variance), v -> {
            double inside = Math.min(Math.max(v + 4, 0), 8);
            return (inside + low * (Math.min(Math.max(v + 40, 0), 80) - inside)) / all;
        }, Margin.Judged.ALL_BUT_SD);
        return of("plateau", 1, z -> Expr.where(z.abs().lt(4), Expr.of(0), Expr.where(z.abs().lt(40), Expr.of(-5), NOTHING)), Target.x(Math.log(all), x));
    }
}
