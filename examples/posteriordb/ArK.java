import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** An autoregressive time series of order K. */
public final class ArK implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr y = m.data("y");
        int order = m.integer("K");
        int length = m.integer("T");
        Expr alpha = m.sample("alpha", normal(0, 10));
        Expr beta = m.sample("beta", normal(0, 10), order);
        Expr sigma = m.sample("sigma", halfCauchy(2.5));
        Expr mu = alpha;
        for (int k = 0; k < order; k++) mu = mu.plus(beta.get(k).times(y.slice(order - 1 - k, length - 1 - k)));
        m.observe(y.slice(order, length), normal(mu, sigma));
    }
}
