package org.fluvia.bench.score;

import static org.fluvia.dist.Distributions.bernoulliLogit;
import static org.fluvia.dist.Distributions.normal;

import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.ModelBuilder;
import org.fluvia.support.Support;

/** Models without a posterior, and such as nearly have none. */
final class Improper {
    private static final String KIND = "Nearly improper, and improper";
    private static final double[] X = {-2.5, -1, -0.4, 0.6, 1.1, 1.9};
    private static final double[] Y = {0, 0, 0, 1, 1, 1};
    private static final Data SEPARATED = Data.empty().with("x", X).with("y", Y);

    private Improper() {}

    static List<Target> all() {
        return List.of(
                Target.of(KIND, "scales_1e10_apart", m -> {
                    m.sample("a", normal(0, 1e5));
                    m.sample("b", normal(0, 1e-5));
                }, () -> new Exact(Map.of("a", List.of(Margin.normal(0, 1e5)), "b", List.of(Margin.normal(0, 1e-5))), 0)),
                Target.of(KIND, "scales_1e10_apart_off_zero", m -> {
                    m.sample("a", normal(-4e5, 1e5));
                    m.sample("b", normal(7, 1e-5));
                }, () -> new Exact(Map.of("a", List.of(Margin.normal(-4e5, 1e5)), "b", List.of(Margin.normal(7, 1e-5))), 0)),
                Target.of(KIND, "separation", SEPARATED, m -> regression(m, m.sample("a", normal(0, 8)), m.sample("b", normal(0, 8))), Improper::separated),
                Target.of(KIND, "one_sum_of_two", m -> {
                    Expr total = m.derive("total", m.sample("a", normal(0, 50)).plus(m.sample("b", normal(0, 50))));
                    m.observe(Expr.vector(4, 1, 2.5), normal(total, 1));
                }, Improper::sum),
                Target.improper(KIND, "separation_flat", SEPARATED,
                        m -> regression(m, m.parameter("a", Support.real()), m.parameter("b", Support.real()))),
                Target.improper(KIND, "one_sum_of_two_flat", Data.empty(), m -> {
                    Expr total = m.parameter("a", Support.real()).plus(m.parameter("b", Support.real()));
                    m.observe(Expr.vector(4, 1, 2.5), normal(total, 1));
                }),
                Target.improper(KIND, "two_groups_flat_scale", Data.empty(), m -> {
                    Expr theta = m.sample("theta", normal(m.parameter("mu", Support.real()), m.parameter("tau", Support.positive())), 2);
                    m.observe(Expr.vector(0, 4), normal(theta, 1));
                }),
                Target.improper(KIND, "tail_of_1_over_x", Data.empty(), m -> m.logDensity(m.parameter("x", Support.real()).square().log1p().times(-0.5))),
                Target.improper(KIND, "flat_in_the_log", Data.empty(), m -> m.logDensity(m.parameter("x", Support.positive()).log().unaryMinus())));
    }

    private static void regression(ModelBuilder m, Expr a, Expr b) {
        m.observe("y", bernoulliLogit(a.plus(b.times(m.data("x")))));
    }

    private static Truth separated() {
        Plane.Margins p = Plane.margins(60, (a, b) -> {
            double logP = -0.5 * (a * a + b * b) / 64 - Math.log(2 * Math.PI * 64);
            for (int i = 0; i < X.length; i++) logP -= Plane.logAddExp(0, -(2 * Y[i] - 1) * (a + b * X[i]));
            return logP;
        });
        return new Exact(Map.of("a", List.of(p.x()), "b", List.of(p.y())), p.logEvidence());
    }

    /** y is normal with the sum's variance, 5,000, in all its covariances and 1 more on the diagonal. */
    private static Truth sum() {
        double[] y = {4, 1, 2.5};
        double s2 = 5000;
        double sum = 7.5;
        double squares = 16 + 1 + 6.25;
        double v = 1 / (3 + 1 / s2);
        double logEvidence = -0.5 * (squares - v * sum * sum) - 0.5 * Math.log(1 + 3 * s2) - 0.5 * y.length * Math.log(2 * Math.PI);
        double half = 0.5 * v * sum;
        Margin each = Margin.normal(half, Math.sqrt(0.25 * v + 0.25 * s2));
        return new Exact(Map.of("a", List.of(each), "b", List.of(each), "total", List.of(Margin.normal(v * sum, Math.sqrt(v)))), logEvidence);
    }
}
