package org.fluvia.commonsmath;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;

/** Of a flow. */
final class FlowDistribution extends Seeded {
    private final FittedFlow flow;

    FlowDistribution(FittedFlow flow) {
        super(flow.flow().dimension());
        this.flow = flow;
    }

    @Override
    double logDensity(double[] x) {
        return flow.logDensity(DMatrixRMaj.wrap(x.length, 1, x))[0];
    }

    @Override
    DMatrixRMaj first(int n, long seed) {
        return flow.sample(n, seed);
    }
}
