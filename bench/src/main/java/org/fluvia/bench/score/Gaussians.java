package org.fluvia.bench.score;

import static org.fluvia.autodiff.Functions.zeros;
import static org.fluvia.autodiff.Matrices.identity;
import static org.fluvia.dist.Distributions.multiStudentT;
import static org.fluvia.dist.Distributions.studentT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.TDistribution;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;

/** Normal distributions of several conditions, and Student's t: one peak, any scale, any tail. */
final class Gaussians {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private Gaussians() {}

    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (int d : new int[] {3, 20}) {
            for (double condition : new double[] {1, 1e5}) all.add(normal(d, condition));
        }
        all.add(normal(200, 300));
        for (int d : new int[] {4, 60}) all.add(equicorrelated(d));
        for (double df : new double[] {1, 1.2, 2.2, 4, 8}) all.add(each(1, df));
        for (double df : new double[] {1, 2.5, 6}) all.add(each(3, df));
        for (double df : new double[] {1, 3, 7}) all.add(each(12, df));
        for (double df : new double[] {1, 2.5, 6}) all.add(joint(3, df));
        for (double df : new double[] {1.5, 4, 9}) all.add(joint(12, df));
        all.add(joint(40, 4));
        return all;
    }

    /** Mirrored, so that no axis is an axis of it; all means 2, and the sum of the elements beside them. */
    private static Target normal(int d, double condition) {
        SplittableRandom random = new SplittableRandom(d);
        double[] v = new double[d];
        double[] sd = new double[d];
        for (int i = 0; i < d; i++) {
            v[i] = random.nextGaussian();
            sd[i] = 0.5 * Math.pow(condition, 0.5 * i / (d - 1));
        }
        double length = Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
        for (int i = 0; i < d; i++) v[i] /= length;
        double constant = Arrays.stream(sd).map(Math::log).sum() + 0.5 * d * LOG_2_PI;
        return Target.of("Gaussians", "normal_d" + d + "_c" + (long) condition, m -> {
            Expr x = m.parameter("x", Support.real(), d);
            Expr c = x.minus(2);
            Expr mirror = Expr.vector(v);
            Expr u = c.minus(mirror.times(c.dot(mirror)).times(2)).div(Expr.vector(sd));
            m.logDensity(u.dot(u).times(-0.5).minus(constant));
            m.derive("total", x.sum());
        }, () -> {
            List<Margin> margins = new ArrayList<>();
            double sumOfV = Arrays.stream(v).sum();
            double total = 0;
            for (int i = 0; i < d; i++) {
                double variance = 0;
                for (int k = 0; k < d; k++) {
                    double h = (i == k ? 1 : 0) - 2 * v[i] * v[k];
                    variance += h * h * sd[k] * sd[k];
                }
                margins.add(Margin.normal(2, Math.sqrt(variance)));
                double h = 1 - 2 * sumOfV * v[i];
                total += h * h * sd[i] * sd[i];
            }
            return new Exact(Map.of("x", margins, "total", List.of(Margin.normal(2 * d, Math.sqrt(total)))), 0);
        });
    }

    private static Target equicorrelated(int d) {
        double r = 0.995;
        double all = 1 - r + d * r;
        double constant = 0.5 * ((d - 1) * Math.log(1 - r) + Math.log(all)) + 0.5 * d * LOG_2_PI;
        return Target.of("Gaussians", "equicorrelated_d" + d, m -> {
            Expr x = m.parameter("x", Support.real(), d);
            Expr s = m.derive("total", x.sum());
            m.logDensity(x.dot(x).minus(s.square().times(r / all)).times(-0.5 / (1 - r)).minus(constant));
        }, () -> new Exact(Map.of("x", Collections.nCopies(d, Margin.normal(0, 1)), "total", List.of(Margin.normal(0, Math.sqrt(d * all)))), 0));
    }

    private static Target each(int d, double df) {
        return Target.of("Student's t", "t_each_d" + d + "_df" + number(df), m -> m.sample("x", studentT(df, 0.5, 2), d),
                () -> Target.each(d, t(df, 0.5, 2), 0));
    }

    private static Target joint(int d, double df) {
        return Target.of("Student's t", "t_joint_d" + d + "_df" + number(df), m -> m.sample("x", multiStudentT(df, zeros(d), identity(d)), d),
                () -> Target.each(d, t(df, 0, 1), 0));
    }

    /** Up to 2 degrees of freedom there is no sd; up to 4 the sd of draws has no error that is known. */
    private static Margin t(double df, double location, double scale) {
        TDistribution t = TDistribution.of(df);
        if (df <= 2) return Margin.quantiles(x -> t.cumulativeProbability((x - location) / scale));
        Margin all = new Margin(location, scale * Math.sqrt(df / (df - 2)), x -> t.cumulativeProbability((x - location) / scale), Margin.Judged.ALL);
        return df > 4 ? all : all.judgedBy(Margin.Judged.ALL_BUT_SD);
    }

    static String number(double x) {
        return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
    }
}
