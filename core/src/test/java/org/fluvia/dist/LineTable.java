package org.fluvia.dist;

import static org.fluvia.dist.Family.NOWHERE;
import static org.fluvia.dist.Family.finite;
import static org.fluvia.dist.Family.positive;
import static org.fluvia.dist.Family.probability;
import static org.fluvia.dist.Family.sets;

import java.util.List;
import org.apache.commons.statistics.distribution.CauchyDistribution;
import org.apache.commons.statistics.distribution.GumbelDistribution;
import org.apache.commons.statistics.distribution.LaplaceDistribution;
import org.apache.commons.statistics.distribution.LogisticDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** The families of whole real line. */
final class LineTable {
    private LineTable() {}

    static List<Family> families() {
        return List.of(
                new Family("normal", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(NormalDistribution.of(p[0], p[1]))),
                new Family("stdNormal", List.of(), new double[][] {{}, {}}, NOWHERE,
                        p -> Oracle.of(NormalDistribution.of(0, 1))),
                new Family("studentT", List.of(positive("df"), finite("loc"), positive("scale")),
                        new double[][] {{1, 0, 1}, {4, -3, 0.2}, {60, 2, 5}, {1e6, 2, 5}}, NOWHERE,
                        p -> Oracle.of(TDistribution.of(p[0]), p[1], p[2])),
                new Family("cauchy", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(CauchyDistribution.of(p[0], p[1]))),
                new Family("doubleExponential", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(LaplaceDistribution.of(p[0], p[1]))),
                new Family("skewDoubleExponential", List.of(finite("loc"), positive("scale"), probability("tau")), new double[][] {{0, 1, 0.5}, {-3, 0.2, 0.1}, {40, 6, 0.7}}, NOWHERE,
                        p -> skewDoubleExponential(p[0], p[1], p[2])),
                new Family("logistic", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(LogisticDistribution.of(p[0], p[1]))),
                new Family("gumbel", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(GumbelDistribution.of(p[0], p[1]))));
    }

    private static Oracle skewDoubleExponential(double loc, double scale, double tau) {
        return Oracle.of(x -> {
            double rate = 2 * (x < loc ? 1 - tau : tau) / scale;
            return Math.log(tau * (1 - tau) * 2 / scale) - rate * Math.abs(x - loc);
        }, x -> x < loc ? tau * Math.exp(-2 * (1 - tau) * (loc - x) / scale)
                : 1 - (1 - tau) * Math.exp(-2 * tau * (x - loc) / scale));
    }
}
