import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Log weight of mesquite bushes by logs of volume, area and shape (Gelman and Hill 2007). */
public final class LogmesquiteLogvas implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr diam1 = m.data("diam1");
        Expr diam2 = m.data("diam2");
        Expr area = diam1.times(diam2);
        Expr x = Expr.columns(Expr.of(1), area.times(m.data("canopy_height")).log(), area.log(), diam1.div(diam2).log(),
                m.data("total_height").log(), m.data("density").log(), m.data("group"));
        Expr beta = m.parameter("beta", Support.real(), 7);
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe(m.data("weight").log(), normal(x.matmul(beta), sigma));
    }
}
