package org.fluvia.flows.residual;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;

/**
 * A matrix Q (d x m) with orthonormal columns, made of free weights: any values of them make one, to rounding. In one dimension it is 1.
 *
 * @param weights shared inputs; none in one dimension
 */
record OrthonormalColumns(Expr matrix, List<Expr> weights) {
    private static final double SMALLEST = 1e-150;

    /** The first m columns of a product of m reflections I - 2 v v' / |v|^2, which can be any up to their signs (Householder 1958). */
    static OrthonormalColumns ofReflections(int d, int m, long seed) {
        if (d == 1) return one();
        Expr vectors = Expr.shared("reflections", Shape.of(m, d), Starts.normal(SplitMix.at(seed, 1), m * d, 1));
        Expr q = firstColumns(d, m);
        for (int i = m - 1; i >= 0; i--) {
            Expr v = vectors.get(i);
            Expr row = Matrices.transposedTimes(q, v.reshape(Shape.of(d, 1))).reshape(Shape.of(m));
            q = q.minus(Matrices.outer(v.times(Expr.of(2).div(v.dot(v).max(SMALLEST))), row));
        }
        return new OrthonormalColumns(q, List.of(vectors));
    }

    /**
     * The first m columns of Cayley's transform (I + S)^-1 (I - S) of a skew-symmetric S, of which only what meets those columns is
     * free: as many weights as such matrices have dimensions. It can come as near to any as one likes.
     */
    static OrthonormalColumns ofCayley(int d, int m, long seed) {
        if (d == 1) return one();
        int count = m * (m - 1) / 2 + (d - m) * m;
        Expr below = Expr.shared("skew", Shape.of(count), Starts.normal(SplitMix.at(seed, 1), count, 1 / Math.sqrt(d)));
        double[] index = new double[d * d];
        Arrays.fill(index, 2 * count);
        for (int j = 0, k = 0; j < m; j++) {
            for (int i = j + 1; i < d; i++, k++) {
                index[i * d + j] = k;
                index[j * d + i] = count + k;
            }
        }
        Expr skew = Expr.concat(below, below.unaryMinus(), Expr.of(0)).get(Expr.vector(index)).reshape(Shape.of(d, d));
        Expr first = firstColumns(d, m);
        Expr q = Matrices.solve(Matrices.addToDiagonal(skew, 1), first.minus(skew.matmul(first)));
        return new OrthonormalColumns(q, List.of(below));
    }

    private static OrthonormalColumns one() {
        return new OrthonormalColumns(firstColumns(1, 1), List.of());
    }

    private static Expr firstColumns(int d, int m) {
        double[] values = new double[d * m];
        for (int i = 0; i < m; i++) values[i * m + i] = 1;
        return Expr.vector(values).reshape(Shape.of(d, m));
    }
}
