import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.dynamics.Ode;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/** Lynx and hares in Canada, 1900 to 1920: the equations of Lotka and Volterra with errors of measurement. */
public final class LotkaVolterra implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int n = m.integer("N");
        Expr theta = m.sample("theta", normal(Expr.vector(1, 0.05, 1, 0.05), Expr.vector(0.5, 0.05, 0.5, 0.05)), Support.positive(), 4);
        Expr zInit = m.sample("z_init", logNormal(Math.log(10), 1), 2);
        Expr sigma = m.sample("sigma", logNormal(-1, 1), 2);
        Expr alpha = theta.get(0);
        Expr beta = theta.get(1);
        Expr gamma = theta.get(2);
        Expr delta = theta.get(3);
        Expr z = m.derive("z", Ode.rk45().tolerances(1e-5, 1e-3).maxSteps(500).solve((t, y) -> {
            Expr prey = y.get(0);
            Expr predator = y.get(1);
            return stack(alpha.minus(beta.times(predator)).times(prey), delta.times(prey).minus(gamma).times(predator));
        }, zInit, 0, m.data("ts")));
        m.observe("y_init", logNormal(zInit.log(), sigma));
        m.observe("y", logNormal(z.log(), repeatRows(sigma, n)));
    }
}
