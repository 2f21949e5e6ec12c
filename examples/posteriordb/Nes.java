import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Party identification in the American National Election Study, one year (Gelman and Hill 2007). */
public final class Nes implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr age = m.data("age_discrete");
        Expr x = Expr.columns(Expr.of(1), m.data("real_ideo"), m.data("race_adj"), age.eq(2), age.eq(3), age.eq(4),
                m.data("educ1"), m.data("gender"), m.data("income"));
        Expr beta = m.parameter("beta", Support.real(), 9);
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe("partyid7", normal(x.matmul(beta), sigma));
    }
}
