import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** Radon in the houses of Minnesota's counties, with varying intercepts (Gelman and Hill 2007), non-centred. */
public final class RadonHierarchicalInterceptNoncentered implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr alphaRaw = m.sample("alpha_raw", normal(0, 1), m.integer("J"));
        Expr beta = m.sample("beta", normal(0, 10), 2);
        Expr muAlpha = m.sample("mu_alpha", normal(0, 10));
        Expr sigmaAlpha = m.sample("sigma_alpha", halfNormal(1));
        Expr sigmaY = m.sample("sigma_y", halfNormal(1));
        Expr alpha = m.derive("alpha", muAlpha.plus(sigmaAlpha.times(alphaRaw)));
        Expr county = m.data("county_idx").minus(1);
        Expr mu = alpha.get(county).plus(m.data("log_uppm").times(beta.get(0))).plus(m.data("floor_measure").times(beta.get(1)));
        m.observe("log_radon", normal(mu, sigmaY));
    }
}
