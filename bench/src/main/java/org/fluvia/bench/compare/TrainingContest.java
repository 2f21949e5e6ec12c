package org.fluvia.bench.compare;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Workers;
import org.fluvia.bench.BenchFlow;
import org.fluvia.bench.FlowStep;
import org.fluvia.model.Data;

/**
 * A training step of one of the flows against a peer's of the same kind and sizes. Weights are not exchanged: initial ones, shuffles and
 * what masks leave out are each side's own. Both must train towards the same target.
 *
 * @param dimension of the flow
 */
record TrainingContest(BenchFlow flow, int dimension) {
    private static final int[] DIMENSIONS = {2, 10, 64};
    private static final int DRAWS = 256;
    /** Steps before the losses are compared, as the peers make them. */
    private static final int STEPS = 200;
    private static final int MEAN = 10;

    static List<TrainingContest> all() {
        return Arrays.stream(BenchFlow.values())
                .flatMap(f -> Arrays.stream(DIMENSIONS).mapToObj(d -> new TrainingContest(f, d))).toList();
    }

    String name() {
        return flow.program() + " step, D = " + dimension + ", " + DRAWS + " draws";
    }

    Contest run(Peer peer, Setting setting, Turns turns) {
        Data answer = peer.prepare("flows", Exchange.sizes(flow, dimension).whole("draws", DRAWS).number("rate", FlowStep.RATE));
        try (Workers workers = Workers.of(setting.threads())) {
            FlowStep step = FlowStep.of(flow, dimension, DRAWS, workers);
            double[] losses = new double[STEPS];
            for (int i = 0; i < STEPS; i++) {
                step.run();
                losses[i] = step.loss();
            }
            requireTrained("Fluvia", mean(losses, 0), mean(losses, STEPS - MEAN));
            requireTrained("the peer", answer.values("first")[0], answer.values("last")[0]);
            return Contest.run(step::run, peer::time, turns);
        }
    }

    private void requireTrained(String who, double first, double last) {
        if (!(last < first)) throw new Agreement.Differs(name() + ": the loss of " + who + " went from " + first + " to " + last);
    }

    private static double mean(double[] losses, int from) {
        double sum = 0;
        for (int i = from; i < from + MEAN; i++) sum += losses[i];
        return sum / MEAN;
    }
}
