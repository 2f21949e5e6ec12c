import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Summer temperature at Kilpisjarvi by year: strongly correlated coefficients. */
public final class Kilpisjarvi implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr alpha = m.sample("alpha", normal(m.data("pmualpha"), m.data("psalpha")));
        Expr beta = m.sample("beta", normal(m.data("pmubeta"), m.data("psbeta")));
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe("y", normal(alpha.plus(beta.times(m.data("x"))), sigma));
    }
}
