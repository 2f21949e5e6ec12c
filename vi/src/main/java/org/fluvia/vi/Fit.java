package org.fluvia.vi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.model.BoundModel;
import org.fluvia.model.CompiledModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.objective.Objective;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * Fits a posterior: every choice in one place, each with a default that works. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Posterior p = Fit.of(model).data(data).seed(7).within(Duration.ofSeconds(30)).run();
 * }</pre>
 */
public final class Fit {
    /** Draws in the posterior unless another number is asked for. */
    public static final int DEFAULT_DRAWS = 10_000;
    /** Draws in a step of the optimisation unless another number is asked for. */
    public static final int DEFAULT_BATCH = 256;
    /** The seed unless another is given. */
    public static final long DEFAULT_SEED = 1;
    /** The time a fit may take unless another limit is given. */
    public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

    private final Function<Data, BoundModel> model;
    private final Options options;

    private Fit(Function<Data, BoundModel> model, Options options) {
        this.model = model;
        this.options = options;
    }

    public static Fit of(Model model) {
        return new Fit(present("model", model)::bind, Options.defaults());
    }

    /** Of a model whose definition has run: fits to many data of the same shapes do not run it again. The results are those of the model. */
    public static Fit of(CompiledModel model) {
        return new Fit(present("model", model)::bind, Options.defaults());
    }

    private Fit with(Consumer<Options.Builder> change) {
        Options.Builder b = options.but();
        change.accept(b);
        return new Fit(model, b.build());
    }

    /** The data; none by default. */
    public Fit data(Data data) {
        present("data", data);
        return with(o -> o.data = data);
    }

    /**
     * The family of the last rung; {@link Flows#realNvp()} by default. It is only climbed where a Gaussian is not enough. A family that can
     * be turned round is turned so that draws take less; one that was told how it is to be turned is left so.
     */
    public Fit flow(FlowSpec flow) {
        present("flow", flow);
        return with(o -> o.flow = flow.towards(FlowSpec.Use.DRAWS));
    }

    /**
     * What the training of a flow makes small; {@link org.fluvia.vi.objective.Objectives#reverseKl()} by default. Every approximation is
     * judged by its ELBO, whatever it was trained by. A flow that is to find several modes learns to cover the density first, by the forward KL.
     */
    public Fit objective(Objective objective) {
        present("objective", objective);
        return with(o -> o.objective = objective);
    }

    /** The number of draws the posterior has; 10,000 by default: their Monte-Carlo error is 1 % of a standard deviation. */
    public Fit draws(int draws) {
        check("draws", draws >= 1, draws, "be at least 1");
        return with(o -> o.draws = draws);
    }

    /** Draws in one step of the optimisation; 256 by default. More is slower and steadier. */
    public Fit batch(int batch) {
        check("batch", batch >= 8, batch, "be at least 8");
        return with(o -> o.batch = batch);
    }

    /** The same seed gives the same bits, on any number of threads; 1 by default. */
    public Fit seed(long seed) {
        return with(o -> o.seed = seed);
    }

    /**
     * The time a fit may take; 2 minutes by default. A fit that runs into it gives the best there is by then, judged on as many draws as
     * there is time for, and says so ({@link Posterior#limitHit}); where there is not enough, the verdict is FAIL. Only then do results
     * depend on the machine's speed. The user's own code, while it records the model or computes a density, is not ended.
     */
    public Fit within(Duration limit) {
        present("within", limit);
        check("within", !limit.isNegative() && !limit.isZero(), limit, "be positive");
        return with(o -> o.within = limit);
    }

    /**
     * So many independent fits, with seeds that are derived from the seed, as one; 1 by default. The draws are those of the fits that are trusted, each
     * with a share by its log evidence; the verdict is FAIL where R-hat of anything that is reported is above 1.01 from fit to fit, where two log evidences
     * differ beyond their errors, or where no more than half of the fits are trusted; the first reason says how far apart they are. New draws, and the
     * density, are those of the fit with the highest evidence. The limit of time is for all of them, and there is no checkpoint.
     */
    public Fit repeat(int repeats) {
        check("repeat", repeats >= 1 && repeats <= 1000, repeats, "be from 1 to 1000");
        return with(o -> o.repeats = repeats);
    }

