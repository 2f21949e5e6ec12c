package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.flows.bijection.Normalising;
import org.fluvia.flows.transformer.TransformerFamily;
import org.fluvia.flows.transformer.Transformers;

/** The examples of the table of bijections, on all of which every contract is tested. */
final class Instances {
    private static final double LARGEST = 1e300;

    private Instances() {}

    record Instance(String name, Bijection map) {

        Weights layout() {
            return Weights.of(map.weights());
        }

        /** Away from the initial weights, at which networks have no influence. */
        double[] weights() {
            return perturbed(layout(), 0.3);
        }

        /** Columns of every size that its transformers take. */
        DMatrixRMaj extreme() {
            DMatrixRMaj at = Replay.extreme(map.dimension());
            double most = largest();
            for (int i = 0; i < at.data.length; i++) at.data[i] = Math.max(-most, Math.min(most, at.data[i]));
            return at;
        }

        /** Of round trips and log-determinants: rounding, or where an equation is solved what its solutions may be off. */
        double tolerance() {
            return map.forwardCost().and(map.inverseCost()) == Cost.ITERATIVE ? 1e-9 : 1e-11;
        }

        /** Whether data move this weight, and no gradient does. */
        boolean followsData(int weight) {
            Set<Expr> moments = new HashSet<>();
            for (Normalising.Met met : map.normalising(Expr.perDraw("in", Shape.of(map.dimension())), false)) {
                if (met.layer().followsData()) moments.addAll(met.layer().weights());
            }
            int first = 0;
            for (Expr input : layout().inputs()) {
                if (weight < first + input.shape().size()) return moments.contains(input);
                first += input.shape().size();
            }
            throw new AssertionError(weight);
        }

        private double largest() {
            return Transformers.table().rows().stream().filter(f -> map.toString().contains(f.name()))
                    .mapToDouble(TransformerFamily::largest).min().orElse(LARGEST);
        }

        /**
         * Whether rounding of the largest element leaves the smallest alone. A sum of 1e300 and 1 keeps nothing of the 1, and a
         * network that follows depends on it.
         */
        boolean keepsSmallElementsBesideLargeOnes() {
            List<Bijection> layers = map instanceof Chain c ? c.layers() : List.of(map);
            return largest() == LARGEST && (layers.size() == 1 || layers.stream().noneMatch(layer -> layer instanceof LowerTriangularAffine))
                    && !(map instanceof Chain && map.toString().contains("InvertibleConvolution"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The bijection of a flow of a base and a bijection. */
    static Bijection map(Flow flow) {
        assertEquals(1, flow.parts().size());
        return flow.parts().get(0).bijection();
    }

    static double[] perturbed(Weights layout, double by) {
        double[] values = layout.initial();
        double[] z = Replay.normal(1, values.length, 11).data;
        for (int i = 0; i < values.length; i++) values[i] += by * z[i];
        return values;
    }

    static Stream<Instance> all() {
        List<Instance> all = new ArrayList<>();
        for (BijectionFamily family : Bijections.table()) {
            List<Bijection> examples = family.examples().get();
            for (int i = 0; i < examples.size(); i++) {
                all.add(new Instance(family.name() + " " + (i + 1) + ", " + examples.get(i), examples.get(i)));
            }
        }
        return all.stream();
    }

    /** With a correlation of 0.995, and scales a thousandfold apart. */
    static DMatrixRMaj lower() {
        return new DMatrixRMaj(new double[][] {{0.1, 0, 0}, {10, 1, 0}, {-3, 20, 30}});
    }
}
