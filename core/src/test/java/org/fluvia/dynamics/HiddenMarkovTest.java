package org.fluvia.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;

/** Hidden Markov models against the sum over every sequence of states. */
class HiddenMarkovTest {
    private static final int T = 6;
    private static final int K = 3;

    private final Expr omega = Expr.perDraw("omega", Shape.of(T, K));
    private final Expr gamma = Expr.perDraw("gamma", Shape.of(K, K));
    private final Expr rho = Expr.perDraw("rho", Shape.of(K));

    /** logOmega, gamma, rho. The second point has transitions and initial states of probability 0. */
    private static double[][] points() {
        Random random = new Random(3);
        double[] dense = new double[T * K + K * K + K];
        for (int i = 0; i < T * K; i++) dense[i] = 4 * random.nextGaussian() - 3;
        simplexes(dense, random);
        double[] sparse = dense.clone();
        sparse[T * K] = 0; // from 1 to 1
        sparse[T * K + 1] = 1 - sparse[T * K + 2];
        sparse[T * K + K + 2] = 0;
        sparse[T * K + K + 1] = 1 - sparse[T * K + K];
        System.arraycopy(new double[] {0, 0.25, 0.75}, 0, sparse, T * K + K * K, K);
        double[] far = dense.clone();
        for (int i = 0; i < T * K; i++) far[i] *= 1000;
        return new double[][] {dense, sparse, far};
    }

    private static void simplexes(double[] point, Random random) {
        for (int row = T * K; row < point.length; row += K) {
            double sum = 0;
            for (int k = 0; k < K; k++) sum += point[row + k] = 0.1 + random.nextDouble();
            for (int k = 0; k < K; k++) point[row + k] /= sum;
        }
    }

    /** log p(y), P(z[t] = k | y), the most probable sequence, its log-probability, by enumeration. */
    private static double[] enumerated(double[] p) {
        int count = (int) Math.pow(K, T);
        double[] log = new double[count];
        for (int s = 0; s < count; s++) {
            int[] z = states(s);
            log[s] = Math.log(p[T * K + K * K + z[0]]) + p[z[0]];
            for (int t = 1; t < T; t++) log[s] += Math.log(p[T * K + z[t - 1] * K + z[t]]) + p[t * K + z[t]];
        }
        double max = Arrays.stream(log).max().orElseThrow();
        double total = max + Math.log(Arrays.stream(log).map(x -> Math.exp(x - max)).sum());
        double[] result = new double[1 + T * K + T + 1];
        result[0] = total;
        for (int s = 0; s < count; s++) {
            for (int t = 0; t < T; t++) result[1 + t * K + states(s)[t]] += Math.exp(log[s] - total);
            if (log[s] == max) for (int t = 0; t < T; t++) result[1 + T * K + t] = states(s)[t] + 1;
        }
        result[1 + T * K + T] = max;
        return result;
    }

    private static int[] states(int s) {
        int[] z = new int[T];
        for (int t = 0; t < T; t++, s /= K) z[t] = s % K;
        return z;
    }

    private static List<Expr> all(Expr omega, Expr gamma, Expr rho) {
        return List.of(HiddenMarkov.logLikelihood(omega, gamma, rho), HiddenMarkov.stateProbabilities(omega, gamma, rho),
                HiddenMarkov.mostLikelyStates(omega, gamma, rho),
                HiddenMarkov.logProbabilityOfMostLikelyStates(omega, gamma, rho));
    }