    /** Threads to compute with; all processors by default. */
    public Fit threads(int threads) {
        check("threads", threads >= 1 && threads <= 1024, threads, "be from 1 to 1024");
        return with(o -> o.threads = threads);
    }

    /**
     * A point to start from besides those that Fluvia chooses, where the mode is out of reach of these: values of some parameters
     * or all, on their constrained scale; the others start at 0 on the unconstrained one. {@code run} throws a
     * {@link org.fluvia.model.ModelException} if the model has no such parameter, or a value is of another length, outside its
     * support, or one without a finite log-density.
     *
     * @param values the elements by parameter, row-major
     */
    public Fit init(Map<String, double[]> values) {
        return init(InitialValues.of(present("init", values)));
    }

    /** As {@link #init(Map)}, with values that have a shape: {@code fit.init(Data.json(Path.of("init.json")))}. */
    public Fit init(Data values) {
        return init(InitialValues.of(present("init", values)));
    }

    private Fit init(InitialValues init) {
        return with(o -> o.init = init);
    }

    /** Where the draws come from; {@link Finish#AS_NEEDED} by default. */
    public Fit finish(Finish finish) {
        present("finish", finish);
        return with(o -> o.finish = finish);
    }

    /**
     * Keeps the state of the fit in a file while it runs, by which another process goes on where this one was killed: the same fit, with the same file,
     * ends in the same bits as one that was left alone. See {@link Checkpoint}; none by default.
     */
    public Fit checkpoint(Checkpoint checkpoint) {
        present("checkpoint", checkpoint);
        return with(o -> o.checkpoint = checkpoint);
    }

    /** As {@link #checkpoint(Checkpoint)}, every two seconds. */
    public Fit checkpoint(Path file) {
        return checkpoint(Checkpoint.in(present("file", file)));
    }

    /** The engine's constants; for experiments. */
    Fit plan(FitPlan plan) {
        return with(o -> o.plan = plan);
    }

    /** Who is told how it goes on; no one by default. */
    public Fit progress(Progress progress) {
        present("progress", progress);
        return with(o -> o.progress = progress);
    }

    /**
     * Fits. Interrupting the thread ends the fit with a {@link java.util.concurrent.CancellationException}.
     *
     * @throws org.fluvia.model.ModelException if model and data do not fit, or the log-density is not finite anywhere to
     *     start from
     * @throws CheckpointException if there is to be a checkpoint, and it cannot be written
     */
    public Posterior run() {
        if (options.repeats() > 1) return new Repeated(model.apply(options.data()), options).run();
        Budget budget = Budget.of(options.within(), options.plan().time());
        return new Engine(model.apply(options.data()), options, budget).run();
    }

    /**
     * Whether fits are right: {@link Calibration}. The data serve for their sizes ({@link Simulation#of(Model, Data)}); each repeat draws others and fits
     * them with these options, as many at once as there are {@link #threads}, each on one of them, with 99 draws. A function of the seed, unless
     * a fit runs into its limit of time. Take a {@linkplain #of(CompiledModel) compiled model}, or its definition runs for each. Interrupting the thread
     * ends it with the first fits, as many as have ended without a gap, if they are 20; it stays interrupted.
     *
     * @param repeats at least 20; 200 and more tell small faults
     * @throws org.fluvia.model.ModelException if no data can be drawn from the model: see {@link Simulation}
     * @throws java.util.concurrent.CancellationException if the thread is interrupted before that
     */
    public Calibration calibrate(int repeats) {
        check("repeats", repeats >= Calibrating.LEAST, repeats, "be at least 20");
        return new Calibrating(model, with(o -> o.checkpoint = null), options, repeats).run();
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) throw new OptionException(name, "must not be null");
        return value;
    }

    private static void check(String name, boolean holds, Object value, String constraint) {
        if (!holds) throw new OptionException(name, "must " + constraint + ", but was " + value);
    }
}
