import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Earnings by height (Gelman and Hill 2007). */
public final class EarnHeight implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr beta = m.parameter("beta", Support.real(), 2);
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe("earn", normal(beta.get(0).plus(beta.get(1).times(m.data("height"))), sigma));
    }
}
