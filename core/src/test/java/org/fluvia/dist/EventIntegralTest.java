package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Constrained;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Densities of few dimensions integrate to one, and their samplers have the moments that they integrate to: two pieces of
 * code that know nothing of each other.
 */
class EventIntegralTest {
    private static final int DRAWS = 20_000;
    /** Standard errors; the seeds are fixed. */
    private static final double SIGMAS = 5;

    /**
     * @param low of the grid over the unconstrained values
     * @param steps on each axis
     */
    private record Case(Distribution distribution, Shape shape, double low, double high, int steps) {
        @Override
        public String toString() {
            return distribution.name() + " " + shape + " " + distribution.parameters().stream()
                    .map(p -> Arrays.toString(SharedValues.of(p))).toList();
        }
    }

    static List<Case> continuous() {
        return List.of(
                new Case(Distributions.multiNormal(Expr.vector(0.3, -1), matrix(2, 1.4, -0.6, -0.6, 0.8)), Shape.of(2), -8, 8, 100),
                new Case(Distributions.multiNormalPrec(0.2, matrix(2, 1.4, -0.6, -0.6, 0.8)), Shape.of(2), -12, 12, 150),
                new Case(Distributions.multiNormalCholesky(Expr.vector(0.3, -1, 0.4),
                        matrix(3, 1.1, 9, 9, -0.5, 0.8, 9, 0.3, 0.2, 0.9)), Shape.of(3), -8, 8, 50),
                new Case(Distributions.dirichlet(Expr.vector(1.5, 4, 2)), Shape.of(3), -14, 14, 140),
                new Case(Distributions.dirichlet(0.7), Shape.of(2), -60, 60, 1000),
                new Case(Distributions.lkjCorrCholesky(0.6), Shape.of(2, 2), -25, 25, 1000),
                new Case(Distributions.lkjCorrCholesky(1), Shape.of(3, 3), -9, 9, 44),
                new Case(Distributions.lkjCorrCholesky(3.5), Shape.of(3, 3), -4, 4, 40),
                new Case(Distributions.lkjCorr(2.5), Shape.of(3, 3), -5, 5, 40),
                new Case(Distributions.wishart(6, matrix(2, 0.4, -0.1, -0.1, 0.3)), Shape.of(2, 2), -3.5, 3.5, 50),
                new Case(Distributions.wishartCholesky(6, matrix(2, 0.6, 0, -0.1, 0.5)), Shape.of(2, 2), -3.5, 3.5, 50),
                new Case(Distributions.inverseWishart(14, matrix(2, 30, -6, -6, 20)), Shape.of(2, 2), -7, 7, 90),
                new Case(Distributions.inverseWishartCholesky(14, matrix(2, 5.5, 0, -1, 4.5)), Shape.of(2, 2), -7, 7, 90),
                new Case(Distributions.gaussianRandomWalk(0.3, 0.5), Shape.of(2), -6, 6, 120),
                new Case(Distributions.gaussianRandomWalk(-0.2, 0.8), Shape.of(3), -8, 8, 50),
                new Case(Distributions.ar(Expr.vector(0.6), 0.5), Shape.of(2), -6, 6, 120),
                new Case(Distributions.ar(Expr.vector(0.5, -0.9), 0.7), Shape.of(3), -8, 8, 50));
    }

    private static Expr matrix(int n, double... values) {
        return Expr.shared("matrix", Shape.of(n, n), values);
    }

    static List<Distribution> counts() {
        return List.of(
                Distributions.multinomial(7, Expr.vector(0.2, 0.5, 0.3)),
                Distributions.multinomial(40, Expr.vector(0.1, 0.0, 0.9)),
                Distributions.multinomialLogit(12, Expr.vector(0.2, 1.5, -1)),
                Distributions.dirichletMultinomial(9, Expr.vector(0.5, 2, 1.5)),
                Distributions.dirichletMultinomial(6, Expr.vector(0.05, 0.03, 0.2)));
    }

    /** Points of a distribution with the probability of each. */
    private record Points(double[][] x, double[] probability) {
        double mean(int i, int j) {
            double sum = 0;
            for (int n = 0; n < x.length; n++) sum += probability[n] * x[n][i] * (j < 0 ? 1 : x[n][j]);
            return sum;
        }

        double variance(int i, int j) {
            double mean = mean(i, j);
            double sum = 0;
            for (int n = 0; n < x.length; n++) {
                double deviation = x[n][i] * (j < 0 ? 1 : x[n][j]) - mean;
                sum += probability[n] * deviation * deviation;
            }
            return sum;
        }
    }

