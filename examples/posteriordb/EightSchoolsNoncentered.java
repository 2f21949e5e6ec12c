import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** Effects of coaching in eight schools (Rubin 1981), non-centred. */
public final class EightSchoolsNoncentered implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr sigma = m.data("sigma");
        Expr thetaTrans = m.sample("theta_trans", normal(0, 1), m.integer("J"));
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfCauchy(5));
        Expr theta = m.derive("theta", mu.plus(tau.times(thetaTrans)));
        m.observe("y", normal(theta, sigma));
    }
}
