import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Test scores of children, by the mother's IQ and high school, with their interaction (Gelman and Hill 2007). */
public final class KidscoreInteraction implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr momHs = m.data("mom_hs");
        Expr momIq = m.data("mom_iq");
        Expr x = Expr.columns(Expr.of(1), momHs, momIq, momHs.times(momIq));
        Expr beta = m.parameter("beta", Support.real(), 4);
        Expr sigma = m.sample("sigma", halfCauchy(2.5));
        m.observe("kid_score", normal(x.matmul(beta), sigma));
    }
}
