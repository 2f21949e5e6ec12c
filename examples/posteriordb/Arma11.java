import static org.fluvia.dist.Distributions.*;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Scan;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** ARMA(1, 1): a time series with one autoregressive and one moving average term. */
public final class Arma11 implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr mu = m.sample("mu", normal(0, 10));
        Expr phi = m.sample("phi", normal(0, 2));
        Expr theta = m.sample("theta", normal(0, 2));
        Expr sigma = m.sample("sigma", halfCauchy(2.5));
        Expr y = m.data("y");
        int n = m.integer("T");
        Expr first = y.get(0).minus(mu.plus(phi.times(mu))); // the error before the first is 0
        Expr error = Scan.of(first, List.of(y.slice(1, n), y.slice(0, n - 1)), (before, row) ->
                row.get(0).minus(mu.plus(phi.times(row.get(1))).plus(theta.times(before)))).path();
        m.observe(error, normal(0, sigma));
    }
}
