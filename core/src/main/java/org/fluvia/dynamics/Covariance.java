package org.fluvia.dynamics;

import static org.fluvia.autodiff.Functions.repeat;
import static org.fluvia.autodiff.Functions.sin;
import static org.fluvia.autodiff.Functions.sum;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;

/**
 * Covariance functions of Gaussian processes: matrices whose entry (i, j) is the covariance of the process at points x[i]
 * and x[j]. Sums and products of them, element by element, are covariance functions too:
 *
 * <pre>{@code
 * Expr k = exponentiatedQuadratic(x, alpha, rho).plus(periodic(x, alpha2, rho2, Expr.of(12)));
 * }</pre>
 *
 * <p>Arguments of all functions: points {@code x}, (N) for points on a line or (N x D) for points in D dimensions, most
 * often data; with two sets of points x1 (N1) and x2 (N2) the result is N1 x N2. {@code alpha}, a scalar, is the marginal
 * standard deviation; only its square counts. {@code rho}, positive, is the length scale: a scalar, or a vector (D) with
 * one for each dimension (automatic relevance determination). In what follows d is the Euclidean distance of two points,
 * and r = d / rho, or with one length scale for each dimension r^2 = sum_k (x[i, k] - x[j, k])^2 / rho[k]^2.
 *
 * <p>The matrix is exactly symmetric and as a rule singular to rounding: add a small multiple of the identity, such as 1e-9
 * alpha^2, before the Cholesky factor is taken. Derivatives are finite at distance 0, where that of the Matern 1/2 function
 * by a point, which has none, is 0. Distances between data are computed once, not for each draw. The source of the
 * formulas is Rasmussen and Williams 2006, "Gaussian processes for machine learning", chapter 4.
 *
 * <p>All functions throw {@link IllegalArgumentException} if the shapes do not fit, or rho is data and not positive.
 */
public final class Covariance {
    private Covariance() {}

    /** alpha^2 exp(-r^2 / 2). Stan's {@code gp_exp_quad_cov}. */
    public static Expr exponentiatedQuadratic(Expr x, Expr alpha, Expr rho) {
        return exponentiatedQuadratic(x, x, alpha, rho);
    }

    /** alpha^2 exp(-r^2 / 2) of points x1 and x2. */
    public static Expr exponentiatedQuadratic(Expr x1, Expr x2, Expr alpha, Expr rho) {
        Expr squared = Points.of(x1, x2, alpha, rho).scaledSquares(rho, -0.5);
        return squared.exp().times(alpha.square());
    }

    /** alpha^2 exp(-r). Stan's {@code gp_exponential_cov}. */
    public static Expr matern12(Expr x, Expr alpha, Expr rho) {
        return matern12(x, x, alpha, rho);
    }

    /** alpha^2 exp(-r) of points x1 and x2. */
    public static Expr matern12(Expr x1, Expr x2, Expr alpha, Expr rho) {
        Expr r = Points.of(x1, x2, alpha, rho).scaled(rho, 1);
        return r.unaryMinus().exp().times(alpha.square());
    }

    /** alpha^2 (1 + sqrt(3) r) exp(-sqrt(3) r). Stan's {@code gp_matern32_cov}. */
    public static Expr matern32(Expr x, Expr alpha, Expr rho) {
        return matern32(x, x, alpha, rho);
    }

    /** alpha^2 (1 + sqrt(3) r) exp(-sqrt(3) r) of points x1 and x2. */
    public static Expr matern32(Expr x1, Expr x2, Expr alpha, Expr rho) {
        Expr s = Points.of(x1, x2, alpha, rho).scaled(rho, Math.sqrt(3));
        return s.plus(1).times(s.unaryMinus().exp()).times(alpha.square());
    }

    /** alpha^2 (1 + sqrt(5) r + 5 r^2 / 3) exp(-sqrt(5) r). Stan's {@code gp_matern52_cov}. */
    public static Expr matern52(Expr x, Expr alpha, Expr rho) {
        return matern52(x, x, alpha, rho);
    }

    /** alpha^2 (1 + sqrt(5) r + 5 r^2 / 3) exp(-sqrt(5) r) of points x1 and x2. */
    public static Expr matern52(Expr x1, Expr x2, Expr alpha, Expr rho) {
        Expr s = Points.of(x1, x2, alpha, rho).scaled(rho, Math.sqrt(5));
        return s.plus(1).plus(s.square().div(3)).times(s.unaryMinus().exp()).times(alpha.square());
    }

    /** alpha^2 exp(-2 sin^2(pi d / period) / rho^2), with one rho. Stan's {@code gp_periodic_cov}. */
    public static Expr periodic(Expr x, Expr alpha, Expr rho, Expr period) {
        return periodic(x, x, alpha, rho, period);
    }

