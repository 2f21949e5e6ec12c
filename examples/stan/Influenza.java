import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.dynamics.Ode;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * Boys in bed with influenza in a boarding school: susceptible, infected and recovered by differential equations, and counts that
 * vary more than Poisson's.
 */
public final class Influenza implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        double n = m.number("N");
        Expr beta = m.sample("beta", normal(2, 1), Support.positive());
        Expr gamma = m.sample("gamma", normal(0.4, 0.5), Support.positive());
        Expr phiInverse = m.sample("phi_inverse", exponential(5));
        Expr y = Ode.rk45().tolerances(1e-8, 1e-8).solve((t, now) -> {
            Expr infections = beta.times(now.get(0)).times(now.get(1)).div(n);
            return stack(infections.unaryMinus(), infections.minus(gamma.times(now.get(1))));
        }, Expr.vector(n - 1, 1), 0, m.data("day"));
        m.observe("in_bed", negBinomial2(y.column(1), phiInverse.reciprocal()));
        m.derive("R0", beta.div(gamma));
        m.derive("days_ill", gamma.reciprocal());
    }
}
