package org.fluvia.flows;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.HouseholderProduct;
import org.fluvia.flows.bijection.LowRankAffine;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.bijection.Orthogonal;

/** Rows of the table of bijections: products with a matrix. */
final class LinearBijections {
    private LinearBijections() {}

    static List<BijectionFamily> rows() {
        return List.of(
                new BijectionFamily("LowRankAffine", "y = shift + D (I + Q (exp(A) - I) Q') x, of a diagonal D and r stretched directions Q",
                        "shift, finite; scale, positive; r, at least 1 and less than d; all weights or fixed", "Ong et al. 2018, eq. 3",
                        LinearBijections::lowRank),
                new BijectionFamily("LuAffine", "y = shift + P L U x, any invertible matrix by its triangular factors",
                        "shift, finite; matrix, invertible; both weights or fixed", "Kingma and Dhariwal 2018, section 3.2", LinearBijections::lu),
                new BijectionFamily("HouseholderProduct", "a product of reflections, which is a rotation", "how many reflections, even, at least 2",
                        "Tomczak and Welling 2016", LinearBijections::householder),
                new BijectionFamily("Orthogonal", "y = Q x, a rotation by Cayley's transform, or any orthogonal matrix that is fixed",
                        "weights, or a matrix, orthogonal", "", LinearBijections::orthogonal));
    }

    private static List<Bijection> lowRank() {
        double[] shift = {3, -2, 0};
        double[] scale = {0.1, 1, 30};
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{0.2}, {-10}, {40}});
        DMatrixRMaj two = new DMatrixRMaj(new double[][] {{0.2, 0.1}, {-10, 5}, {40, 3}});
        return List.of(LowRankAffine.trainable(2, 1, 1), LowRankAffine.trainable(3, 2, 2), LowRankAffine.trainable(10, 3, 3),
                LowRankAffine.trainable(shift, scale, two), LowRankAffine.fixed(shift, scale, one));
    }

    private static List<Bijection> lu() {
        double[] shift = {3, -2, 0};
        // without a pivot in its place, with a negative determinant
        DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{0, 0.5, -20}, {10, 1, 0}, {-3, 0.2, 30}});
        return Stream.concat(IntStream.of(1, 2, 3, 10).mapToObj(LuAffine::trainable),
                Stream.of(LuAffine.trainable(shift, matrix), LuAffine.fixed(shift, matrix))).map(Bijection.class::cast).toList();
    }

    private static List<Bijection> householder() {
        return List.of(HouseholderProduct.trainable(1, 2), HouseholderProduct.trainable(2, 2), HouseholderProduct.trainable(3, 8),
                HouseholderProduct.trainable(10, 4));
    }

    private static List<Bijection> orthogonal() {
        DMatrixRMaj mirror = new DMatrixRMaj(new double[][] {{0, 0, 1}, {-0.6, 0.8, 0}, {0.8, 0.6, 0}});
        return Stream.concat(IntStream.of(1, 2, 3, 10).mapToObj(Orthogonal::trainable), Stream.of(Orthogonal.fixed(mirror)))
                .map(Bijection.class::cast).toList();
    }
}
