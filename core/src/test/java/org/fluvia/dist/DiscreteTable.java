package org.fluvia.dist;

import static org.fluvia.dist.FamilyCase.INF;
import static org.fluvia.dist.FamilyCase.NOT_COUNTS;
import static org.fluvia.dist.FamilyCase.sets;
import static org.fluvia.dist.FamilyCase.sets1;
import static org.fluvia.dist.FamilyCase.with;

import java.util.List;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.GeometricDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.apache.commons.statistics.distribution.UniformDiscreteDistribution;

/** The families of whole numbers. */
final class DiscreteTable {
    private DiscreteTable() {}

    static List<FamilyCase> families() {
        return List.of(
                new FamilyCase("bernoulli", sets1(0.5, 0.03, 0.9), with(NOT_COUNTS, 2),
                        p -> Oracle.of(BinomialDistribution.of(1, p[0]))),
                new FamilyCase("bernoulliLogit", sets1(0, -2, 4), with(NOT_COUNTS, 2),
                        p -> Oracle.of(BinomialDistribution.of(1, expit(p[0])))),
                new FamilyCase("binomial", sets(1, 0.3, 12, 0.02, 40, 0.6),
                        with(NOT_COUNTS, 41), p -> Oracle.of(BinomialDistribution.of((int) p[0], p[1]))),
                new FamilyCase("binomialLogit", sets(1, 0.3, 12, -3, 40, 1),
                        with(NOT_COUNTS, 41), p -> Oracle.of(BinomialDistribution.of((int) p[0], expit(p[1])))),
                new FamilyCase("poisson", sets1(1, 0.03, 55), NOT_COUNTS,
                        p -> Oracle.of(PoissonDistribution.of(p[0]))),
                new FamilyCase("poissonLog", sets1(0, -3, 4), NOT_COUNTS,
                        p -> Oracle.of(PoissonDistribution.of(Math.exp(p[0])))),
                new FamilyCase("geometric", sets1(0.5, 0.2, 0.9), NOT_COUNTS,
                        p -> Oracle.of(GeometricDistribution.of(p[0]))),
                new FamilyCase("negBinomial", sets(1, 1, 0.4, 0.2, 30, 6),
                        NOT_COUNTS, p -> negBinomial(p[0] / p[1], p[0])),
                new FamilyCase("negBinomial2", sets(1, 1, 2, 0.5, 5, 30, 20, 1e6),
                        NOT_COUNTS, p -> negBinomial(p[0], p[1])),
                new FamilyCase("negBinomial2Log", sets(0, 1, 0.7, 0.5, 1.6, 30, 3, 1e6),
                        NOT_COUNTS, p -> negBinomial(Math.exp(p[0]), p[1])),
                new FamilyCase("betaBinomial", new double[][] {{1, 1, 1}, {12, 0.4, 3}, {40, 30, 12}}, with(NOT_COUNTS, 41), DiscreteTable::betaBinomial),
                new FamilyCase("betaNegBinomial", new double[][] {{1, 8, 1}, {0.4, 9, 3}, {6, 30, 12}}, NOT_COUNTS, DiscreteTable::betaNegBinomial),
                new FamilyCase("hypergeometric", new double[][] {{1, 3, 2}, {12, 20, 15}, {40, 35, 60}}, with(NOT_COUNTS, 41),
                        p -> Oracle.of(HypergeometricDistribution.of((int) (p[1] + p[2]), (int) p[1], (int) p[0]))),
                new FamilyCase("discreteRange", sets(0, 1, -3, 8, 5, 11),
                        new double[] {-4, 12, 0.5, -INF, INF},
                        p -> Oracle.of(UniformDiscreteDistribution.of((int) p[0], (int) p[1]))));
    }

    private static double expit(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static Oracle negBinomial(double mu, double phi) {
        return Oracle.ofMasses(k -> LogGamma.value(k + phi) - LogGamma.value(phi) - LogGamma.value(k + 1)
                + k * Math.log(mu / (mu + phi)) - phi * Math.log1p(mu / phi));
    }

    private static Oracle betaBinomial(double[] p) {
        return Oracle.ofMasses(k -> k > p[0] ? Double.NEGATIVE_INFINITY : LogGamma.value(p[0] + 1) - LogGamma.value(k + 1) - LogGamma.value(p[0] - k + 1)
                + LogBeta.value(k + p[1], p[0] - k + p[2]) - LogBeta.value(p[1], p[2]));
    }

    private static Oracle betaNegBinomial(double[] p) {
        return Oracle.ofMasses(k -> LogGamma.value(k + p[0]) - LogGamma.value(p[0]) - LogGamma.value(k + 1)
                + LogBeta.value(p[2] + k, p[1] + p[0]) - LogBeta.value(p[2], p[1]));
    }
}
