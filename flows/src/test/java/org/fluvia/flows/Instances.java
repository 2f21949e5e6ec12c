package org.fluvia.flows;

import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.AffineCoupling.Part;

/** The one table of bijections that every contract is tested on. */
final class Instances {
    private Instances() {}

    record Instance(String name, Bijection map) {

        Weights layout() {
            return Weights.of(map.weights());
        }

        /** Away from the initial weights, at which networks have no influence. */
        double[] weights() {
            return perturbed(layout(), 0.3);
        }

        /**
         * Whether rounding of the largest element leaves the smallest alone. A sum of 1e300 and 1 keeps nothing of the 1, and a
         * network that follows depends on it.
         */
        boolean keepsSmallElementsBesideLargeOnes() {
            List<Bijection> layers = Chain.layersOf(map);
            if (layers.stream().anyMatch(layer -> layer instanceof SinhArcsinh)) return false;
            return layers.size() == 1 || layers.stream().noneMatch(layer -> layer instanceof LowerTriangularAffine);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static double[] perturbed(Weights layout, double by) {
        double[] values = layout.initial();
        double[] z = Seeds.normal(11, values.length);
        for (int i = 0; i < values.length; i++) values[i] += by * z[i];
        return values;
    }

    static Stream<Instance> all() {
        return Stream.of(
                new Instance("diagonal 1", DiagonalAffine.trainable(1)),
                new Instance("diagonal 2", DiagonalAffine.trainable(2)),
                new Instance("diagonal 10", DiagonalAffine.trainable(10)),
                new Instance("diagonal from values", DiagonalAffine.trainable(new double[] {3, -2}, new double[] {0.01, 50})),
                new Instance("diagonal fixed", DiagonalAffine.fixed(new double[] {3, -2, 0}, new double[] {0.01, 50, 1})),
                new Instance("triangular 1", LowerTriangularAffine.trainable(1)),
                new Instance("triangular 2", LowerTriangularAffine.trainable(2)),
                new Instance("triangular 3", LowerTriangularAffine.trainable(3)),
                new Instance("triangular 10", LowerTriangularAffine.trainable(10)),
                new Instance("triangular from values", LowerTriangularAffine.trainable(new double[] {3, -2, 0}, lower())),
                new Instance("triangular fixed", LowerTriangularAffine.fixed(new double[] {3, -2, 0}, lower())),
                new Instance("permutation 1", Permutation.of(0)),
                new Instance("reverse 2", Permutation.reverse(2)),
                new Instance("rotation 3", Permutation.of(1, 2, 0)),
                new Instance("random permutation 10", Permutation.random(10, 5)),
                new Instance("sinh-arcsinh 1", SinhArcsinh.trainable(1)),
                new Instance("sinh-arcsinh 3", SinhArcsinh.trainable(3)),
                new Instance("coupling 2, second", AffineCoupling.of(2, Part.SECOND, List.of(16), 2, 1)),
                new Instance("coupling 2, first", AffineCoupling.of(2, Part.FIRST, List.of(16), 2, 2)),
                new Instance("coupling 3, second", AffineCoupling.of(3, Part.SECOND, List.of(8, 8), 2, 3)),
                new Instance("coupling 3, first", AffineCoupling.of(3, Part.FIRST, List.of(8, 8), 0.5, 4)),
                new Instance("coupling 10", AffineCoupling.of(10, Part.SECOND, List.of(7), 2, 5)),
                new Instance("inverse of triangular 3", Inverse.of(LowerTriangularAffine.trainable(3))),
                new Instance("inverse of coupling 3", Inverse.of(AffineCoupling.of(3, Part.SECOND, List.of(8), 2, 6))),
                new Instance("chain 1", small(1)),
                new Instance("chain 2", small(2)),
                new Instance("chain 3", small(3)),
                new Instance("chain 10", small(10)),
                new Instance("chain with affine maps", Chain.of(DiagonalAffine.trainable(3), small(3), Permutation.reverse(3),
                        LowerTriangularAffine.fixed(new double[] {1, -0.5, 0}, mild()))),
                new Instance("inverse of chain 3", Inverse.of(small(3))));
    }

    static Bijection small(int dimension) {
        return Flows.realNvp().layers(4).hidden(8, 8).build(dimension, 7).bijection();
    }

    private static DMatrixRMaj mild() {
        return new DMatrixRMaj(new double[][] {{0.8, 0, 0}, {0.5, 1.2, 0}, {-0.3, 0.4, 0.9}});
    }

    /** With a correlation of 0.995, and scales a thousandfold apart. */
    static DMatrixRMaj lower() {
        return new DMatrixRMaj(new double[][] {{0.1, 0, 0}, {10, 1, 0}, {-3, 20, 30}});
    }
}
