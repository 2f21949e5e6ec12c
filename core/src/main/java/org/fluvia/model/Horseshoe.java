package org.fluvia.model;

import static org.fluvia.dist.Distributions.halfStudentT;
import static org.fluvia.dist.Distributions.inverseGamma;
import static org.fluvia.dist.Distributions.normal;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Source;
import org.jspecify.annotations.Nullable;

/**
 * Horseshoe priors of coefficients of which most are next to 0 and some are not: beta[k] = z[k] tau lambda[k] with z[k] standard
 * normal, a local scale lambda[k] that is half-Student-t with 1 degree of freedom (half-Cauchy) and a global one, tau, that is
 * half-Student-t times the global scale. Carvalho, Polson and Scott 2010.
 *
 * <p>The regularised (Finnish) horseshoe bounds large coefficients by a slab: lambda[k] is replaced by
 * c lambda[k] / sqrt(c^2 + tau^2 lambda[k]^2), and c^2 is inverse gamma with shape slabDf / 2 and scale slabDf slabScale^2 / 2,
 * so that a coefficient far from 0 is Student-t with slabDf degrees of freedom and slabScale. Piironen and Vehtari 2017, eq. 2.8
 * to 2.9; their global scale for p0 relevant ones of K coefficients, n observations and noise sigma is
 * p0 / (K - p0) sigma / sqrt(n).
 *
 * <pre>{@code
 * Expr sigma = m.sample("sigma", halfNormal(1));
 * Expr beta = m.sample("beta", Horseshoe.regularized(sigma.times(0.05), 4, 2), 50);
 * }</pre>
 *
 * <p>For beta it declares the parameters beta_z, beta_lambda (both of beta's shape), beta_tau and, where regularised, beta_c2.
 * Immutable.
 */
public final class Horseshoe implements CompositePrior {
    private final Expr globalScale;
    private final double globalDf;
    private final double localDf;
    private final @Nullable Slab slab;

    private record Slab(double df, double scale) {}

    private Horseshoe(Expr globalScale, double globalDf, double localDf, @Nullable Slab slab) {
        if (!globalScale.shape().isScalar()) {
            throw new IllegalArgumentException("Horseshoe: the global scale must be a scalar, but has shape "
                    + globalScale.shape() + Source.suffix());
        }
        this.globalScale = globalScale;
        this.globalDf = globalDf;
        this.localDf = localDf;
        this.slab = slab;
    }

    /** The horseshoe. The global scale is a positive scalar. */
    public static Horseshoe of(Expr globalScale) {
        return new Horseshoe(globalScale, 1, 1, null);
    }

    /** The horseshoe. */
    public static Horseshoe of(double globalScale) {
        return of(Expr.of(globalScale));
    }

    /** The regularised horseshoe. All three are positive. */
    public static Horseshoe regularized(Expr globalScale, double slabDf, double slabScale) {
        return new Horseshoe(globalScale, 1, 1, new Slab(slabDf, slabScale));
    }

    /** The regularised horseshoe. All three are positive. */
    public static Horseshoe regularized(double globalScale, double slabDf, double slabScale) {
        return regularized(Expr.of(globalScale), slabDf, slabScale);
    }

    /** The degrees of freedom of the global scale's prior, 1 unless given. */
    public Horseshoe globalDf(double df) {
        return new Horseshoe(globalScale, df, localDf, slab);
    }

    /** The degrees of freedom of the local scales' prior, 1 unless given; more are easier to fit and shrink less. */
    public Horseshoe localDf(double df) {
        return new Horseshoe(globalScale, globalDf, df, slab);
    }

    @Override
    public Expr declare(ModelBuilder m, String name, int... dims) {
        Expr z = m.sample(name + "_z", normal(0, 1), dims);
        Expr lambda = m.sample(name + "_lambda", halfStudentT(localDf, 1), dims);
        Expr tau = m.sample(name + "_tau", halfStudentT(Expr.of(globalDf), globalScale));
        Expr scale = lambda.times(tau);
        if (slab != null) {
            Expr c2 = m.sample(name + "_c2", inverseGamma(slab.df / 2, slab.df * slab.scale * slab.scale / 2));
            scale = scale.div(scale.square().div(c2).plus(1).sqrt());
        }
        return z.times(scale);
    }
}