    /** alpha^2 exp(-2 sin^2(pi d / period) / rho^2) of points x1 and x2, with one rho. */
    public static Expr periodic(Expr x1, Expr x2, Expr alpha, Expr rho, Expr period) {
        Points points = Points.of(x1, x2, alpha, rho);
        scalar("rho", rho);
        scalar("period", period);
        positive("period", period);
        Expr sine = sin(points.scaled(period, Math.PI)).square();
        return sine.times(rho.square().reciprocal().times(-2)).exp().times(alpha.square());
    }

    /** sigma^2 + x[i]' x[j]: random intercepts and slopes. Stan's {@code gp_dot_prod_cov}. */
    public static Expr dotProduct(Expr x, Expr sigma) {
        return dotProduct(x, x, sigma);
    }

    /** sigma^2 + x1[i]' x2[j]. */
    public static Expr dotProduct(Expr x1, Expr x2, Expr sigma) {
        scalar("sigma", sigma);
        return Points.of(x1, x2, Expr.of(1), Expr.of(1)).products().plus(sigma.square());
    }

    private static void scalar(String argument, Expr x) {
        if (!x.shape().isScalar()) {
            throw new IllegalArgumentException("covariance: " + argument + " must be a scalar, but has shape " + x.shape()
                    + Source.suffix());
        }
    }

    private static void positive(String argument, Expr x) {
        if (!x.isPerDraw()) SharedValues.check(() -> checkPositive(argument, x));
    }

    private static void checkPositive(String argument, Expr x) {
        for (double v : SharedValues.of(x)) {
            if (!(v > 0)) {
                throw new IllegalArgumentException("covariance: " + argument + " must be positive, but was " + v
                        + Source.suffix());
            }
        }
    }

    /** Two sets of points in as many dimensions. */
    private record Points(Expr x1, Expr x2, int dimensions) {

        static Points of(Expr x1, Expr x2, Expr alpha, Expr rho) {
            int d1 = dimensions("x1", x1);
            int d2 = dimensions("x2", x2);
            if (d1 != d2) {
                throw new IllegalArgumentException("covariance: points must be in as many dimensions, but have shapes "
                        + x1.shape() + " and " + x2.shape() + Source.suffix());
            }
            scalar("alpha", alpha);
            if (!rho.shape().isScalar() && !rho.shape().equals(Shape.of(d1))) {
                throw new IllegalArgumentException("covariance: rho must be a scalar or " + Shape.of(d1) + ", one for each"
                        + " dimension of the points, but has shape " + rho.shape() + Source.suffix());
            }
            positive("rho", rho);
            return new Points(x1, x2, d1);
        }

        private static int dimensions(String argument, Expr x) {
            if (x.shape().rank() < 1 || x.shape().rank() > 2) {
                throw new IllegalArgumentException("covariance: " + argument + " must be (points) or (points x dimensions),"
                        + " but has shape " + x.shape() + Source.suffix());
            }
            return x.shape().rank() == 1 ? 1 : x.shape().dim(1);
        }

        private Expr rows() {
            return repeat(x1.reshape(Shape.of(x1.shape().dim(0), dimensions)), 1, x2.shape().dim(0));
        }

        private Expr columns() {
            return repeat(x2.reshape(Shape.of(x2.shape().dim(0), dimensions)), 0, x1.shape().dim(0));
        }

        private Shape matrix() {
            return Shape.of(x1.shape().dim(0), x2.shape().dim(0));
        }

        /** N1 x N2 x D: (x1[i, k] - x2[j, k])^2. */
        private Expr squares() {
            return rows().minus(columns()).square();
        }

        Expr products() {
            return sum(rows().times(columns()), 2);
        }

        /** factor r^2. */
        Expr scaledSquares(Expr rho, double factor) {
            if (rho.shape().isScalar()) return sum(squares(), 2).times(rho.square().reciprocal().times(factor));
            Expr weights = rho.square().reciprocal().times(factor);
            Expr flat = squares().reshape(Shape.of(matrix().size(), dimensions));
            Expr weighted = flat.isPerDraw() ? sum(flat.times(repeat(weights, 0, matrix().size())), 1) : flat.matmul(weights);
            return weighted.reshape(matrix());
        }

        /** factor r. At distance 0, where the root has no derivative, that is 0. */
        Expr scaled(Expr rho, double factor) {
            boolean one = rho.shape().isScalar();
            Expr squared = one ? sum(squares(), 2) : scaledSquares(rho, 1);
            Expr zero = sum(squares(), 2).eq(0);
            Expr root = squared.plus(zero).sqrt().minus(zero);
            return root.times(one ? rho.reciprocal().times(factor) : Expr.of(factor));
        }
    }
}
