package org.fluvia.flows.residual;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.transformer.Parameter;

/**
 * y = x + Q R tanh(R~ Q'x + b) with orthonormal columns Q (d x m) and upper triangular R and R~ (m x m): a planar map with m bends at once
 * (van den Berg et al. 2018, eq. 13). log |det| = the sum of log(1 + t_i (1 - tanh(p_i)^2)), eq. 14, where p is what tanh is applied to and
 * t_i = r_ii r~_ii.
 *
 * <p>The map is invertible if each t_i > -1: t_i = m(s_i), where m(s) is s where that is not negative and expm1(7 tanh(s / 7)) below, and
 * r~_ii = exp(3 tanh(l_i / 3)), which must not be 0; r_ii is their quotient. No slope is below exp(-7). Where s and R are 0, as they start,
 * the map is the identity.
 *
 * <p>Cost: forward O(d m), and for all draws together what Q takes: O(d m^2) of reflections, O(d^3) of Cayley's transform. The inverse
 * solves m equations in one unknown for each draw, p + R~ R tanh(p) = R~ Q'y + b from the last row up, and then x = y - Q R tanh(p).
 *
 * <p>Numerics: Q'x and what follows are sums; where products of different sign overflow, the result is NaN.
 */
public final class Sylvester extends Bent {
    private static final double LOG_DIAGONAL_BOUND = 3;

    /** How free weights make the orthonormal columns; they depend on no context. */
    public enum Basis {
        /** By Cayley's transform of a skew-symmetric matrix. */
        ORTHOGONAL,
        /** By as many reflections as there are columns. */
        HOUSEHOLDER
    }

    private final int width;
    private final Conditioner conditioner;
    private final OrthonormalColumns basis;

    private Sylvester(int dimension, int width, Conditioner conditioner, OrthonormalColumns basis) {
        super(dimension, bends(width, conditioner, basis));
        this.width = width;
        this.conditioner = conditioner;
        this.basis = basis;
    }

    private static Bends bends(int width, Conditioner conditioner, OrthonormalColumns basis) {
        List<Expr> parameters = Starts.vectors(conditioner);
        Expr slopes = Starts.aboveMinusOne(parameters.get(0));
        Expr diagonal = parameters.get(1).div(LOG_DIAGONAL_BOUND).tanh().times(LOG_DIAGONAL_BOUND).exp();
        Expr shift = parameters.get(2);
        Expr none = Expr.vector();
        Expr r = upper(slopes.div(diagonal), width == 1 ? none : parameters.get(3));
        Expr before = upper(diagonal, width == 1 ? none : parameters.get(4));
        Expr q = basis.matrix();
        Expr transposed = q.transpose();
        return new Bends(x -> before.matmul(transposed.matmul(x)).plus(shift), h -> q.matmul(r.matmul(h)), slopes, before.matmul(r));
    }

    /**
     * A map of which Q is made of weights, and R, R~ and b are weights or depend on the context. It starts as the identity: Q and b are
     * random, R is 0 and R~ the identity matrix.
     *
     * @param width m, the number of bends, at least 1 and at most d
     * @param recipe what gives R, R~ and b
     * @param seed of random initial weights
     */
    public static Sylvester of(int dimension, int width, Basis basis, Conditioner.Recipe recipe, Context context, long seed) {
        int d = Dimensions.positive("Sylvester", dimension);
        Dimensions.present("Sylvester", "basis", basis);
        if (width < 1 || width > d) {
            throw new IllegalArgumentException("Sylvester: width must be at least 1 and at most the dimension, " + d + ", but was " + width);
        }
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.of("slopes", new double[width]),
                Parameter.of("log diagonal", new double[width]),
                Parameter.of("shift", Starts.normal(SplitMix.at(seed, 2), width, 1))));
        int above = width * (width - 1) / 2;
        if (above > 0) {
            parameters.add(Parameter.of("R above its diagonal", new double[above]));
            parameters.add(Parameter.of("R~ above its diagonal", new double[above]));
        }
        OrthonormalColumns columns = basis == Basis.HOUSEHOLDER ? OrthonormalColumns.ofReflections(d, width, seed)
                : OrthonormalColumns.ofCayley(d, width, seed);
        return new Sylvester(d, width, Starts.conditioner("Sylvester", recipe, context, seed, parameters), columns);
    }

    private static Expr upper(Expr diagonal, Expr above) {
        int m = diagonal.shape().size();
        double[] index = new double[m * m];
        for (int i = 0, k = m; i < m; i++) {
            for (int j = 0; j < m; j++) index[i * m + j] = j == i ? i : j > i ? k++ : m * (m + 1) / 2;
        }
        Expr cells = above.shape().size() == 0 ? Expr.concat(diagonal, Expr.of(0)) : Expr.concat(diagonal, above, Expr.of(0));
        return cells.get(Expr.vector(index)).reshape(Shape.of(m, m));
    }

    @Override
    public List<Expr> weights() {
        List<Expr> all = new ArrayList<>(basis.weights());
        all.addAll(conditioner.weights());
        return all;
    }

    @Override
    public String toString() {
        return "Sylvester(" + width + ", " + dimension() + ")";
    }
}
