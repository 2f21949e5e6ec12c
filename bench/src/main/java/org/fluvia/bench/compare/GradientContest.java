package org.fluvia.bench.compare;

import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import org.fluvia.autodiff.Workers;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.ModelGradient;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;

/** A model's log-density and gradient at a batch of draws; times are those of one draw. */
final class GradientContest {
    private static final int DRAWS = 256;

    private final BoundModel bound;
    private final BenchModel model;
    private final Path data;
    private final Path points;

    GradientContest(BenchModel model) {
        this.model = model;
        bound = model.bind();
        data = Exchange.data(model);
        points = Exchange.points(model, bound.dimension());
    }

    /** Against NumPyro, which evaluates the batch too. */
    Contest againstNumpyro(Peer peer, Setting setting, Turns turns) {
        Data answer = peer.prepare("gradient", new JsonObject().text("model", model.program()).text("data", data.toString())
                .text("points", points.toString()).whole("draws", DRAWS));
        return run(answer, setting, peer::time, turns);
    }

    /** Against Stan, which evaluates one point after the other. */
    Contest againstStan(Peer peer, Turns turns) {
        Data answer = peer.ask("prepare " + data + " " + points);
        return run(answer, new Setting(true, 1), s -> peer.ask("time " + s + " " + DRAWS).values("seconds")[0], turns);
    }

    private Contest run(Data answer, Setting setting, DoubleUnaryOperator theirs, Turns turns) {
        try (Workers workers = Workers.of(setting.threads())) {
            ModelGradient gradient = ModelGradient.of(bound, DRAWS, workers);
            gradient.run();
            Agreement.requireUpToConstant("log density", gradient.logDensities(), answer.values("log_density"),
                    setting.tolerance());
            Agreement.require("gradient", Agreement.flat(gradient.gradients()), answer.values("gradient"), setting.tolerance());
            Contest batch = Contest.run(gradient::run, theirs, turns);
            return new Contest(batch.ours() / DRAWS, batch.theirs() / DRAWS, batch.ratios());
        }
    }
}
