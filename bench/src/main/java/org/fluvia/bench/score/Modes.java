package org.fluvia.bench.score;

import static org.fluvia.autodiff.Functions.logAddExp;
import static org.fluvia.autodiff.Functions.sin;
import static org.fluvia.dist.Distributions.mixture;
import static org.fluvia.dist.Distributions.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.support.Support;

/** Several modes, and one that goes round. */
final class Modes {
    private static final String KIND = "Several modes";

    private Modes() {}

    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (int d : new int[] {1, 2, 8}) {
            for (double distance : d < 8 ? new double[] {5, 8, 15, 80} : new double[] {5, 8, 15}) all.add(two(d, distance, 0.5));
            all.add(two(d, 8, 0.85));
            all.add(two(d, 8, 0.98));
            double[][] apart = new double[2][d];
            apart[0][0] = -2.5;
            apart[1][0] = 2.5;
            all.add(normals("narrow_d" + d, apart, new double[] {1, 0.02}, new double[] {0.5, 0.5}));
        }
        for (int d : new int[] {2, 8}) all.add(normals("wide_shell_d" + d, new double[2][d], new double[] {1, 8}, new double[] {0.7, 0.3}));
        all.add(normals("gmm4", new double[][] {{-4, -3}, {-4, 3}, {4, -3}, {4, 3}}, Quadrature.ones(4), new double[] {.25, .25, .25, .25}));
        double[][] circle = new double[8][];
        for (int i = 0; i < 8; i++) circle[i] = new double[] {5 * Math.cos(i * Math.PI / 4), 5 * Math.sin(i * Math.PI / 4)};
        double[] half = new double[8];
        Arrays.fill(half, 0.6);
        all.add(normals("gmm8", circle, half, half));
        SplittableRandom random = new SplittableRandom(40);
        double[][] forty = new double[40][];
        for (int i = 0; i < 40; i++) forty[i] = new double[] {80 * random.nextDouble() - 40, 80 * random.nextDouble() - 40};
        all.add(normals("gmm40", forty, Quadrature.ones(40), Quadrature.ones(40)));
        all.addAll(onThePlane());
        for (int pairs : new int[] {1, 4, 16}) all.add(wells(pairs));
        all.add(labels());
        return all;
    }

    /** The heavier one is nearer to zero. */
    private static Target two(int d, double distance, double weight) {
        double[][] means = new double[2][d];
        means[0][0] = -0.3 * distance;
        means[1][0] = 0.7 * distance;
        return normals("two_d" + d + "_apart" + Gaussians.number(distance) + (weight == 0.5 ? "" : "_w" + weight), means, Quadrature.ones(2),
                new double[] {weight, 1 - weight});
    }

    private static Target normals(String name, double[][] means, double[] sds, double[] weights) {
        int d = means[0].length;
        double all = Arrays.stream(weights).sum();
        return Target.of(KIND, name, m -> {
            Expr x = m.parameter("x", Support.real(), d);
            Expr[] terms = new Expr[weights.length];
            for (int k = 0; k < terms.length; k++) {
                Expr r = x.minus(Expr.vector(means[k]));
                double constant = Math.log(weights[k] / all) - d * Math.log(sds[k] * Math.sqrt(2 * Math.PI));
                terms[k] = r.dot(r).times(-0.5 / (sds[k] * sds[k])).plus(constant);
            }
            m.logDensity(Expr.concat(terms).logSumExp());
        }, () -> {
            Margin[] margins = new Margin[d];
            for (int i = 0; i < d; i++) {
                int element = i;
                margins[i] = Margin.mixture(weights, Arrays.stream(means).mapToDouble(mean -> mean[element]).toArray(), sds);
            }
            return Target.x(0, margins);
        });
    }

    /** A ring, two moons, and the energies U1, U3 and U4 of Rezende and Mohamed 2015, which a normal distribution ends along x. */
    private static List<Target> onThePlane() {
        List<Target> all = new ArrayList<>();
        all.add(Plane.target(KIND, "ring", 10, (x, y) -> radius(x, y, 5, 0.5), (x, y) -> radius(x, y, 5, 0.5)));
        for (double[] moons : new double[][] {{0.45, 0.6}, {0.25, 0.3}}) {
            double s = moons[0];
            double t = moons[1];
            all.add(Plane.target(KIND, s == 0.45 ? "u1" : "two_moons", 7,
                    (x, y) -> radius(x, y, 2, s).plus(logAddExp(bell(x.minus(2), t), bell(x.plus(2), t))),
                    (x, y) -> radius(x, y, 2, s) + Plane.logAddExp(bell(x - 2, t), bell(x + 2, t))));
        }
        double s = 0.4;
        all.add(Plane.target(KIND, "u3", 15, (x, y) -> {
            Expr wave = y.minus(sin(x.times(0.5 * Math.PI)));
            Expr dip = bell(x.minus(1), 0.6).exp().times(3);
            return bell(x, 2.5).plus(logAddExp(bell(wave, s), bell(wave.plus(dip), s)));
        }, (x, y) -> {
            double wave = y - Math.sin(0.5 * Math.PI * x);
            return bell(x, 2.5) + Plane.logAddExp(bell(wave, s), bell(wave + 3 * Math.exp(bell(x - 1, 0.6)), s));
        }));
        all.add(Plane.target(KIND, "u4", 15, (x, y) -> {
            Expr wave = y.minus(sin(x.times(0.5 * Math.PI)));
            return bell(x, 2.5).plus(logAddExp(bell(wave, s), bell(wave.plus(x.minus(1).div(0.3).sigmoid().times(3)), s)));
        }, (x, y) -> {
            double wave = y - Math.sin(0.5 * Math.PI * x);
            return bell(x, 2.5) + Plane.logAddExp(bell(wave, s), bell(wave + 3 / (1 + Math.exp(-(x - 1) / 0.3)), s));
        }));
        return all;
    }

    private static Expr radius(Expr x, Expr y, double r, double sd) {
        return bell(x.square().plus(y.square()).sqrt().minus(r), sd);
    }

    private static double radius(double x, double y, double r, double sd) {
        return bell(Math.sqrt(x * x + y * y) - r, sd);
    }

    private static Expr bell(Expr x, double sd) {
        return x.div(sd).square().times(-0.5);
    }

    private static double bell(double x, double sd) {
        return -0.5 * Plane.square(x / sd);
    }

    /** Pairs of a coordinate with two wells and a normal one: 2^pairs modes. */
    private static Target wells(int pairs) {
        return Target.of(KIND, "many_well_d" + 2 * pairs, m -> {
            Expr a = m.parameter("x", Support.real(), pairs);
            Expr b = m.parameter("y", Support.real(), pairs);
            m.logDensity(a.square().square().times(-0.8).plus(a.square().times(5)).plus(a.times(0.4)).minus(b.square().times(0.5)).sum());
        }, () -> {
            double[] grid = Quadrature.points(-6, 6, 8001);
            double[] p = Arrays.stream(grid).map(a -> Math.exp(-0.8 * Math.pow(a, 4) + 5 * a * a + 0.4 * a)).toArray();
            double one = Math.log(Arrays.stream(p).sum() * (grid[1] - grid[0])) + 0.5 * Math.log(2 * Math.PI);
            return new Exact(Map.of("x", Collections.nCopies(pairs, Margin.grid(grid, p)),
                    "y", Collections.nCopies(pairs, Margin.normal(0, 1))), pairs * one);
        });
    }

    /** The means of a mixture of three in equal parts, which may change places: by a grid of three dimensions. */
    private static Target labels() {
        int n = 80;
        double[] y = new double[n];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < n; i++) y[i] = new double[] {-3.5, 0, 4}[i % 3] + random.nextGaussian();
        return Target.of(KIND, "label_switching", Data.empty().with("y", y), m -> {
            Expr mu = m.sample("mu", normal(0, 6), 3);
            m.observe("y", mixture(Expr.vector(1 / 3.0, 1 / 3.0, 1 / 3.0), k -> normal(mu.get(k), 1)));
        }, () -> {
            double[] grid = Quadrature.points(-9, 9, 145);
            int g = grid.length;
            NormalDistribution one = NormalDistribution.of(0, 1);
            NormalDistribution prior = NormalDistribution.of(0, 6);
            double[][] k = new double[g][n];
            for (int a = 0; a < g; a++) {
                for (int i = 0; i < n; i++) k[a][i] = one.density(y[i] - grid[a]) / 3;
            }
            double offset = -2.5 * n;
            double[] p = new double[g];
            for (int a = 0; a < g; a++) {
                for (int b = 0; b < g; b++) {
                    for (int c = 0; c <= b; c++) {
                        double logP = prior.logDensity(grid[a]) + prior.logDensity(grid[b]) + prior.logDensity(grid[c]) - offset;
                        double product = 1;
                        for (int i = 0; i < n; i++) {
                            product *= k[a][i] + k[b][i] + k[c][i];
                            if (i % 16 == 15) {
                                logP += Math.log(product);
                                product = 1;
                            }
                        }
                        p[a] += (b == c ? 1 : 2) * Math.exp(logP + Math.log(product));
                    }
                }
            }
            double step = grid[1] - grid[0];
            Margin mu = Margin.grid(grid, p);
            return new Exact(Map.of("mu", List.of(mu, mu, mu)), offset + Math.log(Arrays.stream(p).sum()) + 3 * Math.log(step));
        });
    }
}
