package org.fluvia.flows;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.bijection.ActNorm;
import org.fluvia.flows.bijection.BatchNorm;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.HouseholderProduct;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.LowRankAffine;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.bijection.Orthogonal;
import org.fluvia.flows.bijection.Partial;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.bijection.Rescaling;
import org.fluvia.flows.bijection.Stack;

/** Rows of the table of bijections: products with a matrix, normalisation, and what makes maps of maps. */
final class LinearBijections {
    private LinearBijections() {}

    static List<BijectionFamily> rows() {
        return List.of(
                new BijectionFamily("LowRankAffine", "y = shift + D (I + N Q') x, of a diagonal D and what becomes of r directions Q",
                        "shift, finite; scale, positive; r, at least 1 and less than d; all weights or fixed", "Ong et al. 2018",
                        LinearBijections::lowRank),
                new BijectionFamily("LuAffine", "y = shift + P L U x, any invertible matrix by its triangular factors",
                        "shift, finite; matrix, invertible; both weights or fixed", "Kingma and Dhariwal 2018, section 3.2", LinearBijections::lu),
                new BijectionFamily("HouseholderProduct", "a product of reflections, which is a rotation", "how many reflections, even, at least 2",
                        "Tomczak and Welling 2016", LinearBijections::householder),
                new BijectionFamily("Orthogonal", "y = Q x, a rotation by Cayley's transform, or any orthogonal matrix that is fixed",
                        "weights, or a matrix, orthogonal", "", LinearBijections::orthogonal),
                new BijectionFamily("ActNorm", "a shift and a scale of each element or channel, which data can set at the start",
                        "how many elements, or channels and positions", "Kingma and Dhariwal 2018, section 3.1",
                        () -> List.of(ActNorm.of(1), ActNorm.of(2), ActNorm.of(3), ActNorm.of(10), ActNorm.ofChannels(3, 4))),
                new BijectionFamily("BatchNorm", "a shift and a scale of each element or channel, which follow the data's running moments",
                        "how many elements, or channels and positions", "Dinh et al. 2017, appendix E",
                        () -> List.of(BatchNorm.of(1), BatchNorm.of(2), BatchNorm.of(3), BatchNorm.of(10), BatchNorm.ofChannels(2, 3))),
                new BijectionFamily("Rescaling", "y = shift + scale x with fixed numbers, which bring a flow to the place and units of data",
                        "shift, finite; scale, positive", "", () -> List.of(Rescaling.of(new double[] {-3}, new double[] {0.02}),
                                Rescaling.of(new double[] {5, 0, -100}, new double[] {1, 7, 40}))),
                new BijectionFamily("Partial", "a bijection of some elements; the others are kept", "a bijection; which elements, not all", "",
                        LinearBijections::partial),
                new BijectionFamily("Stack", "bijections side by side, each of its part of the vector", "at least one bijection", "",
                        LinearBijections::stack));
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

    private static List<Bijection> partial() {
        return List.of(Partial.of(LuAffine.trainable(1), 2, 1), Partial.of(Inverse.of(LuAffine.trainable(2)), 3, 2, 0),
                Partial.of(Chain.of(ActNorm.of(3), NetworkExamples.autoregressive(3), Permutation.reverse(3)), 10, 1, 8, 3),
                Inverse.of(Partial.of(NetworkExamples.autoregressive(2), 5, 3, 4)));
    }

    private static List<Bijection> stack() {
        return List.of(Stack.of(LuAffine.trainable(1)), Stack.of(ActNorm.of(1), Inverse.of(BatchNorm.of(1))),
                Inverse.of(Stack.of(NetworkExamples.autoregressive(2), Permutation.of(0))),
                Stack.of(Chain.repeat(2, 1, seed -> LowRankAffine.trainable(4, 2, seed)), NetworkExamples.autoregressive(3),
                        Stack.of(ActNorm.of(2), ActNorm.of(1))));
    }
}
