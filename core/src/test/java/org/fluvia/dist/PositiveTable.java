package org.fluvia.dist;

import static org.fluvia.dist.FamilyCase.INF;
import static org.fluvia.dist.FamilyCase.NEGATIVE;
import static org.fluvia.dist.FamilyCase.NOT_POSITIVE;
import static org.fluvia.dist.FamilyCase.sets;
import static org.fluvia.dist.FamilyCase.sets1;

import java.util.List;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.CauchyDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.FoldedNormalDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.ParetoDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.apache.commons.statistics.distribution.WeibullDistribution;

/** The families of positive numbers and of intervals. */
final class PositiveTable {
    private PositiveTable() {}

    static List<FamilyCase> families() {
        return List.of(
                new FamilyCase("halfNormal", sets1(1, 0.03, 20), NEGATIVE,
                        p -> Oracle.of(FoldedNormalDistribution.of(0, p[0]))),
                new FamilyCase("halfCauchy", sets1(1, 0.03, 20), NEGATIVE,
                        p -> Oracle.half(Oracle.of(CauchyDistribution.of(0, p[0])))),
                new FamilyCase("halfStudentT", sets(1, 1, 4, 0.2, 60, 5, 1e6, 5), NEGATIVE,
                        p -> Oracle.half(Oracle.of(TDistribution.of(p[0]), 0, p[1]))),
                new FamilyCase("logNormal", sets(0, 1, -3, 0.2, 2, 3), NOT_POSITIVE,
                        p -> Oracle.of(LogNormalDistribution.of(p[0], p[1]))),
                new FamilyCase("exponential", sets1(1, 0.03, 20), NEGATIVE,
                        p -> Oracle.of(ExponentialDistribution.of(1 / p[0]))),
                new FamilyCase("gamma", sets(1, 1, 0.4, 0.2, 30, 6, 2, 50),
                        NOT_POSITIVE, p -> Oracle.of(GammaDistribution.of(p[0], 1 / p[1]))),
                new FamilyCase("inverseGamma", sets(1, 1, 0.4, 0.2, 30, 6, 2, 50),
                        NOT_POSITIVE, p -> Oracle.reciprocal(GammaDistribution.of(p[0], 1 / p[1]))),
                new FamilyCase("chiSquare", sets1(1, 4.5, 60), NOT_POSITIVE,
                        p -> Oracle.of(ChiSquaredDistribution.of(p[0]))),
                new FamilyCase("inverseChiSquare", sets1(1, 4.5, 60), NOT_POSITIVE,
                        p -> Oracle.reciprocal(ChiSquaredDistribution.of(p[0]))),
                new FamilyCase("scaledInverseChiSquare", sets(1, 1, 4.5, 0.2, 60, 5), NOT_POSITIVE,
                        p -> Oracle.reciprocal(GammaDistribution.of(p[0] / 2, 2 / (p[0] * p[1] * p[1])))),
                new FamilyCase("weibull", sets(1, 1, 0.5, 0.2, 7, 50), NEGATIVE,
                        p -> Oracle.of(WeibullDistribution.of(p[0], p[1]))),
                new FamilyCase("frechet", sets(1, 1, 0.5, 0.2, 7, 50), NOT_POSITIVE,
                        p -> Oracle.reciprocal(WeibullDistribution.of(p[0], 1 / p[1]))),
                new FamilyCase("rayleigh", sets1(1, 0.03, 20), NEGATIVE,
                        p -> Oracle.of(WeibullDistribution.of(2, p[0] * Math.sqrt(2)))),
                new FamilyCase("logLogistic", sets(1, 1, 0.2, 0.5, 50, 7), NOT_POSITIVE,
                        p -> logLogistic(p[0], p[1])),
                new FamilyCase("pareto", sets(1, 1, 0.2, 0.5, 50, 7), new double[] {0.1, 0, -1, -INF, INF},
                        p -> Oracle.of(ParetoDistribution.of(p[0], p[1]))),
                new FamilyCase("paretoType2", new double[][] {{0, 1, 1}, {-3, 0.2, 0.5}, {40, 6, 7}}, new double[] {-3.5, -1e300, -INF, INF},
                        p -> Oracle.of(ParetoDistribution.of(p[1], p[2]), p[0] - p[1], 1)),
                new FamilyCase("beta", sets(1, 1, 2, 3, 0.5, 4, 60, 1.5, 1, 7),
                        new double[] {-4.9e-324, -1, 1 + 0x1p-52, 3, -INF, INF},
                        p -> Oracle.of(BetaDistribution.of(p[0], p[1]))),
                new FamilyCase("betaProportion", sets(0.5, 2, 0.4, 5, 0.2, 2.5, 0.98, 60), new double[] {-4.9e-324, -1, 1 + 0x1p-52, 3, -INF, INF},
                        p -> Oracle.of(BetaDistribution.of(p[0] * p[1], (1 - p[0]) * p[1]))),
                new FamilyCase("uniform", sets(0, 1, -3, 8, 0.25, 0.26),
                        new double[] {-3.5, 8.5, -INF, INF},
                        p -> Oracle.of(UniformContinuousDistribution.of(p[0], p[1]))));
    }

    private static Oracle logLogistic(double scale, double shape) {
        return Oracle.of(x -> {
            double power = Math.pow(x / scale, shape);
            return Math.log(shape / x * power / ((1 + power) * (1 + power)));
        }, x -> x <= 0 ? 0 : 1 / (1 + Math.pow(x / scale, -shape)));
    }
}
