import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Scan;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * Daily returns whose volatility depends on the return and the volatility of the day before: GARCH(1, 1) (Bollerslev 1986).
 * The bound of beta1 depends on alpha1, so that the volatility is stationary. The data are made.
 */
public final class Garch implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr mu = m.sample("mu", normal(0, 1));
        Expr alpha0 = m.sample("alpha0", halfNormal(1));
        Expr alpha1 = m.sample("alpha1", uniform(0, 1));
        Expr beta1 = m.parameter("beta1", Support.interval(0, Expr.of(1).minus(alpha1)));
        Expr before = m.data("y").slice(0, m.integer("T") - 1);
        Expr sigma = Scan.of(m.data("sigma1"), before, (s, y) ->
                alpha0.plus(alpha1.times(y.minus(mu).square())).plus(beta1.times(s.square())).sqrt()).path();
        m.observe("y", normal(mu, sigma));
    }
}
