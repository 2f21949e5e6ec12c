package org.fluvia.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.FlowStep;
import org.fluvia.flows.Flow;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;

/** A flow's training step on eight schools against a peer that starts from the same weights. */
final class FlowContest {
    private static final int COMPARED_DRAWS = 16;

    private final BoundModel model = BenchModel.EIGHT_SCHOOLS.bind();
    private final Flow flow = FlowStep.flow(model.dimension());
    private final double[] weights = FlowStep.startingWeights(flow.weights());
    private final DMatrixRMaj noise = noise(model.dimension());
    private final Path file = Exchange.flow(flow, weights, noise, FlowStep.RATE);

    Contest run(Peer peer, Setting setting, int draws, Turns turns) {
        Data answer = peer.prepare("flow", new JsonObject().text("flow", file.toString()).whole("draws", draws));
        requireSame(answer, setting.tolerance());
        try (Workers workers = Workers.of(setting.threads())) {
            FlowStep step = FlowStep.of(model, draws, workers, FlowStep.Derivative.TOTAL);
            return Contest.run(step::run, peer::time, turns);
        }
    }

    private void requireSame(Data answer, double tolerance) {
        if (answer.values("weights")[0] != weights.length) {
            throw new Agreement.Differs("flow: Fluvia has " + weights.length + " weights, the peer " + (int) answer.values("weights")[0]);
        }
        Expr epsilon = Expr.perDraw("epsilon", Shape.of(model.dimension()));
        Flow.Draw draw = flow.sample(epsilon);
        Expr logP = FlowStep.logDensity(model, draw.value());
        List<Expr> gradients = flow.weights().gradients(draw.logDensity().minus(logP));
        List<Expr> outputs = new ArrayList<>(gradients);
        outputs.addAll(List.of(draw.value(), draw.logDensity(), logP));
        Workspace w = Program.of(outputs).workspace();
        flow.weights().set(w, weights);
        w.set(epsilon, DrawSource.of(noise));
        w.run(COMPARED_DRAWS);
        double[] gradient = new double[weights.length];
        flow.weights().read(w, gradients, gradient);
        for (int i = 0; i < gradient.length; i++) gradient[i] /= COMPARED_DRAWS;
        Agreement.require("flow: draws", transposed(w.perDraw(draw.value())), answer.values("value"), tolerance);
        Agreement.require("flow: log q", w.perDraw(draw.logDensity()).data, answer.values("log_q"), tolerance);
        Agreement.requireUpToConstant("flow: log p", w.perDraw(logP).data, answer.values("log_p"), tolerance);
        Agreement.require("flow: gradient", gradient, answer.values("gradient"), tolerance);
    }

    private static double[] transposed(DMatrixRMaj m) {
        double[] t = new double[m.numRows * m.numCols];
        for (int j = 0; j < m.numCols; j++) {
            for (int i = 0; i < m.numRows; i++) t[j * m.numRows + i] = m.get(i, j);
        }
        return t;
    }

    private static DMatrixRMaj noise(int dimension) {
        DMatrixRMaj noise = new DMatrixRMaj(dimension, COMPARED_DRAWS);
        NormalNoise.of(4).fill(0, COMPARED_DRAWS, dimension, noise.data, 0, COMPARED_DRAWS);
        return noise;
    }
}
