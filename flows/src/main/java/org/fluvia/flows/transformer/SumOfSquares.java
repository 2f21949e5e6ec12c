package org.fluvia.flows.transformer;

import static org.fluvia.autodiff.Functions.ones;
import static org.fluvia.autodiff.Functions.repeat;
import static org.fluvia.autodiff.Functions.repeatRows;
import static org.fluvia.autodiff.Functions.stack;
import static org.fluvia.autodiff.Functions.sum;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Curve.Bend;

/**
 * A sum-of-squares polynomial (Jaini et al. 2019, eq. 9): y = shift + integral from 0 to x of e + (1 - e) sum of p_k(u / bound)^2 du, with
 * polynomials p_k(u) = c_k + a_k0 + a_k1 u + ... and e = 0.01.
 *
 * <p>The c_k, whose squares sum to 1 and are as 1 : 2 : ..., only tell the polynomials apart: without them all would be alike at
 * first, and would stay so. Coefficients a are within +-2, so that slopes are within 0.01 and the square of 2 (degree + 1.5) for each
 * polynomial; the shift is any. With all parameters 0 exactly the identity. Beyond [-bound, bound], where a polynomial would soon
 * overflow, the map goes straight on.
 *
 * <p>The integral is exact, by a Gauss-Legendre rule of degree + 1 nodes. Forward is one pass; the inverse is found by
 * {@link org.fluvia.autodiff.Solve}.
 *
 * @param polynomials how many, at least 1; with 2 any positive polynomial can be had
 * @param degree of each, at least 1; y is a polynomial of degree 2 degree + 1
 * @param bound positive and finite
 */
public record SumOfSquares(int polynomials, int degree, double bound) implements SolvedTransformer {
    private static final double COEFFICIENT = 2;
    private static final double LEAST_SLOPE = 0.01;

    public SumOfSquares {
        Dimensions.atLeast("SumOfSquares", "polynomials", 1, polynomials);
        Dimensions.atLeast("SumOfSquares", "degree", 1, degree);
        Dimensions.bound("SumOfSquares", "bound", bound);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("shift", 0), Parameter.of("coefficient", new double[polynomials * (degree + 1)]));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        return Curve.forward(x, bound, within -> bend(within, parameters));
    }

    /** Coefficients are those of u^0 of all polynomials, then those of u^1, ...; the rows of matrices are nodes, and last x itself. */
    private Bend bend(Expr x, List<Expr> parameters) {
        int n = x.shape().size();
        GaussLegendre rule = GaussLegendre.of(degree + 1);
        Expr u = x.div(bound);
        Expr[] powers = new Expr[degree + 1];
        powers[0] = ones(n);
        for (int l = 1; l <= degree; l++) powers[l] = powers[l - 1].times(u);
        Expr terms = repeat(stack(powers), 1, polynomials).reshape(Shape.of((degree + 1) * polynomials, n))
                .times(Hyperbolic.softClip(parameters.get(1).reshape(Shape.of((degree + 1) * polynomials, n)), COEFFICIENT));
        int rows = degree + 2;
        double[] nodePowers = new double[rows * (degree + 1)];
        double[] integral = new double[2 * rows];
        for (int i = 0; i < rows; i++) {
            double node = i <= degree ? rule.nodes()[i] : 1;
            double power = 1;
            for (int l = 0; l <= degree; l++, power *= node) nodePowers[i * (degree + 1) + l] = power;
            if (i <= degree) integral[i] = rule.weights()[i];
        }
        integral[2 * rows - 1] = 1;
        Expr a = Expr.vector(nodePowers).reshape(Shape.of(rows, degree + 1)).matmul(terms.reshape(Shape.of(degree + 1, polynomials * n)));
        // (c + a)^2 - c^2
        Expr squares = a.times(a.plus(repeatRows(Expr.vector(twiceConstants(n)), rows)));
        Expr slopes = sum(squares.reshape(Shape.of(rows, polynomials, n)), 1).times(1 - LEAST_SLOPE);
        Expr both = Expr.vector(integral).reshape(Shape.of(2, rows)).matmul(slopes);
        return new Bend(both.get(0).times(x).plus(parameters.get(0)), both.get(1));
    }

    private double[] twiceConstants(int n) {
        double[] values = new double[polynomials * n];
        for (int i = 0; i < values.length; i++) values[i] = 2 * Math.sqrt(2.0 * (i / n + 1) / (polynomials * (polynomials + 1)));
        return values;
    }

    @Override
    public String toString() {
        return "sum of squares, " + polynomials + " polynomials of degree " + degree + " within +-" + bound;
    }
}
