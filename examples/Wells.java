import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * Whether households in Bangladesh switched to a safe well, by the distance to it and the arsenic in their own: a logistic
 * regression with interaction (Gelman and Hill 2007, section 5.4).
 */
public final class Wells implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr dist100 = m.data("dist").div(100);
        Expr arsenic = m.data("arsenic");
        Expr x = Expr.columns(dist100, arsenic, dist100.times(arsenic));
        Expr alpha = m.parameter("alpha", Support.real());
        Expr beta = m.parameter("beta", Support.real(), 3);
        m.observe("switched", bernoulliLogit(alpha.plus(x.matmul(beta))));
    }
}
