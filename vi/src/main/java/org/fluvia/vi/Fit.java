package org.fluvia.vi;

import java.time.Duration;
import java.util.Map;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.budget.Budget;
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

    private final Model model;
    private final Options options;

    /** What a fit can be told. */
    record Options(Data data, FlowSpec flow, int draws, int batch, long seed, Duration within, int threads, Progress progress,
                   @Nullable InitialValues init) {}

    private Fit(Model model, Options options) {
        this.model = model;
        this.options = options;
    }

    public static Fit of(Model model) {
        return new Fit(present("model", model), new Options(Data.empty(), Flows.realNvp(), DEFAULT_DRAWS, DEFAULT_BATCH, DEFAULT_SEED,
                DEFAULT_LIMIT,
                Runtime.getRuntime().availableProcessors(), Progress.none(), null));
    }

    /** The data; none by default. */
    public Fit data(Data data) {
        Options o = options;
        return new Fit(model, new Options(present("data", data), o.flow, o.draws, o.batch, o.seed, o.within, o.threads, o.progress, o.init));
    }

    /** The family of the last rung; {@link Flows#realNvp()} by default. It is only climbed where a Gaussian is not enough. */
    public Fit flow(FlowSpec flow) {
        Options o = options;
        return new Fit(model, new Options(o.data, present("flow", flow), o.draws, o.batch, o.seed, o.within, o.threads, o.progress, o.init));
    }

    /** The number of draws the posterior has; 10,000 by default: their Monte-Carlo error is 1 % of a standard deviation. */
    public Fit draws(int draws) {
        check("draws", draws >= 1, draws, "be at least 1");
        Options o = options;
        return new Fit(model, new Options(o.data, o.flow, draws, o.batch, o.seed, o.within, o.threads, o.progress, o.init));
    }

    /** Draws in one step of the optimisation; 256 by default. More is slower and steadier. */
    public Fit batch(int batch) {
        check("batch", batch >= 8, batch, "be at least 8");
        Options o = options;
        return new Fit(model, new Options(o.data, o.flow, o.draws, batch, o.seed, o.within, o.threads, o.progress, o.init));
    }

    /** The same seed gives the same bits, on any number of threads; 1 by default. */
    public Fit seed(long seed) {
        Options o = options;
        return new Fit(model, new Options(o.data, o.flow, o.draws, o.batch, seed, o.within, o.threads, o.progress, o.init));
    }

    /**
     * The time a fit may take; 2 minutes by default. A fit that runs into it gives the best there is by then, judged on as many draws as
     * there is time for, and says so ({@link Posterior#limitHit}); where there is not enough, the verdict is FAIL. Only then do results
     * depend on the machine's speed. The user's own code, while it records the model or computes a density, is not ended.
     */
    public Fit within(Duration limit) {
        present("within", limit);
        check("within", !limit.isNegative() && !limit.isZero(), limit, "be positive");
        Options o = options;
        return new Fit(model, new Options(o.data, o.flow, o.draws, o.batch, o.seed, limit, o.threads, o.progress, o.init));
    }

    /** Threads to compute with; all processors by default. */
    public Fit threads(int threads) {
        check("threads", threads >= 1 && threads <= 1024, threads, "be from 1 to 1024");
        Options o = options;
        return new Fit(model, new Options(o.data, o.flow, o.draws, o.batch, o.seed, o.within, threads, o.progress, o.init));
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
        Options o = options;
        return new Fit(model, new Options(o.data, o.flow, o.draws, o.batch, o.seed, o.within, o.threads, o.progress, init));
    }

    /** Who is told how it goes on; no one by default. */
    public Fit progress(Progress progress) {
        Options o = options;
        return new Fit(model, new Options(o.data, o.flow, o.draws, o.batch, o.seed, o.within, o.threads, present("progress", progress),
                o.init));
    }

    /**
     * Fits. Interrupting the thread ends the fit with a {@link java.util.concurrent.CancellationException}.
     *
     * @throws org.fluvia.model.ModelException if model and data do not fit, or the log-density is not finite anywhere to
     *     start from
     */
    public Posterior run() {
        Budget budget = Budget.of(options.within);
        return new Engine(model.bind(options.data), options, budget).run();
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException("fit: " + name + " must not be null");
        return value;
    }

    private static void check(String name, boolean holds, Object value, String constraint) {
        if (!holds) throw new IllegalArgumentException("fit: " + name + " must " + constraint + ", but was " + value);
    }
}
