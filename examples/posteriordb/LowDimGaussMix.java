import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** A mixture of two normal distributions whose means are ordered. */
public final class LowDimGaussMix implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr mu = m.sample("mu", normal(0, 2), Support.ordered(), 2);
        Expr sigma = m.sample("sigma", halfNormal(2), 2);
        Expr theta = m.sample("theta", beta(5, 5));
        Expr weights = Expr.concat(theta, theta.unaryMinus().plus(1));
        m.observe("y", mixture(weights, k -> normal(mu.get(k), sigma.get(k))));
    }
}
