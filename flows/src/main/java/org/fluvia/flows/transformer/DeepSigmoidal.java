package org.fluvia.flows.transformer;

import static org.fluvia.autodiff.Functions.logSigmoid;
import static org.fluvia.autodiff.Functions.logSumExp;
import static org.fluvia.autodiff.Functions.repeatRows;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Curve.Bend;

/**
 * The deep sigmoidal flow of neural autoregressive flows (Huang et al. 2018, eq. 8): a mixture of sigmoids, and back by a logit,
 * g(x) = logit(sum of w_j sigmoid(a_j (x - t_j) + t_j + b_j)) with positive shares w that sum to 1 and a_j &gt; 0;
 * y = shift + e x + (1 - e) g(x) with e = 0.01, so that it does not go flat between sigmoids far apart.
 *
 * <p>The pivots t are spread over [-2, 2] for good. They only tell units apart: without them all would be alike at first, and would stay
 * so. a_j is within exp(+-4), b_j within +-10, shares are within a factor exp(20) of each other, and the shift is any. Slopes are
 * within 0.01 and exp(4), as g' is at most the largest a_j. With all parameters 0 exactly the identity. Tails are straight from |x| =
 * 1000 on, and nearly so before.
 *
 * <p>Forward is one pass; the inverse is found by {@link org.fluvia.autodiff.Solve}.
 *
 * @param units the number of sigmoids, at least 2: one alone is a straight line
 */
public record DeepSigmoidal(int units) implements SolvedTransformer {
    private static final double BOUND = 1000;
    private static final double LOG_STEEPNESS = 4;
    private static final double OFFSET = 10;
    private static final double LOG_SHARE = 10;
    private static final double LEAST_SLOPE = 0.01;
    private static final double FARTHEST_PIVOT = 2;

    public DeepSigmoidal {
        Dimensions.atLeast("DeepSigmoidal", "units", 2, units);
    }

    @Override
    public List<Parameter> parameters() {
        double[] zeros = new double[units];
        return List.of(Parameter.of("shift", 0), Parameter.of("log steepness", zeros), Parameter.of("offset", zeros),
                Parameter.of("log share", zeros));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        return Curve.forward(x, BOUND, within -> bend(within, parameters));
    }

    /**
     * With d_j = (a_j - 1) (x - t_j) + b_j, which is 0 at first: g(x) - x = log(sum of w_j s(x + d_j) / s(x)) - log(sum of w_j
     * s(-x - d_j) / s(-x)), and g'(x) = sum of a_j w_j s(x + d_j) s(-x - d_j) / (S (1 - S)), S being the sum in g.
     */
    private Bend bend(Expr x, List<Expr> parameters) {
        Expr logSteepness = Hyperbolic.softClip(rows(parameters.get(1), x), LOG_STEEPNESS);
        Expr all = repeatRows(x, units);
        Expr added = logSteepness.expm1().times(all.minus(pivots(x))).plus(Hyperbolic.softClip(rows(parameters.get(2), x), OFFSET));
        Expr share = Hyperbolic.softClip(rows(parameters.get(3), x), LOG_SHARE);
        Expr above = share.plus(logSigmoid(all.plus(added)).minus(repeatRows(logSigmoid(x), units)));
        Expr below = above.minus(added);
        Expr logAbove = logSumExp(above, 0);
        Expr logBelow = logSumExp(below, 0);
        Expr logShare = share.minus(repeatRows(logSumExp(share, 0), units));
        Expr parts = above.minus(repeatRows(logAbove, units)).plus(below.minus(repeatRows(logBelow, units))).minus(logShare);
        Expr slope = logSumExp(parts.plus(logSteepness), 0).expm1();
        return new Bend(logAbove.minus(logBelow).times(1 - LEAST_SLOPE).plus(parameters.get(0)), slope.times(1 - LEAST_SLOPE));
    }

    private Expr rows(Expr parameter, Expr x) {
        return parameter.reshape(Shape.of(units, x.shape().size()));
    }

    private Expr pivots(Expr x) {
        int n = x.shape().size();
        double[] values = new double[units * n];
        for (int i = 0; i < values.length; i++) values[i] = FARTHEST_PIVOT * (2.0 * Math.floorDiv(i, n) / (units - 1) - 1);
        return Expr.vector(values).reshape(Shape.of(units, n));
    }

    @Override
    public String toString() {
        return "deep sigmoidal, " + units + " units";
    }
}
