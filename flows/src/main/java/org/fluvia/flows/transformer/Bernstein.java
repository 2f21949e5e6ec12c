package org.fluvia.flows.transformer;

import static org.fluvia.autodiff.Functions.ones;
import static org.fluvia.autodiff.Functions.stack;
import static org.fluvia.autodiff.Functions.sum;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Curve.Bend;

/**
 * A Bernstein polynomial with increasing coefficients (Ramasinghe et al. 2021, eq. 3): y = sum of q_k B_k(u) for u = (x + bound) / (2 bound),
 * B_k(u) = binomial(m, k) u^k (1 - u)^(m - k), k = 0, ..., m. Its slope is a weighted mean, of weights that are Bernstein
 * polynomials of degree m - 1, of the m slopes h_k = m (q_k+1 - q_k) / (2 bound).
 *
 * <p>Parameters are the logs of the h_k, brought within +-4, so that slopes are within exp(+-4), and a shift, which is any. With all of
 * them 0 exactly the identity. Beyond [-bound, bound] the map goes straight on, with slopes h_0 and h_m-1.
 *
 * <p>Forward is one pass; the inverse is found by {@link org.fluvia.autodiff.Solve}.
 *
 * @param degree m, at least 1
 * @param bound positive and finite
 */
public record Bernstein(int degree, double bound) implements SolvedTransformer {
    private static final double LOG_SLOPE = 4;

    public Bernstein {
        Dimensions.atLeast("Bernstein", "degree", 1, degree);
        Dimensions.bound("Bernstein", "bound", bound);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("shift", 0), Parameter.of("log slope", new double[degree]));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        return Curve.forward(x, bound, within -> bend(within, parameters));
    }

    /**
     * By what the h_k are more than 1, and the q_k more than where the identity has them: one step of de Casteljau's makes the value
     * of the same weights as the slope.
     */
    private Bend bend(Expr x, List<Expr> parameters) {
        int n = x.shape().size();
        Expr h = Hyperbolic.softClip(parameters.get(1).reshape(Shape.of(degree, n)), LOG_SLOPE).expm1();
        // cumulative sums, of which the mean of the first and the last is 0
        double[] cumulative = new double[degree * degree];
        double step = 2 * bound / degree;
        for (int i = 0; i < cumulative.length; i++) cumulative[i] = i % degree < i / degree ? step / 2 : -step / 2;
        Expr q = Expr.vector(cumulative).reshape(Shape.of(degree, degree)).matmul(h);
        Expr weights = weights(x);
        Expr slope = sum(weights.times(h), 0);
        Expr value = sum(weights.times(q), 0).plus(slope.times(x.plus(bound)).div(degree));
        return new Bend(value.plus(parameters.get(0)), slope);
    }

    /** The Bernstein polynomials of degree m - 1, a row for each. */
    private Expr weights(Expr x) {
        Expr u = x.div(2 * bound).plus(0.5);
        Expr v = Expr.of(0.5).minus(x.div(2 * bound));
        Expr[] rising = powers(u);
        Expr[] falling = powers(v);
        Expr[] rows = new Expr[degree];
        double binomial = 1;
        for (int k = 0; k < degree; k++) {
            rows[k] = rising[k].times(falling[degree - 1 - k]).times(binomial);
            binomial = binomial * (degree - 1 - k) / (k + 1);
        }
        return stack(rows);
    }

    private Expr[] powers(Expr u) {
        Expr[] powers = new Expr[degree];
        powers[0] = ones(u.shape().size());
        for (int k = 1; k < degree; k++) powers[k] = k == 1 ? u : powers[k - 1].times(u);
        return powers;
    }

    @Override
    public String toString() {
        return "Bernstein, degree " + degree + " within +-" + bound;
    }
}