    /** The trapezoidal rule, exact beyond all orders for densities that fade out on both sides. */
    private static Points grid(Case c) {
        Distribution d = c.distribution();
        int dimension = d.support().unconstrainedSize(c.shape());
        double step = (c.high() - c.low()) / c.steps();
        int n = (int) Math.round(Math.pow(c.steps() + 1, dimension));
        double[][] u = new double[n][dimension];
        for (int i = 0; i < n; i++) {
            for (int k = 0, rest = i; k < dimension; k++, rest /= c.steps() + 1) u[i][k] = c.low() + rest % (c.steps() + 1) * step;
        }
        Expr input = Expr.perDraw("u", Shape.of(dimension));
        Constrained x = d.support().constrain(input, c.shape());
        double[][] r = Replay.at(u, List.of(input), List.of(d.logDensity(x.value()).plus(x.logAbsDetJacobian()), x.value()));
        double[] p = Arrays.stream(r).mapToDouble(v -> StrictMath.exp(v[0]) * Math.pow(step, dimension)).toArray();
        return new Points(Arrays.stream(r).map(v -> Arrays.copyOfRange(v, 1, v.length)).toArray(double[][]::new), p);
    }

    private static Points enumerate(Distribution d) {
        int trials = (int) SharedValues.of(d.parameters().get(0))[0];
        List<double[]> all = new ArrayList<>();
        for (int a = 0; a <= trials; a++) {
            for (int b = 0; a + b <= trials; b++) all.add(new double[] {a, b, trials - a - b});
        }
        double[] flat = EventReference.join(all.toArray(new double[0][]));
        double[] logs = SharedValues.of(d.logDensity(Expr.shared("x", Shape.of(all.size(), 3), flat)));
        return new Points(all.toArray(new double[0][]), Arrays.stream(logs).map(StrictMath::exp).toArray());
    }

    @ParameterizedTest
    @MethodSource("continuous")
    void densitiesIntegrateToOneAndDrawsHaveTheirMoments(Case c) {
        compare(c.distribution(), c.shape(), grid(c), 1e-7);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void massesAddToOneAndDrawsHaveTheirMoments(Distribution d) {
        compare(d, Shape.of(3), enumerate(d), 1e-12);
    }

    private static void compare(Distribution d, Shape shape, Points points, double tolerance) {
        assertEquals(1, Arrays.stream(points.probability()).sum(), tolerance);
        int size = shape.size();
        int[] dims = new int[shape.rank() + 1];
        dims[0] = DRAWS;
        System.arraycopy(shape.dims(), 0, dims, 1, shape.rank());
        double[] x = d.sample(new SplittableRandom(8), Shape.of(dims));
        for (int i = 0; i < size; i++) {
            for (int j = -1; j <= i; j++) {
                double sum = 0;
                for (int n = 0; n < DRAWS; n++) sum += x[n * size + i] * (j < 0 ? 1 : x[n * size + j]);
                double error = Math.sqrt(points.variance(i, j) / DRAWS);
                assertEquals(points.mean(i, j), sum / DRAWS, SIGMAS * error + 1e-7, "elements " + i + " and " + j);
            }
        }
    }

    /** Its tails are too long for the grid: the squared distance over K follows an F distribution (Stan Functions Reference). */
    @Test
    void tVectorsHaveTheSquaredDistancesOfAnF() {
        double[] l = {1.1, 0, -0.5, 0.8};
        double[] s = {1.21, -0.55, -0.55, 0.89};
        double df = 5;
        for (Distribution d : List.of(Distributions.multiStudentT(df, Expr.vector(1, -2), matrix(2, s)),
                Distributions.multiStudentTCholesky(df, Expr.vector(1, -2), matrix(2, l)))) {
            double[] x = d.sample(new SplittableRandom(8), Shape.of(DRAWS, 2));
            double[] sorted = new double[DRAWS];
            for (int i = 0; i < DRAWS; i++) {
                double a = (x[2 * i] - 1) / l[0];
                double b = (x[2 * i + 1] + 2 - l[2] * a) / l[3];
                sorted[i] = (a * a + b * b) / 2;
            }
            Arrays.sort(sorted);
            var f = org.apache.commons.statistics.distribution.FDistribution.of(2, df);
            double distance = 0;
            for (int i = 0; i < DRAWS; i++) {
                double cdf = f.cumulativeProbability(sorted[i]);
                distance = Math.max(distance, Math.max((i + 1.0) / DRAWS - cdf, cdf - (double) i / DRAWS));
            }
            assertEquals(0, distance, Math.sqrt(Math.log(2e6) / (2 * DRAWS)));
        }
    }

    @Test
    void eventsAreDrawnWithTheirOwnParameters() {
        Expr start = Expr.vector(100, -100);
        double[] x = Distributions.gaussianRandomWalk(start, 0.1).sample(new SplittableRandom(1), Shape.of(2, 3));
        for (int i = 0; i < 6; i++) assertEquals(i < 3 ? 100 : -100, x[i], 2);
        Expr prob = Expr.vector(1, 0, 0, 1).reshape(Shape.of(2, 2));
        assertEquals("[5.0, 0.0, 0.0, 7.0]", Arrays.toString(
                Distributions.multinomial(Expr.vector(5, 7), prob).sample(new SplittableRandom(1), Shape.of(2, 2))));
    }
}
