import static org.fluvia.autodiff.Functions.*;
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
        Expr y = m.data("y");
        m.logDensity(logMix(theta, normal(mu.get(0), sigma.get(0)).logDensity(y),
                normal(mu.get(1), sigma.get(1)).logDensity(y)));
    }
}
