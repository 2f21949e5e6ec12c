import static org.fluvia.autodiff.Matrices.*;
import static org.fluvia.dist.Distributions.*;
import static org.fluvia.dynamics.Covariance.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/** Counts whose log rate is a Gaussian process. */
public final class GpPoisRegr implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr rho = m.sample("rho", gamma(25, 4));
        Expr alpha = m.sample("alpha", halfNormal(2));
        Expr fTilde = m.sample("f_tilde", normal(0, 1), m.integer("N"));
        Expr covariance = addToDiagonal(exponentiatedQuadratic(m.data("x"), alpha, rho), 1e-10);
        Expr f = m.derive("f", cholesky(covariance).matmul(fTilde));
        m.observe("k", poissonLog(f));
    }
}
