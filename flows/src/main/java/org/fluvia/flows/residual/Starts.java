package org.fluvia.flows.residual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.transformer.Parameter;

/** What these maps start with, and what keeps them invertible. */
final class Starts {
    /** The steepest that {@link #aboveMinusOne} may shrink, as a log: to a thousandth, so that a round trip loses three digits at most. */
    private static final double LOG_SLOPE_BOUND = 7;

    private Starts() {}

    /** n independent normal values of this standard deviation: a function of the seed alone. */
    static double[] normal(long seed, int n, double deviation) {
        double[] z = NormalNoise.of(seed).values(n);
        for (int i = 0; i < n; i++) z[i] *= deviation;
        return z;
    }

    /**
     * A random matrix, row-major, whose rows or columns, whichever are fewer, are orthonormal, by Gram and Schmidt's method: so no
     * direction is shortened where the matrix is scaled by its spectral norm.
     */
    static double[] orthonormal(long seed, int rows, int columns) {
        boolean wide = rows < columns;
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[] vectors = normal(seed, rows * columns, 1);
        double[] result = new double[rows * columns];
        for (int i = 0; i < count; i++) {
            double[] v = Arrays.copyOfRange(vectors, i * length, (i + 1) * length);
            for (int j = 0; j <= i; j++) {
                // against those before it; the last round is its own length
                double[] other = j < i ? Arrays.copyOfRange(vectors, j * length, (j + 1) * length) : v;
                double product = 0;
                for (int k = 0; k < length; k++) product += v[k] * other[k];
                for (int k = 0; k < length; k++) v[k] = j < i ? v[k] - product * other[k] : v[k] / Math.sqrt(product);
            }
            System.arraycopy(v, 0, vectors, i * length, length);
            for (int k = 0; k < length; k++) result[wide ? i * length + k : k * count + i] = v[k];
        }
        return result;
    }

    /** A conditioner of parameters of the map as a whole, seeded by number 0 of the seed. */
    static Conditioner conditioner(String what, Conditioner.Recipe recipe, Context context, long seed, List<Parameter> parameters) {
        Dimensions.present(what, "recipe", recipe);
        Dimensions.present(what, "context", context);
        return recipe.build(0, 1, parameters, context, SplitMix.at(seed, 0));
    }

    /** The parameters as vectors. */
    static List<Expr> vectors(Conditioner conditioner) {
        List<Expr> all = new ArrayList<>();
        for (Expr p : conditioner.parameters(Expr.vector())) all.add(p.flatten());
        return all;
    }

    /**
     * An increasing, once differentiable map of the line to what lies above -1: a itself where that is not negative, below it
     * expm1(c tanh(a / c)), which is at least expm1(-c). It keeps 0, where its slope is 1.
     */
    static Expr aboveMinusOne(Expr a) {
        Expr negative = a.min(0).div(LOG_SLOPE_BOUND).tanh().times(LOG_SLOPE_BOUND);
        return Expr.where(a.lt(0), negative.expm1(), a);
    }
}
