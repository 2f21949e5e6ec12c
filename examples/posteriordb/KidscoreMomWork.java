import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Test scores of children, by when the mother worked (Gelman and Hill 2007). */
public final class KidscoreMomWork implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr work = m.data("mom_work");
        Expr x = Expr.columns(Expr.of(1), work.eq(2), work.eq(3), work.eq(4));
        Expr beta = m.parameter("beta", Support.real(), 4);
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe("kid_score", normal(x.matmul(beta), sigma));
    }
}
