package org.fluvia.flows.residual;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.transformer.Parameter;

/**
 * A perceptron g of R^d to itself that shortens every distance, |g(x) - g(x')| &lt;= k |x - x'|: each of its L matrices is divided by what it
 * takes for its spectral norm to be at most k^(1/L), and the activation has slopes within +-1. It is LipSwish (Chen et al. 2019, section
 * 3.3), z sigmoid(z softplus(beta)) / 1.1, whose slope does not level off where it is steepest, with a beta for each layer.
 *
 * <p>The first matrices start with orthonormal rows or columns, and units with bends where draws are and sharp enough to be felt there: with
 * random matrices, and betas as in that paper, networks so held back are all but linear at first, and learn slowly.
 *
 * <p>The spectral norm is at most sum(singular values^64)^(1/64), and less than 1.07 times smaller for matrices of up to 64 rows or columns.
 * Unlike what the power method finds it is a bound whatever the weights, and it has no state and is differentiable. Shared by all draws,
 * it costs a few products of matrices of the smaller side.
 */
final class LipschitzNetwork {
    /** Of the Gram matrix, to the power 2^4 = 16, whose sum of squares is that of the singular values to the power 64. */
    private static final int SQUARINGS = 4;
    /** The least that is taken for a size: of nothing there is no logarithm, and no derivative of a root. */
    private static final double SMALLEST = 1e-200;
    /** The largest slope of z sigmoid(z), 1.0998, rounded up. */
    private static final double STEEPEST = 1.1;

    /** How far from the middle of what a unit is given it bends at first, a standard deviation. */
    private static final double DISTANCE = 2;
    /** How sharply, per unit of length; with the usual 1 / row units are all but straight where the draws are. */
    private static final double SHARPNESS = 2;

    /** Of the first layer, or of the only one: the bias. */
    private final Conditioner shift;
    private final List<Expr> matrices = new ArrayList<>();
    private final List<Expr> biases = new ArrayList<>();
    private final List<Expr> sharpness = new ArrayList<>();
    /** The matrices, scaled. */
    private final List<Expr> scaled = new ArrayList<>();
    /** Whether the last hidden layer has fewer units than the vectors elements. */
    private final boolean narrow;

    LipschitzNetwork(int dimension, List<Integer> hidden, double lipschitz, Conditioner.Recipe recipe, Context context, long seed) {
        double most = StrictMath.pow(lipschitz, 1.0 / (hidden.size() + 1));
        int in = dimension;
        double[] first = new double[dimension];
        for (int i = 0; i < hidden.size(); i++) {
            int out = hidden.get(i);
            add(i, in, out, Starts.orthonormal(SplitMix.at(seed, 2 * i + 1), out, in), most);
            // the length of a row, by which a unit multiplies distances
            double row = Math.sqrt(Math.min(1, (double) in / out));
            double[] bias = Starts.normal(SplitMix.at(seed, 2 * i + 2), out, row * DISTANCE);
            if (i == 0) first = bias;
            else biases.add(Expr.shared("bias " + (i + 1), Shape.of(out), bias));
            sharpness.add(Expr.shared("beta " + (i + 1), Shape.scalar(), StrictMath.log(StrictMath.expm1(SHARPNESS / row))));
            in = out;
        }
        add(hidden.size(), in, dimension, new double[dimension * in], most);
        if (!hidden.isEmpty()) biases.add(Expr.shared("bias " + (hidden.size() + 1), Shape.of(dimension), new double[dimension]));
        narrow = !hidden.isEmpty() && in < dimension;
        shift = Starts.conditioner("Residual", recipe, context, seed, List.of(Parameter.of("bias 1", first)));
    }

    private void add(int layer, int in, int out, double[] initial, double most) {
        Expr matrix = Expr.shared("matrix " + (layer + 1), Shape.of(out, in), initial);
        matrices.add(matrix);
        scaled.add(matrix.times(Expr.of(most).div(spectralNorm(matrix).max(most))));
    }

