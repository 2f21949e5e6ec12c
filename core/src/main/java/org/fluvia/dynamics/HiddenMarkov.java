package org.fluvia.dynamics;

import static org.fluvia.autodiff.Functions.logSumExp;
import static org.fluvia.autodiff.Functions.repeat;
import static org.fluvia.autodiff.Functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/**
 * Hidden Markov models of T observations and K states: the states z[1], ..., z[T] are a Markov chain with initial
 * distribution rho and transition probabilities Gamma[j, k] = P(z[t] = k | z[t - 1] = j), and observation t has density
 * exp(logOmega[t, k]) in state k. The states are summed out, so a model has only continuous parameters:
 *
 * <pre>{@code
 * // y[t] ~ normal(mu[z[t]], 1): as Stan's hmm_marginal(log_omega', Gamma, rho)
 * Expr logOmega = normal(repeatRows(mu, n), 1).logDensity(repeatColumns(y, k));      // n x k
 * m.logDensity(HiddenMarkov.logLikelihood(logOmega, stack(theta1, theta2), rho));
 * m.derive("z_star", HiddenMarkov.mostLikelyStates(logOmega, stack(theta1, theta2), rho));
 * }</pre>
 *
 * <p>All of it is computed in logarithms, so neither long series nor observations far from every state underflow;
 * probabilities of 0 are allowed. One observation costs K^2 exponentials, forward and about twice that in reverse. The
 * source is Rabiner 1989, "A tutorial on hidden Markov models", sections III.A, III.B.
 *
 * <p>Arguments of all functions: {@code logOmega}, T x K with T at least 1, one row an observation (Stan's
 * {@code log_omega} is its transpose); {@code gamma}, K x K with rows that sum to one, or one such matrix for each step,
 * (T - 1) x K x K; {@code rho}, K, which with ones in place of probabilities is left out. Each is data or per draw.
 */
public final class HiddenMarkov {
    private HiddenMarkov() {}

    /**
     * log p(y) = log of the sum over all state sequences of rho[z[1]] omega[1, z[1]] prod_t Gamma[z[t - 1], z[t]] omega[t, z[t]],
     * a scalar: the forward algorithm. Stan's {@code hmm_marginal}. Minus infinity if no sequence is possible.
     *
     * @throws IllegalArgumentException if the shapes do not match
     */
    public static Expr logLikelihood(Expr logOmega, Expr gamma, Expr rho) {
        return forward(logOmega, gamma, rho, x -> logSumExp(x, 0), Expr::logSumExp);
    }

    /**
     * P(z[t] = k | y), T x K: row t is the distribution of the state at observation t given all observations. Stan's
     * {@code hmm_hidden_state_prob}, transposed.
     *
     * @throws IllegalArgumentException if the shapes do not match
     */
    public static Expr stateProbabilities(Expr logOmega, Expr gamma, Expr rho) {
        return occupied(logOmega, gamma, rho, HiddenMarkov::logLikelihood);
    }

    /**
     * The most probable sequence of states given all observations, T numbers from 1 to K as Stan counts: the Viterbi
     * algorithm. Of equally probable ones, that with the lower numbers at the end. It has no derivative: for
     * {@code m.derive}.
     *
     * @throws IllegalArgumentException if the shapes do not match
     */
    public static Expr mostLikelyStates(Expr logOmega, Expr gamma, Expr rho) {
        Expr path = occupied(logOmega, gamma, rho, HiddenMarkov::mostLikely);
        double[] numbers = new double[rho.shape().size()];
        for (int k = 0; k < numbers.length; k++) numbers[k] = k + 1;
        return sum(path.times(repeat(Expr.vector(numbers), 0, path.shape().dim(0))), 1)
                .stopGradient();
    }

    /** The log-probability of the most probable sequence together with the observations. */
    public static Expr logProbabilityOfMostLikelyStates(Expr logOmega, Expr gamma, Expr rho) {
        return mostLikely(logOmega, gamma, rho);
    }

    private interface Score {
        Expr of(Expr logOmega, Expr gamma, Expr rho);
    }

    /** What a change of logOmega[t, k] changes the score by: how much of state k is in it at t. */
    private static Expr occupied(Expr logOmega, Expr gamma, Expr rho, Score score) {
        boolean perDraw = logOmega.isPerDraw() || gamma.isPerDraw() || rho.isPerDraw();
        Expr omega = perDraw ? logOmega.repeatedOverDraws() : logOmega;
        return Gradient.of(score.of(omega, gamma, rho), omega);
    }

    private static Expr mostLikely(Expr logOmega, Expr gamma, Expr rho) {
        return forward(logOmega, gamma, rho, HiddenMarkov::largest, HiddenMarkov::largest);
    }

    /** Largest over the rows; of equals the first has the derivative. */
    private static Expr largest(Expr x) {
        Expr best = x.get(0);
        for (int j = 1; j < x.shape().dim(0); j++) best = best.max(x.get(j));
        return best;
    }

    /**
     * a[1] = log rho + logOmega[1], a[t, k] = sum_j(log Gamma[j, k] + a[t - 1, j]) + logOmega[t, k], where the sum is a
     * sum of probabilities, or the largest.
     */
    private static Expr forward(Expr logOmega, Expr gamma, Expr rho, UnaryOperator<Expr> overRows, UnaryOperator<Expr> overAll) {
        check(logOmega, gamma, rho);
        int steps = logOmega.shape().dim(0);
        int k = logOmega.shape().dim(1);
        Expr logGamma = gamma.log();
        Expr first = rho.log().plus(logOmega.get(0));
        boolean varies = gamma.shape().rank() == 3;
        List<Expr> inputs = new ArrayList<>(List.of(logOmega.slice(1, steps)));
        if (varies) inputs.add(logGamma);
        BiFunction<Expr, List<Expr>, Expr> step = (a, row) -> {
            Expr transition = varies ? row.get(1) : logGamma;
            return overRows.apply(transition.plus(repeat(a, -1, k))).plus(row.get(0));
        };
        return overAll.apply(Scan.of(first, inputs, step).last());
    }

    private static void check(Expr logOmega, Expr gamma, Expr rho) {
        Shape s = logOmega.shape();
        if (s.rank() != 2 || s.dim(0) < 1 || s.dim(1) < 1) {
            throw new IllegalArgumentException("hidden Markov: logOmega must be (observations x states), but has shape " + s
                    + Source.suffix());
        }
        int k = s.dim(1);
        Shape each = Shape.of(k, k);
        Shape varying = Shape.of(s.dim(0) - 1, k, k);
        String hint = rho.shape().equals(Shape.of(s.dim(0))) ? " If logOmega is (states x observations), transpose() it." : "";
        if (!gamma.shape().equals(each) && !gamma.shape().equals(varying)) {
            throw new IllegalArgumentException("hidden Markov: gamma must be " + each + ", or " + varying + " with one matrix"
                    + " for each step, where logOmega is " + s + ", but has shape " + gamma.shape() + Source.suffix() + "." + hint);
        }
        if (!rho.shape().equals(Shape.of(k))) {
            throw new IllegalArgumentException("hidden Markov: rho must be " + Shape.of(k) + " where logOmega is " + s
                    + ", but has shape " + rho.shape() + Source.suffix() + "." + hint);
        }
    }
}
