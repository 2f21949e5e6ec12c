import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** Linear regression with normal priors. */
public final class Blr implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr x = m.data("X");
        Expr beta = m.sample("beta", normal(0, 10), m.integer("D"));
        Expr sigma = m.sample("sigma", halfNormal(10));
        m.observe("y", normal(x.matmul(beta), sigma));
    }
}
