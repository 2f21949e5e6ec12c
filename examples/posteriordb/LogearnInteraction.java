import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Log earnings by height and sex, with their interaction (Gelman and Hill 2007). */
public final class LogearnInteraction implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr height = m.data("height");
        Expr male = m.data("male");
        Expr x = Expr.columns(Expr.of(1), height, male, height.times(male));
        Expr beta = m.parameter("beta", Support.real(), 4);
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe(m.data("earn").log(), normal(x.matmul(beta), sigma));
    }
}
