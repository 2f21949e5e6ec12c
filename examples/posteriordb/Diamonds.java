import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Log prices of 5,000 diamonds by size and quality: a regression as brms writes it, on centred predictors. */
public final class Diamonds implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int k = m.integer("K");
        Expr x = part(m.data("X"), 1, k); // without the column of ones
        Expr means = mean(x, 0);
        Expr centred = x.minus(repeatRows(means, m.integer("N")));
        Expr b = m.sample("b", normal(0, 1), k - 1);
        Expr intercept = m.sample("Intercept", studentT(3, 8, 10));
        Expr sigma = m.sample("sigma", studentT(3, 0, 10), Support.positive());
        m.logDensity(Expr.of(Math.log(2))); // the prior of sigma is cut at 0
        m.observe("Y", normal(centred.matmul(b).plus(intercept), sigma));
        m.derive("b_Intercept", intercept.minus(means.dot(b)));
    }
}
