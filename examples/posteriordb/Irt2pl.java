import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** Item response theory with two parameters an item: discrimination a and difficulty b; theta is a person's ability. */
public final class Irt2pl implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int items = m.integer("I");
        Expr sigmaTheta = m.sample("sigma_theta", halfCauchy(2));
        Expr theta = m.sample("theta", normal(0, sigmaTheta), m.integer("J"));
        Expr sigmaA = m.sample("sigma_a", halfCauchy(2));
        Expr a = m.sample("a", logNormal(0, sigmaA), items);
        Expr muB = m.sample("mu_b", normal(0, 5));
        Expr sigmaB = m.sample("sigma_b", halfCauchy(2));
        Expr b = m.sample("b", normal(muB, sigmaB), items);
        Expr y = m.data("y");
        for (int i = 0; i < items; i++) {
            m.observe(y.get(i), bernoulliLogit(a.get(i).times(theta.minus(b.get(i)))));
        }
    }
}