    @Test
    void isTheSumOverAllSequencesOfStates() {
        double[][] results = Replay.at(points(), List.of(omega, gamma, rho), all(omega, gamma, rho));
        for (int j = 0; j < results.length; j++) {
            double[] expected = enumerated(points()[j]);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], results[j][i], 1e-12 * Math.max(1, Math.abs(expected[0])), "point " + j + ", " + i);
            }
        }
    }

    @Test
    void transitionsMayChangeFromStepToStep() {
        Expr repeated = org.fluvia.autodiff.Functions.repeat(gamma, 0, T - 1);
        double[][] same = Replay.at(points(), List.of(omega, gamma, rho), all(omega, repeated, rho));
        double[][] once = Replay.at(points(), List.of(omega, gamma, rho), all(omega, gamma, rho));
        for (int j = 0; j < same.length; j++) assertArrayEquals(once[j], same[j]);
        // gamma to the power T - 1 in one step is T - 1 steps without information
        double[] forgetful = new double[T * K];
        Expr none = Expr.vector(forgetful).reshape(Shape.of(T, K));
        double[] ll = Replay.at(points()[0], List.of(omega, gamma, rho), HiddenMarkov.logLikelihood(none, repeated, rho));
        assertEquals(0, ll[0], 1e-14);
    }

    @Test
    void gradientsAreThoseOfDifferences() {
        Expr ll = HiddenMarkov.logLikelihood(omega, gamma, rho);
        List<Expr> gradients = Gradient.of(ll, List.of(omega, gamma, rho));
        double[] at = points()[0];
        double[] g = Replay.at(new double[][] {at}, List.of(omega, gamma, rho), gradients)[0];
        for (int i = 0; i < at.length; i++) {
            double[][] moved = {at.clone(), at.clone()};
            double h = 1e-6;
            moved[0][i] -= h;
            moved[1][i] += h;
            double[][] v = Replay.at(moved, List.of(omega, gamma, rho), List.of(ll));
            assertEquals((v[1][0] - v[0][0]) / (2 * h), g[i], 1e-7, "argument " + i);
        }
    }

    /** What is impossible has no probability, and no NaN in the derivative by what is possible. */
    @Test
    void impossibleStatesLeaveDerivativesFinite() {
        double[] zeros = points()[1];
        Expr fixedGamma = Expr.vector(Arrays.copyOfRange(zeros, T * K, T * K + K * K)).reshape(Shape.of(K, K));
        Expr fixedRho = Expr.vector(Arrays.copyOfRange(zeros, T * K + K * K, zeros.length));
        Expr ll = HiddenMarkov.logLikelihood(omega, fixedGamma, fixedRho);
        double[] g = Replay.at(Arrays.copyOf(zeros, T * K), List.of(omega), Gradient.of(ll, omega));
        assertArrayEquals(Arrays.copyOfRange(enumerated(zeros), 1, 1 + T * K), g, 1e-13);
        Expr never = HiddenMarkov.logLikelihood(omega.plus(Double.NEGATIVE_INFINITY), fixedGamma, fixedRho);
        assertEquals(Double.NEGATIVE_INFINITY, Replay.at(Arrays.copyOf(zeros, T * K), List.of(omega), never)[0]);
    }

    @Test
    void oneObservationAndOneStateAreEnough() {
        Expr one = Expr.vector(-1, -2, -3).reshape(Shape.of(1, 3));
        Expr uniform = Expr.vector(1, 1, 1, 1, 1, 1, 1, 1, 1).reshape(Shape.of(3, 3)).div(3);
        double expected = Math.log(0.2 * Math.exp(-1) + 0.3 * Math.exp(-2) + 0.5 * Math.exp(-3));
        Expr first = Expr.vector(0.2, 0.3, 0.5);
        assertEquals(expected, SharedValues.of(HiddenMarkov.logLikelihood(one, uniform, first))[0], 1e-15);
        assertArrayEquals(new double[] {1}, SharedValues.of(HiddenMarkov.mostLikelyStates(one, uniform, first)));
        Expr column = Expr.vector(-1, -2, -3).reshape(Shape.of(3, 1));
        Expr certain = Expr.vector(1);
        assertEquals(-6, SharedValues.of(HiddenMarkov.logLikelihood(column, certain.reshape(Shape.of(1, 1)), certain))[0], 1e-15);
    }

    /** A long series of a chain without memory: the observations are independent. */
    @Test
    void thousandsOfObservations() {
        int n = 5000;
        double[] y = new Random(2).doubles(n, -1, 1).toArray();
        Expr mu = Expr.perDraw("mu", Shape.of(2));
        Expr data = org.fluvia.autodiff.Functions.repeat(Expr.vector(y), -1, 2);
        Expr logOmega = data.minus(org.fluvia.autodiff.Functions.repeat(mu, 0, n)).square().times(-0.5);
        Expr weights = Expr.vector(0.3, 0.7);
        Expr ll = HiddenMarkov.logLikelihood(logOmega, org.fluvia.autodiff.Functions.stack(weights, weights), weights);
        double[] at = {-0.4, 0.9};
        double[] result = Replay.at(at, List.of(mu), ll, Gradient.of(ll, mu));
        double expected = 0;
        double[] g = new double[2];
        for (double v : y) {
            double a = 0.3 * Math.exp(-0.5 * (v - at[0]) * (v - at[0]));
            double b = 0.7 * Math.exp(-0.5 * (v - at[1]) * (v - at[1]));
            expected += Math.log(a + b);
            g[0] += a / (a + b) * (v - at[0]);
            g[1] += b / (a + b) * (v - at[1]);
        }
        assertEquals(expected, result[0], 1e-12 * Math.abs(expected));
        assertArrayEquals(g, Arrays.copyOfRange(result, 1, 3), 1e-11 * n);
    }

    @Test
    void messagesNameShapesAndPlaces() {
        Map<String, Runnable> wrong = new HashMap<>();
        wrong.put("hidden Markov: logOmega must be (observations x states), but has shape (3) (HiddenMarkovTest.java:",
                () -> HiddenMarkov.logLikelihood(rho, gamma, rho));
        wrong.put("hidden Markov: gamma must be (3 x 3), or (5 x 3 x 3) with one matrix for each step, where logOmega is (6 x 3),"
                + " but has shape (3) (HiddenMarkovTest.java:", () -> HiddenMarkov.logLikelihood(omega, rho, rho));
        wrong.put("hidden Markov: rho must be (3) where logOmega is (6 x 3), but has shape (6)",
                () -> HiddenMarkov.logLikelihood(omega, gamma, Expr.vector(new double[T])));
        wrong.put("hidden Markov: gamma must be (6 x 6), or (2 x 6 x 6) with one matrix for each step, where logOmega is (3 x 6)",
                () -> HiddenMarkov.logLikelihood(omega.transpose(), gamma, rho));
        wrong.forEach((message, code) -> {
            String actual = assertThrows(IllegalArgumentException.class, code::run).getMessage();
            assertTrue(actual.startsWith(message), actual);
        });
        assertTrue(assertThrows(IllegalArgumentException.class, () -> HiddenMarkov.logLikelihood(omega.transpose(), gamma, rho))
                .getMessage().endsWith("transpose() it."));
    }
}
