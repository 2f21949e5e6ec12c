package org.fluvia.dist;

import static org.fluvia.dist.Family.NOT_COUNTS;
import static org.fluvia.dist.Family.count;
import static org.fluvia.dist.Family.finite;
import static org.fluvia.dist.Family.notNegative;
import static org.fluvia.dist.Family.probability;
import static org.fluvia.dist.Family.sets;
import static org.fluvia.dist.Family.sets1;
import static org.fluvia.dist.Family.with;

import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/** The families of whole numbers. */
final class DiscreteTable {
    private DiscreteTable() {}

    static List<Family> families() {
        return List.of(
                new Family("bernoulli", List.of(probability("prob")), sets1(0.5, 0.03, 0.9), with(NOT_COUNTS, 2),
                        p -> Oracle.of(BinomialDistribution.of(1, p[0]))),
                new Family("bernoulliLogit", List.of(finite("logit")), sets1(0, -2, 4), with(NOT_COUNTS, 2),
                        p -> Oracle.of(BinomialDistribution.of(1, expit(p[0])))),
                new Family("binomial", List.of(count("trials"), probability("prob")), sets(1, 0.3, 12, 0.02, 40, 0.6),
                        with(NOT_COUNTS, 41), p -> Oracle.of(BinomialDistribution.of((int) p[0], p[1]))),
                new Family("binomialLogit", List.of(count("trials"), finite("logit")), sets(1, 0.3, 12, -3, 40, 1),
                        with(NOT_COUNTS, 41), p -> Oracle.of(BinomialDistribution.of((int) p[0], expit(p[1])))),
                new Family("poisson", List.of(notNegative("rate")), sets1(1, 0.03, 55), NOT_COUNTS,
                        p -> Oracle.of(PoissonDistribution.of(p[0]))),
                new Family("poissonLog", List.of(finite("logRate")), sets1(0, -3, 4), NOT_COUNTS,
                        p -> Oracle.of(PoissonDistribution.of(Math.exp(p[0])))));
    }

    private static double expit(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
