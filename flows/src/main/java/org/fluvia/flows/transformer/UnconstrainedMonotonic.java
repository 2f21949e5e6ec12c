package org.fluvia.flows.transformer;

import static org.fluvia.autodiff.Functions.repeatColumns;
import static org.fluvia.autodiff.Functions.repeatRows;
import static org.fluvia.autodiff.Functions.sum;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Curve.Bend;

/**
 * An unconstrained monotonic neural network (UMNN; Wehenkel and Louppe 2019, eq. 1): y = shift + integral from 0 to x of exp(n(u)) du,
 * with a network of one hidden layer, n(u) = log scale + sum of v_j tanh(a_j u + b_j), all of whose weights are parameters.
 *
 * <p>The integral is taken by the Gauss-Legendre rule of 16 nodes: y - shift = x sum of w_i exp(n(t_i x)). What that is off by does not
 * make the map less of a bijection: the slope is the derivative of that sum, not exp(n(x)), so value, slope and density are
 * those of one and the same map.
 *
 * <p>|log scale| &lt; 2, sum |v_j| &lt; 3, |a_j| &lt; 8 / bound; b_j and shift are any. With these the rule is accurate enough, tanh being
 * analytic as far as pi / 2 from the line, that slopes stay within exp(-5) and exp(5), up to a part in a hundred, whatever the
 * weights. With the v_j and log scale 0 exactly the identity. Beyond [-bound, bound] the map goes straight on.
 *
 * <p>Forward is one pass, of 16 evaluations of the network; the inverse is found by {@link org.fluvia.autodiff.Solve}.
 *
 * @param units of the hidden layer, at least 1
 * @param bound positive and finite
 */
public record UnconstrainedMonotonic(int units, double bound) implements SolvedTransformer {
    private static final GaussLegendre RULE = GaussLegendre.of(16);
    private static final double LOG_SCALE = 2;
    private static final double HEIGHT = 3;
    /** Times the bound. */
    private static final double STEEPNESS = 8;
    /** Squares of what is larger, all of one sign or not, would say no more. */
    private static final double LARGE = 1e6;
    private static final double FARTHEST_CENTRE = 2;

    public UnconstrainedMonotonic {
        Dimensions.atLeast("UnconstrainedMonotonic", "units", 1, units);
        Dimensions.bound("UnconstrainedMonotonic", "bound", bound);
    }

    /** Units start at centres spread over [-2, 2]. */
    @Override
    public List<Parameter> parameters() {
        double[] steepness = new double[units];
        double[] offset = new double[units];
        for (int j = 0; j < units; j++) {
            steepness[j] = 1;
            offset[j] = units == 1 ? 0 : FARTHEST_CENTRE * (1 - 2.0 * j / (units - 1));
        }
        return List.of(Parameter.of("shift", 0), Parameter.of("log scale", 0), Parameter.of("steepness", steepness),
                Parameter.of("offset", offset), Parameter.of("height", new double[units]));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        return Curve.forward(x, bound, within -> bend(within, parameters));
    }

    private Bend bend(Expr x, List<Expr> parameters) {
        int n = x.shape().size();
        int nodes = RULE.nodes().length;
        Expr logScale = Hyperbolic.softClip(parameters.get(1), LOG_SCALE);
        Expr steepness = Hyperbolic.softClip(parameters.get(2).reshape(Shape.of(units, n)), STEEPNESS / bound);
        Expr height = heights(parameters.get(4).reshape(Shape.of(units, n)));
        // a row for each node
        Expr reach = steepness.times(repeatRows(x, units)).reshape(Shape.of(1, units * n));
        Expr node = Expr.vector(RULE.nodes()).reshape(Shape.of(nodes, 1));
        Expr tanh = node.matmul(reach).plus(repeatRows(parameters.get(3).flatten(), nodes)).tanh();
        Expr log = overUnits(tanh.times(repeatRows(height.flatten(), nodes)), n).plus(repeatRows(logScale, nodes));
        Expr growth = log.expm1();
        // u n'(u)
        Expr bent = Expr.of(1).minus(tanh.square()).times(repeatRows(height.flatten().times(reach.flatten()), nodes));
        Expr rise = overUnits(bent, n).times(repeatColumns(node.flatten(), n));
        Expr weights = Expr.vector(RULE.weights()).reshape(Shape.of(1, nodes));
        Expr slope = weights.matmul(growth.plus(growth.plus(1).times(rise))).flatten();
        return new Bend(weights.matmul(growth).flatten().times(x).plus(parameters.get(0)), slope);
    }

    /** v = r / sqrt(1 + units |r|^2 / 3^2), so that |v_1| + ... &lt;= sqrt(units) |v| &lt; 3. */
    private Expr heights(Expr given) {
        Expr r = given.clamp(-LARGE, LARGE);
        Expr size = sum(r.square(), 0).times(units / (HEIGHT * HEIGHT)).plus(1).sqrt();
        return r.div(repeatRows(size, units));
    }

    private Expr overUnits(Expr rows, int n) {
        return sum(rows.reshape(Shape.of(rows.shape().dim(0), units, n)), 1);
    }

    @Override
    public String toString() {
        return "unconstrained monotonic, " + units + " units within +-" + bound;
    }
}
