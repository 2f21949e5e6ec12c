import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.autodiff.Matrices.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/**
 * A line for each of 15 groups, whose intercepts and slopes are correlated: an LKJ prior on the correlation's Cholesky factor,
 * non-centred (Stan User's Guide, "Multivariate priors for hierarchical models"). The data are made.
 */
public final class VaryingSlopes implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int groups = m.integer("J");
        Expr mu = m.sample("mu", normal(0, 3), 2);
        Expr tau = m.sample("tau", halfNormal(1), 2);
        Expr L = m.sample("L", lkjCorrCholesky(2), 2, 2);
        Expr z = m.sample("z", stdNormal(), groups, 2);
        Expr sigma = m.sample("sigma", exponential(1));
        Expr b = m.derive("b", timesTransposed(z, diagonalTimes(tau, L)).plus(repeatRows(mu, groups)));
        m.derive("correlation", tcrossprod(L).get(0, 1));
        Expr x = Expr.columns(Expr.of(1), m.data("x"));
        m.observe("y", normal(sum(x.times(b.get(m.data("group").minus(1))), 1), sigma));
    }
}
