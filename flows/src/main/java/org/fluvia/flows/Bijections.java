package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;
import org.fluvia.flows.transformer.Transformer;
import org.fluvia.flows.transformer.TransformerFamily;
import org.fluvia.flows.transformer.Transformers;

/** The catalogue of bijections. */
public final class Bijections {
    private static final Catalogue<BijectionFamily> TABLE = Catalogue.of("bijection", Stream.of(List.of(
            new BijectionFamily("Elementwise", "a transformer of each element, with parameters that depend on no element",
                    "a transformer; free weights, fixed values, or a network of the context", "", Bijections::elementwise),
            new BijectionFamily("Coupling", "a transformer of some elements, with parameters that depend on the others, which are kept",
                    "a mask: halves, alternate, chequerboard, channels, any; a transformer; a network of what is kept; at least 2 elements",
                    "Dinh et al. 2015, section 3.2", Bijections::couplings),
            new BijectionFamily("Autoregressive", "a transformer of each element, with parameters that depend on those before it",
                    "a transformer; a masked network", "Kingma et al. 2016; Germain et al. 2015", Bijections::autoregressive),
            new BijectionFamily("LowerTriangularAffine", "y = shift + L x with a lower triangular L",
                    "shift, finite; L, finite, its diagonal positive; both weights or fixed", "", Bijections::triangular),
            new BijectionFamily("Permutation", "the elements in another order", "order, every number from 0 to d - 1 once", "",
                    () -> List.of(Permutation.of(0), Permutation.reverse(2), Permutation.of(1, 2, 0), Permutation.random(10, 5))),
            new BijectionFamily("Inverse", "another bijection the other way round", "a bijection", "",
                    () -> List.of(Inverse.of(LowerTriangularAffine.trainable(3)), Inverse.of(coupling(Mask.secondHalf(3), 8)),
                            Inverse.of(NetworkExamples.autoregressive(4)))),
            new BijectionFamily("Chain", "bijections one after the other", "at least one bijection, all of one dimension", "",
                    Bijections::chains)),
            LinearBijections.rows(), ResidualBijections.rows(), ContinuousBijections.rows(), ImageExamples.rows(), MonotoneBijections.rows())
            .flatMap(List::stream).toList());

    private Bijections() {}

    /** All of them, with examples. */
    public static Catalogue<BijectionFamily> table() {
        return TABLE;
    }

    private static List<Bijection> elementwise() {
        List<Bijection> all = new ArrayList<>();
        for (TransformerFamily family : Transformers.table()) {
            Transformer t = family.example();
            for (int d : new int[] {1, 2, 10}) all.add(Elementwise.of(d, t, FreeWeights.trainable(), Context.none(), 1));
            if (!t.parameters().isEmpty()) all.add(Elementwise.of(3, t, Mlp.of(5), NetworkExamples.context(), 2));
        }
        double[] shift = {3, -2, 0};
        double[] logScale = {-4.6, 3.9, 0};
        all.add(Elementwise.of(3, Affine.unbounded(), FreeWeights.from(shift, logScale), Context.none(), 1));
        all.add(Elementwise.of(3, Affine.unbounded(), FreeWeights.fixed(shift, logScale), Context.none(), 1));
        return all;
    }

    private static List<Bijection> couplings() {
        List<Bijection> all = new ArrayList<>();
        for (TransformerFamily family : Transformers.table()) {
            Transformer t = family.example();
            if (t.parameters().isEmpty()) continue; // a network would have nothing to give
            all.add(Coupling.of(Mask.secondHalf(2), t, Mlp.of(16), Context.none(), 1));
            all.add(Coupling.of(Mask.firstHalf(3), t, Mlp.of(8, 8), Context.none(), 2));
            all.add(Coupling.of(Mask.secondHalf(10), t, Mlp.of(7), Context.none(), 3));
            all.add(Coupling.of(Mask.secondHalf(3), t, Mlp.of(4), NetworkExamples.context(), 4));
        }
        all.addAll(NetworkExamples.couplings());
        all.addAll(ImageExamples.couplings());
        return all;
    }

    private static List<Bijection> autoregressive() {
        List<Bijection> all = new ArrayList<>();
        for (TransformerFamily family : Transformers.table()) {
            Transformer t = family.example();
            if (t.parameters().isEmpty()) continue; // a network would have nothing to give
            all.add(Autoregressive.of(1, t, Masked.of(8), Context.none(), 1));
            all.add(Autoregressive.of(2, t, Masked.of(8), Context.none(), 2));
            all.add(Autoregressive.of(5, t, Masked.of(8, 6), Context.none(), 3));
            all.add(Autoregressive.of(3, t, Masked.of(2, 4), NetworkExamples.context(), 4));
        }
        all.add(Autoregressive.of(4, Affine.bounded(2), Masked.of(), Context.none(), 5));
        all.addAll(NetworkExamples.autoregressive());
        return all;
    }

    private static List<Bijection> triangular() {
        double[] shift = {3, -2, 0};
        // with a correlation of 0.995, and scales a thousandfold apart
        DMatrixRMaj lower = new DMatrixRMaj(new double[][] {{0.1, 0, 0}, {10, 1, 0}, {-3, 20, 30}});
        return List.of(LowerTriangularAffine.trainable(1), LowerTriangularAffine.trainable(2), LowerTriangularAffine.trainable(3),
                LowerTriangularAffine.trainable(10), LowerTriangularAffine.trainable(shift, lower), LowerTriangularAffine.fixed(shift, lower));
    }

    private static List<Bijection> chains() {
        List<Bijection> all = new ArrayList<>();
        for (int d : new int[] {1, 2, 3, 10}) all.add(Flows.realNvp().layers(4).hidden(8, 8).build(d, 7, Context.none()).bijection());
        DMatrixRMaj lower = new DMatrixRMaj(new double[][] {{0.8, 0, 0}, {0.5, 1.2, 0}, {-0.3, 0.4, 0.9}});
        all.add(Chain.of(Elementwise.of(3, Affine.unbounded(), FreeWeights.trainable(), Context.none(), 1), coupling(Mask.firstHalf(3), 8),
                Permutation.reverse(3), LowerTriangularAffine.fixed(new double[] {1, -0.5, 0}, lower)));
        all.addAll(ImageExamples.chains());
        all.add(Chain.of(NetworkExamples.autoregressive(3), Permutation.reverse(3), Inverse.of(NetworkExamples.autoregressive(3))));
        return all;
    }

    private static Bijection coupling(Mask mask, int width) {
        return Coupling.of(mask, Affine.bounded(2), Mlp.of(width), Context.none(), 6);
    }
}
