package org.fluvia.dist;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.analysis.ParameterReach;
import org.fluvia.support.Support;

/** Ranks: the interval between cutpoints in which eta plus noise lies. */
sealed interface Ordered extends Categories permits OrderedLogistic, OrderedProbit {
    Expr eta();

    Expr cutpoints();

    static void check(String name, Expr eta, Expr cutpoints) {
        EventArguments.of(name).number("eta", eta).finite().vector("cutpoints", cutpoints).finite();
        int each = Events.size(cutpoints);
        ParameterChecks.whole(name, "cutpoints", cutpoints, c -> {
            for (int i = 1; i < c.length; i++) if (i % each != 0 && !(c[i - 1] < c[i])) return i;
            return -1;
        }, Constraint.INCREASING, "be above the cutpoint before it");
        if (cutpoints.isPerDraw()) {
            SharedValues.check(() -> checkDeclaration(name, cutpoints));
            return;
        }
        SharedValues.check(() -> checkIncrease(name, cutpoints));
    }

    private static void checkIncrease(String name, Expr cutpoints) {
        double[] c = SharedValues.of(cutpoints);
        int size = Events.size(cutpoints);
        for (int i = 1; i < c.length; i++) {
            if (i % size != 0 && !(c[i - 1] < c[i])) {
                throw new IllegalArgumentException(name + ": cutpoints must increase, but "
                        + Element.label("cutpoints", cutpoints.shape(), i) + " = " + Element.text(c[i]) + " after "
                        + Element.text(c[i - 1]) + Source.suffix() + ". Declare them with Support.ordered().");
            }
        }
    }

    /** What is declared otherwise is in order in some draws only. */
    private static void checkDeclaration(String name, Expr cutpoints) {
        if (Events.size(cutpoints) < 2) return;
        ParameterReach.of(cutpoints).filter(ParameterReach::isParameter).map(p -> p.declarations().get(0)).ifPresent(d -> {
            if (!d.as().equals(Support.ordered().toString()) && !d.as().equals(Support.positiveOrdered().toString())) {
                throw new IllegalArgumentException(name + ": cutpoints must increase, but `" + d.name() + "` is declared " + d.as()
                        + Source.suffix() + ". Declare them with Support.ordered().");
            }
        });
    }

    @Override
    default List<Expr> parameters() {
        return List.of(eta(), cutpoints());
    }

    @Override
    default int[] parameterRanks() {
        return new int[] {0, 1};
    }

    @Override
    default int size() {
        return Events.size(cutpoints()) + 1;
    }

    /** The cutpoint below a category; of the first category, which has none, the first. */
    default Expr below(Expr category) {
        return Categories.pick(cutpoints(), category.minus(1).max(Expr.of(0)));
    }

    /** The cutpoint above a category; of the last category, which has none, the last. */
    default Expr above(Expr category) {
        return Categories.pick(cutpoints(), category.min(Expr.of(size() - 2)));
    }

    double noise(RandomGenerator random);

    @Override
    default double sample(RandomGenerator random, double[][] p) {
        double latent = p[0][0] + noise(random);
        return 1 + Arrays.stream(p[1]).filter(c -> c < latent).count();
    }
}
