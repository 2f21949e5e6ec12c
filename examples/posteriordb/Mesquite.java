import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Weight of mesquite bushes by their measures (Gelman and Hill 2007). */
public final class Mesquite implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr x = Expr.columns(Expr.of(1), m.data("diam1"), m.data("diam2"), m.data("canopy_height"), m.data("total_height"),
                m.data("density"), m.data("group"));
        Expr beta = m.parameter("beta", Support.real(), 7);
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe("weight", normal(x.matmul(beta), sigma));
    }
}
