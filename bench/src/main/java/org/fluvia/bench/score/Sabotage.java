package org.fluvia.bench.score;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.ExternalDensity;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;

/** Densities of the user's own code that are wrong in some way, and options that leave a fit no chance. */
final class Sabotage {
    private static final String CODE = "The user's own code";
    private static final String TERMS = "Short limits, few draws, seeds";
    private static final int DIMENSION = 4;

    /** What a density throws that does. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Spoils a value and its gradient; answers the value. */
    @FunctionalInterface
    private interface Spoiler {
        double spoil(double[] x, double[] gradient, double value);
    }

    private Sabotage() {}

    static List<Target> all(List<Target> sound) {
        List<Target> all = new ArrayList<>(List.of(
                external("right", Target.Due.ANSWER, (x, g, v) -> v),
                external("gradient_2_percent", Target.Due.HONESTY, (x, g, v) -> {
                    for (int i = 0; i < DIMENSION; i++) g[i] *= 1.02;
                    return v;
                }),
                external("gradient_of_one_30_percent", Target.Due.HONESTY, (x, g, v) -> {
                    g[1] *= 1.3;
                    return v;
                }),
                external("sign", Target.Due.HONESTY, (x, g, v) -> {
                    for (int i = 0; i < DIMENSION; i++) g[i] = -g[i];
                    return v;
                }),
                external("sign_of_one", Target.Due.HONESTY, (x, g, v) -> {
                    g[2] = -g[2];
                    return v;
                }),
                external("gradient_zero", Target.Due.HONESTY, (x, g, v) -> {
                    Arrays.fill(g, 0);
                    return v;
                }),
                external("gradient_nan_sometimes", Target.Due.HONESTY, (x, g, v) -> {
                    if (chance(x[0], 150)) g[0] = Double.NaN;
                    return v;
                }),
                external("nan_sometimes", Target.Due.HONESTY, (x, g, v) -> chance(x[0], 150) ? Double.NaN : v),
                external("nan_often", Target.Due.HONESTY, (x, g, v) -> chance(x[0], 15) ? Double.NaN : v),
                external("nan_beyond", Target.Due.HONESTY, (x, g, v) -> x[0] > -0.5 ? Double.NaN : v),
                external("throws", Target.Due.HONESTY, (x, g, v) -> {
                    if (chance(x[0], 1500)) throw new Thrown();
                    return v;
                })));
        for (Target t : sound) {
            if (!List.of("banana_b0.1_d2", "funnel_d8", "groups_six_centred", "two_d2_apart8", "t_each_d1_df4").contains(t.name())) continue;
            all.add(t.under(TERMS, "within_80ms", f -> f.within(Duration.ofMillis(80))));
            all.add(t.under(TERMS, "within_800ms", f -> f.within(Duration.ofMillis(800))));
            all.add(t.under(TERMS, "draws_150", f -> f.draws(150)));
        }
        for (Target t : sound) {
            if (!t.name().equals("banana_b0.1_d2")) continue;
            all.add(t.under(TERMS, "seed_least", f -> f.seed(Long.MIN_VALUE)));
            all.add(t.under(TERMS, "seed_most", f -> f.seed(Long.MAX_VALUE)));
        }
        return all;
    }

    private static boolean chance(double x, int one) {
        return Math.floorMod((long) (x * 1e6), one) == 0;
    }

    /** Independent normals about -2 with the sd 1.5, not the standard normal, which is among the engine's starts. */
    private static Target external(String name, Target.Due due, Spoiler spoiler) {
        ExternalDensity density = (x, g) -> {
            double v = -DIMENSION * (0.5 * Math.log(2 * Math.PI) + Math.log(1.5));
            for (int i = 0; i < DIMENSION; i++) {
                double u = (x[i] + 2) / 1.5;
                v -= 0.5 * u * u;
                g[i] = -u / 1.5;
            }
            return spoiler.spoil(x, g, v);
        };
        return new Target(CODE, "external_" + name, due, seed -> Fit.of(Model.external("external_" + name, DIMENSION, density)).seed(seed),
                () -> new Exact(Map.of("x", Collections.nCopies(DIMENSION, Margin.normal(-2, 1.5))), 0));
    }
}
