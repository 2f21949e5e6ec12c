package org.fluvia.dist;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.binomial;
import static org.fluvia.dist.Distributions.cauchy;
import static org.fluvia.dist.Distributions.censored;
import static org.fluvia.dist.Distributions.chiSquare;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.gamma;
import static org.fluvia.dist.Distributions.geometric;
import static org.fluvia.dist.Distributions.leftTruncated;
import static org.fluvia.dist.Distributions.negBinomial;
import static org.fluvia.dist.Distributions.negBinomial2;
import static org.fluvia.dist.Distributions.poisson;
import static org.fluvia.dist.Distributions.poissonLog;
import static org.fluvia.dist.Distributions.studentT;
import static org.fluvia.dist.Distributions.truncated;
import static org.fluvia.dist.Distributions.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;

/** Truncation and censoring of families whose distribution functions are incomplete gamma and beta functions, far out too. */
class TruncatedFamiliesTest {
    private static final Expr ONE = Expr.of(1);

    /** The same density and derivative, as functions of one parameter. */
    private static void same(double at, UnaryOperator<Expr> expected, UnaryOperator<Expr> actual, double tolerance) {
        Expr p = Expr.perDraw("p", Shape.scalar());
        Expr[] densities = {expected.apply(p), actual.apply(p)};
        double[] r = Replay.at(new double[] {at}, List.of(p), densities[0], densities[1],
                Gradient.of(densities[0], p), Gradient.of(densities[1], p));
        assertEquals(r[0], r[1], tolerance * (1 + Math.abs(r[0])), "density at " + at);
        assertEquals(r[2], r[3], tolerance * (1 + Math.abs(r[2])), "derivative at " + at);
    }

    @Test
    void specialCasesAreTheFamiliesThatTheyAre() {
        double[][] intervals = {{0, 0.001, 0.0005}, {0.5, 3, 1}, {40, 41, 40.2}, {700, 710, 700.5}};
        for (double[] i : intervals) {
            Expr x = Expr.of(i[2]);
            same(1.7, r -> truncated(exponential(r), i[0], i[1]).logDensity(x), r -> truncated(gamma(ONE, r), i[0], i[1]).logDensity(x), 1e-9);
            same(2, p -> truncated(exponential(0.5), i[0], i[1]).logDensity(x).plus(p.times(0)),
                    p -> truncated(chiSquare(Expr.of(2)), i[0], i[1]).logDensity(x).plus(p.times(0)), 1e-11);
            same(0.3, m -> truncated(cauchy(m, ONE), i[0], i[1]).logDensity(x), m -> truncated(studentT(ONE, m, ONE), i[0], i[1]).logDensity(x),
                    1e-9);
            same(0.3, m -> censored(cauchy(m, ONE), -i[1], i[0]).logDensity(x), m -> censored(studentT(ONE, m, ONE), -i[1], i[0]).logDensity(x),
                    1e-12);
        }
        same(0.4, b -> truncated(uniform(0, 1), 0.2, 0.7).logDensity(Expr.of(0.5)).plus(b.times(0)),
                b -> truncated(beta(ONE, ONE), 0.2, 0.7).logDensity(Expr.of(0.5)).plus(b.times(0)), 1e-14);
        for (double low : new double[] {0, 1, 30, 600}) {
            Expr k = Expr.of(low + 2);
            same(0.8, r -> truncated(geometric(r.div(r.plus(1))), low, low + 5).logDensity(k),
                    r -> truncated(negBinomial(ONE, r), low, low + 5).logDensity(k), 1e-9);
            same(3, m -> leftTruncated(poisson(m), low).logDensity(k),
                    m -> leftTruncated(negBinomial2(m, Expr.of(1e15)), low).logDensity(k), 1e-8);
        }
        same(0.3, p -> censored(bernoulli(p), 0, 1).logDensity(ONE), p -> censored(binomial(ONE, p), 0, 1).logDensity(ONE), 1e-14);
    }

    /** log p(1) - log P(X >= 1), which tends to 0 with the rate. */
    @Test
    void countsWithoutZerosAreOnesWhereEventsAreRare() {
        for (double rate : new double[] {3, 1e-3, 1e-12, 1e-300}) {
            double expected = Math.log(rate) - rate - Math.log(-Math.expm1(-rate));
            double actual = SharedValues.of(leftTruncated(poisson(rate), 1).logDensity(ONE))[0];
            assertEquals(expected, actual, 1e-12, "rate " + rate);
        }
        for (double rate : new double[] {3, 1e-3}) {
            same(rate, r -> r.log().minus(r).minus(r.unaryMinus().expm1().unaryMinus().log()),
                    r -> leftTruncated(poisson(r), 1).logDensity(ONE), 1e-12);
        }
        Expr eta = Expr.perDraw("eta", Shape.scalar());
        Expr density = leftTruncated(poissonLog(eta), 1).logDensity(Expr.of(2));
        double[] r = Replay.at(new double[] {-900}, List.of(eta), density, Gradient.of(density, eta));
        assertEquals(-900 - Math.log(2), r[0], 1e-11);
        assertEquals(1, r[1], 1e-12);
    }

    @Test
    void drawsFromFarTailsAreThere() {
        double[] x = leftTruncated(poisson(2), 40).sample(new SplittableRandom(3), Shape.of(4000));
        double first = Arrays.stream(x).filter(v -> v == 40).count() / 4000.0;
        double ratio = 2.0 / 41 + 2.0 / 41 * 2 / 42;
        assertEquals(1 / (1 + ratio), first, 0.02);
        x = leftTruncated(gamma(3, 2), 100).sample(new SplittableRandom(3), Shape.of(4000));
        assertEquals(100.5, Arrays.stream(x).average().orElseThrow(), 0.05);
    }
}
