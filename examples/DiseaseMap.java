import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * Counts in 25 regions with spatial and other variation between them: the BYM2 model (Riebler et al. 2016), with an intrinsic
 * conditional autoregression over the pairs of neighbours. The data are made.
 */
public final class DiseaseMap implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int n = m.integer("N");
        Expr beta0 = m.sample("beta0", normal(0, 1));
        Expr sigma = m.sample("sigma", halfNormal(1));
        Expr rho = m.sample("rho", beta(0.5, 0.5));                  // the share that is spatial
        Expr theta = m.sample("theta", normal(0, 1), n);
        Expr phi = m.parameter("phi", Support.real(), n);
        Expr difference = phi.get(m.data("node1").minus(1)).minus(phi.get(m.data("node2").minus(1)));
        m.logDensity(difference.dot(difference).times(-0.5));
        m.observe(phi.sum(), normal(0, 0.001 * n));                   // else only differences of phi are known
        Expr spatial = rho.div(m.data("scaling_factor")).sqrt().times(phi);
        Expr other = Expr.of(1).minus(rho).sqrt().times(theta);
        Expr logRisk = m.derive("log_risk", beta0.plus(sigma.times(spatial.plus(other))));
        m.observe("y", poissonLog(m.data("E").log().plus(logRisk)));
    }
}
