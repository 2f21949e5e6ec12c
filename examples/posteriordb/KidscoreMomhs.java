import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Test scores of children, by whether the mother finished high school (Gelman and Hill 2007). */
public final class KidscoreMomhs implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr beta = m.parameter("beta", Support.real(), 2);
        Expr sigma = m.sample("sigma", halfCauchy(2.5));
        m.observe("kid_score", normal(beta.get(0).plus(beta.get(1).times(m.data("mom_hs"))), sigma));
    }
}
