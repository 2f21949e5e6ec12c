package org.fluvia.dist;

import static org.fluvia.dist.FamilyCase.NOWHERE;
import static org.fluvia.dist.FamilyCase.sets;

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

    static List<FamilyCase> families() {
        return List.of(
                new FamilyCase("normal", sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(NormalDistribution.of(p[0], p[1]))),
                new FamilyCase("stdNormal", new double[][] {{}, {}}, NOWHERE,
                        p -> Oracle.of(NormalDistribution.of(0, 1))),
                new FamilyCase("studentT", new double[][] {{1, 0, 1}, {4, -3, 0.2}, {60, 2, 5}, {1e6, 2, 5}}, NOWHERE,
                        p -> Oracle.of(TDistribution.of(p[0]), p[1], p[2])),
                new FamilyCase("cauchy", sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(CauchyDistribution.of(p[0], p[1]))),
                new FamilyCase("doubleExponential", sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(LaplaceDistribution.of(p[0], p[1]))),
                new FamilyCase("skewDoubleExponential", new double[][] {{0, 1, 0.5}, {-3, 0.2, 0.1}, {40, 6, 0.7}}, NOWHERE,
                        p -> skewDoubleExponential(p[0], p[1], p[2])),
                new FamilyCase("skewNormal", new double[][] {{0, 1, 0}, {-3, 0.2, 3}, {40, 6, -1.5}}, NOWHERE, LineTable::skewNormal),
                new FamilyCase("expModNormal", new double[][] {{0, 1, 1}, {-3, 0.2, 0.5}, {40, 6, 2}}, NOWHERE, LineTable::expModNormal),
                new FamilyCase("vonMises", sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        LineTable::vonMises),
                new FamilyCase("logistic", sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(LogisticDistribution.of(p[0], p[1]))),
                new FamilyCase("gumbel", sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(GumbelDistribution.of(p[0], p[1]))));
    }

    private static Oracle skewDoubleExponential(double loc, double scale, double tau) {
        return Oracle.of(x -> {
            double rate = 2 * (x < loc ? 1 - tau : tau) / scale;
            return Math.log(tau * (1 - tau) * 2 / scale) - rate * Math.abs(x - loc);
        }, x -> x < loc ? tau * Math.exp(-2 * (1 - tau) * (loc - x) / scale)
                : 1 - (1 - tau) * Math.exp(-2 * tau * (x - loc) / scale));
    }

    private static double normal(double z) {
        return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    }

    private static double phi(double z) {
        return NormalDistribution.of(0, 1).cumulativeProbability(z);
    }

    private static Oracle skewNormal(double[] p) {
        return Oracle.ofDensity(x -> {
            double z = (x - p[0]) / p[1];
            return 2 / p[1] * normal(z) * phi(p[2] * z);
        }, p[0] - 12 * p[1], p[0] + 12 * p[1]);
    }

    private static Oracle expModNormal(double[] p) {
        double excess = p[2] * p[1];
        return Oracle.of(x -> {
            double z = (x - p[0]) / p[1];
            return Math.log(p[2]) + 0.5 * excess * excess - excess * z + Math.log(phi(z - excess));
        }, x -> {
            double z = (x - p[0]) / p[1];
            return phi(z) - Math.exp(0.5 * excess * excess - excess * z) * phi(z - excess);
        });
    }

    /** On the interval of length 2 pi about mu. */
    private static Oracle vonMises(double[] p) {
        double bessel = 0; // I0(kappa), the mean of exp(kappa cos(t)) over equidistant t, which is exact
        for (int k = 0; k < 64; k++) bessel += Math.exp(p[1] * Math.cos(Math.PI * k / 32)) / 64;
        double normaliser = 2 * Math.PI * bessel;
        return Oracle.ofDensity(x -> Math.exp(p[1] * Math.cos(x - p[0])) / normaliser, p[0] - Math.PI, p[0] + Math.PI);
    }
}