    /** At least the largest singular value, and at most n^(1/64) times it where the smaller side has n. */
    static Expr spectralNorm(Expr matrix) {
        boolean wide = matrix.shape().dim(0) < matrix.shape().dim(1);
        Expr power = wide ? Matrices.tcrossprod(matrix) : Matrices.crossprod(matrix);
        // powers are kept near 1 by factors that the result does not depend on
        Expr logFactors = Expr.of(0);
        for (int i = 0; i <= SQUARINGS; i++) {
            if (i > 0) power = power.matmul(power);
            Expr factor = power.square().sum().sqrt().max(SMALLEST).stopGradient();
            power = power.div(factor);
            logFactors = logFactors.plus(factor.log().div(1 << i));
        }
        return logFactors.times(0.5).exp().times(power.square().sum().plus(SMALLEST).pow(1.0 / (4 << SQUARINGS)));
    }

    List<Expr> weights() {
        List<Expr> all = new ArrayList<>(matrices);
        all.addAll(biases);
        all.addAll(sharpness);
        all.addAll(shift.weights());
        return all;
    }

    /** g(x). */
    Expr at(Expr x) {
        List<Expr> sums = sums(x);
        return sums.get(sums.size() - 1);
    }

    /**
     * log det(I + dg/dx). Where dg/dx = W K with the last matrix W (d x n) and the last hidden layer is narrower than d, it is
     * log det(I + K W) by Sylvester's identity, of n rows.
     */
    Expr logDeterminant(Expr x) {
        return Matrices.logDeterminant(core(x));
    }

    /** The z with (I + dg/dx) z = r, differentiable by r alone. */
    Expr solve(Expr x, Expr r) {
        Expr core = core(x).stopGradient();
        if (!narrow) return Matrices.solve(core, r);
        // the formula of Sherman, Morrison and Woodbury
        Expr before = carried(x, scaled.get(0).stopGradient().matmul(r), Expr::stopGradient);
        return r.minus(last().stopGradient().matmul(Matrices.solve(core, before)));
    }

    /** I + dg/dx, or I + K W. */
    private Expr core(Expr x) {
        UnaryOperator<Expr> same = factor -> factor;
        Expr product = narrow ? carried(x, scaled.get(0).matmul(last()), same)
                : sharpness.isEmpty() ? last() : last().matmul(carried(x, scaled.get(0), same));
        return Matrices.addToDiagonal(product, 1);
    }

    private Expr last() {
        return scaled.get(scaled.size() - 1);
    }

    /**
     * What becomes of changes of the first layer's sums on their way to the last matrix.
     *
     * @param changes a vector, or a matrix of such columns
     * @param use what is made of each factor before it is used
     */
    private Expr carried(Expr x, Expr changes, UnaryOperator<Expr> use) {
        List<Expr> sums = sums(x);
        Expr all = changes;
        for (int i = 0; i < sharpness.size(); i++) {
            if (i > 0) all = use.apply(scaled.get(i)).matmul(all);
            Expr slopes = use.apply(slope(sums.get(i), sharpness.get(i).softplus()));
            all = all.shape().rank() == 1 ? slopes.times(all) : Matrices.diagonalTimes(slopes, all);
        }
        return all;
    }

    /** What each layer gives, before its activation. */
    private List<Expr> sums(Expr x) {
        List<Expr> sums = new ArrayList<>();
        Expr h = x;
        for (int i = 0; i < scaled.size(); i++) {
            Expr bias = i == 0 ? Starts.vectors(shift).get(0) : biases.get(i - 1);
            Expr sum = scaled.get(i).matmul(h).plus(bias);
            sums.add(sum);
            if (i < sharpness.size()) h = sum.times(sum.times(sharpness.get(i).softplus()).sigmoid()).div(STEEPEST);
        }
        return sums;
    }

    private static Expr slope(Expr sum, Expr sharpness) {
        Expr z = sum.times(sharpness);
        Expr s = z.sigmoid();
        return s.times(z.times(Expr.of(1).minus(s)).plus(1)).div(STEEPEST);
    }
}
