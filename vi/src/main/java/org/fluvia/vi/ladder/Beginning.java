package org.fluvia.vi.ladder;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.LowerTriangular;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.modes.Mode;

/** What the training of a flow begins with: the flow inside a Gaussian, and its first weights. */
record Beginning(Gaussian whitening, Flow flow, double[] weights) {

    /** A flow of this kind, the identity or near it. */
    static Beginning of(FlowSpec spec, Gaussian whitening, long seed) {
        Flow flow = spec.build(whitening.dimension(), seed);
        return new Beginning(whitening, flow, flow.weights().initial());
    }

    /** The modes that matter, the heaviest first. */
    static List<Mode> modes(Ground ground) {
        return ground.modes().heaviest(ground.plan().population().mostModes(), ground.plan().population().leastMass());
    }

    /** A mixture with a part at each of the modes that matter. Parts begin as the modes' Laplace approximations, shares as these have of the mass. */
    static Beginning atModes(Ground ground, Gaussian one) {
        List<Mode> modes = modes(ground);
        Gaussian whitening = Spread.of(ground, modes, one);
        int d = one.dimension();
        DMatrixRMaj inverse = whitening.scale().copy();
        LowerTriangular.invert(inverse.data, d, ground.target().workers());
        List<Flow> parts = new ArrayList<>();
        for (Mode mode : modes) {
            DMatrixRMaj scale = SpdMatrix.product(inverse, mode.laplace().scale(), ground.target().workers());
            LowerTriangularAffine place = LowerTriangularAffine.fixed(whitening.whiten(mode.laplace().mean()), scale);
            parts.add(Flow.of(Chain.of(LowerTriangularAffine.trainable(d), place)));
        }
        Flow flow = Flow.mixture(parts);
        double[] weights = flow.weights().initial();
        // the weights of the shares come first: their logits
        for (int k = 0; k < modes.size(); k++) weights[k] = modes.get(k).logMass() - modes.get(0).logMass();
        return new Beginning(whitening, flow, weights);
    }
}
