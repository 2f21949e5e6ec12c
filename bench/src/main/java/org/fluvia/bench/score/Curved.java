package org.fluvia.bench.score;

import static org.fluvia.autodiff.Functions.sin;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.support.Support;

/** One peak that no Gaussian fits: funnels, groups, bananas. */
final class Curved {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private Curved() {}

    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (int d : new int[] {2, 8, 80}) all.add(funnel(d));
        for (boolean centred : new boolean[] {true, false}) {
            all.add(groups(centred, "six", new double[] {12, -4, 3, 7, 22, 1}, new double[] {9, 12, 8, 10, 14, 11}));
            all.add(groups(centred, "informed", new double[] {1.2, -2.1, 0.3, 3.4, 0.9, -1.5, 2.2, 0.1}, new double[] {.3, .3, .3, .3, .3, .3, .3, .3}));
        }
        for (double b : new double[] {0.1, 0.4}) {
            for (int d : new int[] {2, 8}) all.add(banana(b, d));
        }
        all.add(rosenbrock());
        all.add(Plane.target("Curved", "u2", 15, (x, y) -> x.div(2.5).square().times(-0.5)
                .plus(y.minus(sin(x.times(0.5 * Math.PI))).div(0.5).square().times(-0.5)),
                (x, y) -> -0.5 * Plane.square(x / 2.5) - 0.5 * Plane.square((y - Math.sin(0.5 * Math.PI * x)) / 0.5)));
        return all;
    }

    private static Target funnel(int d) {
        double s = 2.5;
        return Target.of("Funnels and groups", "funnel_d" + d, m -> {
            Expr v = m.sample("v", normal(0, s));
            m.sample("x", normal(0, v.div(2).exp()), d - 1);
        }, () -> {
            Quadrature q = Quadrature.normal(0, s);
            double[] sds = Arrays.stream(q.points()).map(v -> Math.exp(v / 2)).toArray();
            Margin x = Margin.mixture(q.weights(), new double[sds.length], sds).judgedBy(Margin.Judged.QUANTILES);
            return new Exact(Map.of("v", List.of(Margin.normal(0, s)), "x", Collections.nCopies(d - 1, x)), 0);
        });
    }

    private static Target groups(boolean centred, String name, double[] y, double[] s) {
        Data data = Data.empty().with("y", y).with("s", s);
        return Target.of("Funnels and groups", "groups_" + name + (centred ? "_centred" : "_non_centred"), data, m -> {
            Expr mu = m.sample("mu", normal(0, 6));
            Expr tau = m.sample("tau", halfCauchy(4));
            Expr theta = centred ? m.sample("theta", normal(mu, tau), y.length)
                    : m.derive("theta", mu.plus(tau.times(m.sample("z", normal(0, 1), y.length))));
            m.observe("y", normal(theta, m.data("s")));
        }, () -> Groups.truth(y, s, 6, 4));
    }

    private static Target banana(double b, int d) {
        double s = 5;
        double constant = 0.5 * d * LOG_2_PI + Math.log(s);
        return Target.of("Curved", "banana_b" + b + "_d" + d, m -> {
            Expr x = m.parameter("x", Support.real(), d);
            Expr bend = m.derive("bend", x.get(1).minus(x.get(0).square().minus(s * s).times(b)));
            Expr rest = x.dot(x).minus(x.get(0).square()).minus(x.get(1).square());
            m.logDensity(x.get(0).square().div(s * s).plus(bend.square()).plus(rest).times(-0.5).minus(constant));
        }, () -> {
            Quadrature q = Quadrature.normal(0, s);
            double[] means = Arrays.stream(q.points()).map(x -> b * (x * x - s * s)).toArray();
            List<Margin> x = new ArrayList<>(List.of(Margin.normal(0, s), Margin.mixture(q.weights(), means, Quadrature.ones(means.length))));
            while (x.size() < d) x.add(Margin.normal(0, 1));
            return new Exact(Map.of("x", x, "bend", List.of(Margin.normal(0, 1))), 0);
        });
    }

    /** Two branches from one root, as Pagani et al. 2022, and each element is normal about the square of the one before it. */
    private static Target rosenbrock() {
        double root = 1.5;
        double sd = 0.4;
        return Target.of("Curved", "hybrid_rosenbrock_d5", m -> {
            Expr all = m.parameter("x", Support.real(), 5);
            m.observe(all.get(0), normal(1, root));
            for (int i : new int[] {1, 3}) {
                m.observe(all.get(i), normal(all.get(0).square(), sd));
                m.observe(all.get(i + 1), normal(all.get(i).square(), sd));
            }
        }, () -> {
            Quadrature first = Quadrature.normal(1, root);
            double[] squares = Arrays.stream(first.points()).map(x -> x * x).toArray();
            double[] sds = Quadrature.ones(squares.length);
            Arrays.fill(sds, sd);
            Margin middle = Margin.mixture(first.weights(), squares, sds);
            Quadrature ofMiddle = Quadrature.density(first, squares, sd);
            double[] means = Arrays.stream(ofMiddle.points()).map(x -> x * x).toArray();
            double[] ends = new double[means.length];
            Arrays.fill(ends, sd);
            Margin end = Margin.mixture(ofMiddle.weights(), means, ends).judgedBy(Margin.Judged.QUANTILES);
            Margin branch = middle.judgedBy(Margin.Judged.ALL_BUT_SD);
            return Target.x(0, Margin.normal(1, root), branch, end, branch, end);
        });
    }
}
