import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** Mortality after heart surgery in twelve hospitals: a binomial model with random effects (Spiegelhalter et al. 1996). */
public final class SurgicalModel implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr mu = m.sample("mu", normal(0, 1000));
        Expr sigmasq = m.sample("sigmasq", inverseGamma(0.001, 0.001));
        Expr sigma = m.derive("sigma", sigmasq.sqrt());
        Expr b = m.sample("b", normal(mu, sigma), m.integer("N"));
        m.observe("r", binomialLogit(m.data("n"), b));
        m.derive("p", b.sigmoid());
        m.derive("pop_mean", mu.sigmoid());
    }
}
