import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.dynamics.HiddenMarkov;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** A hidden Markov model whose states differ in the mean of what is observed. */
public final class HmmExample implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int n = m.integer("N");
        int k = m.integer("K");
        Expr theta1 = m.parameter("theta1", Support.simplex(), k);
        Expr theta2 = m.parameter("theta2", Support.simplex(), k);
        Expr mu = m.sample("mu", normal(Expr.vector(3, 10), 1), Support.positiveOrdered(), k);
        Expr logOmega = normal(repeatRows(mu, n), 1).logDensity(repeatColumns(m.data("y"), k));
        Expr theta = m.derive("theta", stack(theta1, theta2));
        Expr anyStateFirst = Expr.vector(1, 1);
        m.logDensity(HiddenMarkov.logLikelihood(logOmega, theta, anyStateFirst));
        m.derive("z_star", HiddenMarkov.mostLikelyStates(logOmega, theta, anyStateFirst));
        m.derive("log_p_z_star", HiddenMarkov.logProbabilityOfMostLikelyStates(logOmega, theta, anyStateFirst));
    }
}
