import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.dynamics.HiddenMarkov;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * Whether a basketball player drives to the hoop: a hidden Markov model with two exponential observations, the inverse of
 * the speed and the distance to the hoop.
 */
public final class HmmDrive0 implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int n = m.integer("N");
        int k = m.integer("K");
        Expr alpha = m.data("alpha", k, k);
        Expr theta1 = m.sample("theta1", dirichlet(alpha.get(0)), k);
        Expr theta2 = m.sample("theta2", dirichlet(alpha.get(1)), k);
        Expr phi = m.sample("phi", normal(Expr.vector(0, 3), 1), Support.positiveOrdered(), k);
        Expr lambda = m.sample("lambda", normal(Expr.vector(0, 3), 1), Support.positiveOrdered(), k);
        Expr u = repeatColumns(m.data("u"), k);
        Expr v = repeatColumns(m.data("v"), k);
        Expr logOmega = exponential(repeatRows(phi, n)).logDensity(u).plus(exponential(repeatRows(lambda, n)).logDensity(v));
        Expr theta = m.derive("theta", stack(theta1, theta2));
        Expr anyStateFirst = Expr.vector(1, 1);
        m.logDensity(HiddenMarkov.logLikelihood(logOmega, theta, anyStateFirst));
        m.derive("z_star", HiddenMarkov.mostLikelyStates(logOmega, theta, anyStateFirst));
        m.derive("log_p_z_star", HiddenMarkov.logProbabilityOfMostLikelyStates(logOmega, theta, anyStateFirst));
    }
}
