import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** Effects of coaching in eight schools (Rubin 1981), centred: a funnel, which is hard for variational inference. */
public final class EightSchoolsCentered implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr sigma = m.data("sigma");
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfCauchy(5));
        Expr theta = m.sample("theta", normal(mu, tau), m.integer("J"));
        m.observe("y", normal(theta, sigma));
    }
}
