package org.fluvia.vi;

import java.time.Duration;
import java.util.Arrays;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.vi.objective.Objective;
import org.fluvia.vi.objective.Objectives;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/** What a fit can be told: see {@link Fit}. */
record Options(Data data, FlowSpec flow, Objective objective, int draws, int batch, long seed, Duration within, int threads,
               Progress progress, Finish finish, int repeats, @Nullable InitialValues init, @Nullable Checkpoint checkpoint, FitPlan plan) {

    static Options defaults() {
        return new Builder().build();
    }

    /** Those that the bits of a fit's course depend on, in words. */
    String ofBits(BoundModel model) {
        return String.join("\n", flow.toString(), String.valueOf(seed), String.valueOf(batch), objective.getClass().getName(), plan.toString(),
                init == null ? "" : Arrays.toString(init.unconstrained("init", model)));
    }

    /** A builder that begins with these. */
    Builder but() {
        Builder b = new Builder();
        b.data = data;
        b.flow = flow;
        b.objective = objective;
        b.draws = draws;
        b.batch = batch;
        b.seed = seed;
        b.within = within;
        b.threads = threads;
        b.progress = progress;
        b.finish = finish;
        b.repeats = repeats;
        b.init = init;
        b.checkpoint = checkpoint;
        b.plan = plan;
        return b;
    }

    /** Options in the making, the defaults at first. */
    static final class Builder {
        Data data = Data.empty();
        FlowSpec flow = Flows.realNvp();
        Objective objective = Objectives.reverseKl();
        int draws = Fit.DEFAULT_DRAWS;
        int batch = Fit.DEFAULT_BATCH;
        long seed = Fit.DEFAULT_SEED;
        Duration within = Fit.DEFAULT_LIMIT;
        int threads = Runtime.getRuntime().availableProcessors();
        Progress progress = Progress.none();
        Finish finish = Finish.AS_NEEDED;
        int repeats = 1;
        @Nullable InitialValues init;
        @Nullable Checkpoint checkpoint;
        FitPlan plan = FitPlan.standard();

        Options build() {
            return new Options(data, flow, objective, draws, batch, seed, within, threads, progress, finish, repeats, init, checkpoint, plan);
        }
    }
}
