package org.fluvia.stan.library;

import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.dynamics.Covariance;
import org.fluvia.dynamics.HiddenMarkov;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Tensor;

/** Covariance functions of Gaussian processes, and hidden Markov models. */
final class Processes {
    private Processes() {}

    /** A covariance function by amplitude and length scale, of points or of two sets of them. */
    private interface Kernel {
        Expr of(Expr x1, Expr x2, Expr alpha, Expr rho);
    }

    private interface KernelOfOne {
        Expr of(Expr x, Expr alpha, Expr rho);
    }

    static void put(Map<String, LibraryFunction> table) {
        for (String name : List.of("gp_exp_quad_cov", "cov_exp_quad")) kernel(table, name, Covariance::exponentiatedQuadratic,
                Covariance::exponentiatedQuadratic);
        kernel(table, "gp_exponential_cov", Covariance::matern12, Covariance::matern12);
        kernel(table, "gp_matern32_cov", Covariance::matern32, Covariance::matern32);
        kernel(table, "gp_matern52_cov", Covariance::matern52, Covariance::matern52);
        table.put("gp_periodic_cov", a -> matrix(a.count() == 4 ? Covariance.periodic(a.expr(0), a.expr(1), a.expr(2), a.expr(3))
                : Covariance.periodic(a.expr(0), a.expr(1), a.expr(2), a.expr(3), a.expr(4))));
        table.put("gp_dot_prod_cov", a -> matrix(a.count() == 2 ? Covariance.dotProduct(a.expr(0), a.expr(1))
                : Covariance.dotProduct(a.expr(0), a.expr(1), a.expr(2))));
        // Stan's has a column for each time
        table.put("hmm_marginal", a -> Tensor.of(Type.REAL, new int[0], null, HiddenMarkov.logLikelihood(a.expr(0).transpose(), a.expr(1),
                a.expr(2))));
        table.put("hmm_hidden_state_prob", a -> matrix(HiddenMarkov.stateProbabilities(a.expr(0).transpose(), a.expr(1), a.expr(2)).transpose()));
    }

    private static void kernel(Map<String, LibraryFunction> table, String name, Kernel ofTwo, KernelOfOne ofOne) {
        table.put(name, a -> matrix(a.count() == 3
                ? ofOne.of(a.expr(0), a.expr(1), a.expr(2)) : ofTwo.of(a.expr(0), a.expr(1), a.expr(2), a.expr(3))));
    }

    private static Tensor matrix(Expr e) {
        return Tensor.of(Type.MATRIX, e.shape().dims(), null, e);
    }
}
