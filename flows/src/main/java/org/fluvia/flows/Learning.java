package org.fluvia.flows;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.training.Adam;
import org.fluvia.flows.training.Cosine;
import org.fluvia.flows.training.GradientLearner;
import org.fluvia.flows.training.Plateaus;
import org.fluvia.flows.training.Schedule;
import org.fluvia.flows.training.Stage;
import org.fluvia.flows.training.StopRule;
import org.fluvia.flows.training.Training;

/**
 * Learns a distribution from samples by maximum likelihood: every choice in one place, each with a default that works. Adam goes against the
 * gradient of the mean of -log q over minibatches, in which each row comes once in a pass through the data, less the weights'
 * {@link org.fluvia.flows.bijection.Bijection#logPrior} over the number of rows; the mean of log q over rows that are held out says which
 * weights are best. The data are standardised within the flow, so densities and draws are in their units. Immutable; each method returns a
 * changed copy.
 *
 * <pre>{@code
 * LearnedFlow flow = Learning.of(Flows.maf()).seed(7).within(Duration.ofMinutes(1)).run(Samples.of(rows));
 * }</pre>
 *
 * @param flow the recipe, turned towards densities where it was not told which way round to be
 * @param seed of the flow's structure and initial weights, of which rows are held out and of the order of the others
 * @param validation the share of rows that is held out, more than 0 and less than 1; never more than 10,000 rows, which are enough
 * @param batch rows in a step; all where there are fewer
 * @param rate the first step size of Adam; it falls to 0 with the cosine of the passes so far. Of 1e-3, 2e-3 and 4e-3, and of falling with the
 *     cosine, or in the last third, or half, of the passes alone, 4e-3 with the cosine learned most of spirals, a chequerboard and digits in 20
 *     passes, and all learned as much of 8 Gaussians, to 0.01 nats
 * @param epochs the most passes through the data; at least so many times 50 steps
 * @param patience epochs without progress on the rows held out, after which a smaller step size is tried from the best weights
 * @param within the time it may take
 * @param threads that share the work; results do not depend on them
 * @param progress told of each epoch, on the thread that runs the training
 */
public record Learning(FlowSpec flow, long seed, double validation, int batch, double rate, int epochs, int patience, Duration within,
                       int threads, Consumer<TrainingRecord.Epoch> progress) {
    private static final int MOST_HELD_OUT = 10_000;
    private static final int MOST_STEPS_OF_AN_EPOCH = 500;
    private static final int LEAST_STEPS_OF_AN_EPOCH = 50;
    /** From so many on it is worth to wait for vectors to be compiled. */
    private static final int MANY_STEPS = 2_000;
    /** Each step size is so much of the one before. */
    private static final double SHRINK = 0.3;
    /** Step sizes that are tried. */
    private static final int RATES = 3;
    /** A gradient longer than this many times the usual is cut to it, as in fits to models. */
    private static final double LONGEST = 5;
    private static final double NEWEST = 0.05;

    public Learning {
        Dimensions.present("Learning", "flow", flow);
        Dimensions.part("Learning", "validation", validation);
        Dimensions.atLeast("Learning", "batch", 1, batch);
        Dimensions.bound("Learning", "rate", rate);
        Dimensions.atLeast("Learning", "epochs", 1, epochs);
        Dimensions.atLeast("Learning", "patience", 1, patience);
        Dimensions.atLeast("Learning", "threads", 1, threads);
        if (Dimensions.present("Learning", "within", within).isNegative() || within.isZero()) {
            throw new IllegalArgumentException("Learning: within must be positive, but was " + within);
        }
        Dimensions.present("Learning", "progress", progress);
    }

    /** With all defaults. */
    public static Learning of(FlowSpec flow) {
        return new Learning(flow, 1, 0.1, 256, 4e-3, 200, 20, ChronoUnit.FOREVER.getDuration(), 1, epoch -> { });
    }

    public Learning seed(long seed) {
        return new Learning(flow, seed, validation, batch, rate, epochs, patience, within, threads, progress);
    }

    /** With this share of rows held out. */
    public Learning validation(double share) {
        return new Learning(flow, seed, share, batch, rate, epochs, patience, within, threads, progress);
    }

    public Learning batch(int rows) {
        return new Learning(flow, seed, validation, rows, rate, epochs, patience, within, threads, progress);
    }

    public Learning rate(double first) {
        return new Learning(flow, seed, validation, batch, first, epochs, patience, within, threads, progress);
    }

    public Learning epochs(int most) {
        return new Learning(flow, seed, validation, batch, rate, most, patience, within, threads, progress);
    }

    public Learning patience(int epochs) {
        return new Learning(flow, seed, validation, batch, rate, this.epochs, epochs, within, threads, progress);
    }

    /** With a limit of time: what is best when it is up is the result. */
    public Learning within(Duration limit) {
        return new Learning(flow, seed, validation, batch, rate, epochs, patience, limit, threads, progress);
    }

    public Learning threads(int threads) {
        return new Learning(flow, seed, validation, batch, rate, epochs, patience, within, threads, progress);
    }

    public Learning progress(Consumer<TrainingRecord.Epoch> listener) {
        return new Learning(flow, seed, validation, batch, rate, epochs, patience, within, threads, listener);
    }

    /**
     * Learns. Interrupting the thread ends it with the best weights so far, and leaves the thread interrupted.
     *
     * @throws IllegalArgumentException if there are too few rows, or a column does not vary
     * @throws CancellationException if the thread was interrupted before there was anything to return
     */
    public LearnedFlow run(Samples samples) {
        Run run = new Run();
        int[] rows = shuffledRows(Dimensions.present("Learning", "samples", samples));
        int held = (int) Math.min(MOST_HELD_OUT, Math.round(validation * rows.length));
        if (held < 2 || rows.length - held < 2) {
            throw new IllegalArgumentException("Learning: there must be at least two rows to learn from and two held out, but of " + rows.length
                    + (samples.isWeighted() ? " rows with a weight" : rows.length == 1 ? " row" : " rows") + " a share of " + validation + " is " + held
                    + ". Take more rows, or another share by validation.");
        }
        int[] learned = Arrays.copyOfRange(rows, held, rows.length);
        Standardisation standardisation = Standardisation.of(samples, learned, flow.isOfStandardised());
        FlowSpec spec = flow.towards(FlowSpec.Use.DENSITY);
        LearnedFlow.Built built = LearnedFlow.Built.of(spec, standardisation, seed);
        try (Workers workers = Workers.of(threads, run::isUp)) {
            return run.learn(spec, standardisation, built, samples, learned, Arrays.copyOf(rows, held), workers);
        }
    }

    private int[] shuffledRows(Samples samples) {
        int[] rows = IntStream.range(0, samples.size()).filter(i -> samples.weight(i) > 0).toArray();
        SplitMix.shuffle(rows, SplitMix.at(seed, 1));
        return rows;
    }

    /** One training, and what its stages say. */
    private final class Run implements Stage {
        private static final double NANO = 1e-9;

        private final long begin = System.nanoTime();
        private final double limit = within.getSeconds() + within.getNano() * NANO;
        private final List<TrainingRecord.Epoch> epochs = new ArrayList<>();
        private volatile boolean started;
        private boolean wasCut;
        private int steps;
        private int best;

        double seconds() {
            return (System.nanoTime() - begin) * NANO;
        }

        boolean isUp() {
            return started && seconds() > limit;
        }

        LearnedFlow learn(FlowSpec spec, Standardisation standardisation, LearnedFlow.Built built, Samples samples, int[] learned, int[] held,
                          Workers workers) {
            Batches batches = new Batches(samples, learned, Math.min(batch, learned.length), SplitMix.at(seed, 2));
            MaximumLikelihood likelihood = new MaximumLikelihood(built.flow(), built.context(), samples, batches, held, workers);
            double[] weights = built.flow().weights().initial();
            likelihood.start(built.context(), weights, samples, learned);
            int ofPass = Math.max(LEAST_STEPS_OF_AN_EPOCH, learned.length / batches.size());
            StopRule rule = new StopRule((int) Math.min(Integer.MAX_VALUE, (long) Learning.this.epochs * ofPass),
                    Math.min(MOST_STEPS_OF_AN_EPOCH, ofPass), 0, 0);
            Schedule schedule = new Cosine(new Plateaus(rate, SHRINK, RATES, patience), rule.mostSteps());
            if (rule.mostSteps() >= MANY_STEPS) likelihood.expectManySteps();
            HeldOut[] scores = new HeldOut[2];
            GradientLearner<HeldOut> learner = new GradientLearner<>(weights, likelihood, () -> new Adam(weights.length), w -> {
                HeldOut score = likelihood.score(w);
                if (scores[0] == null) {
                    scores[0] = score;
                    scores[1] = score;
                    started = true;
                    return score;
                }
                likelihood.slowDown(schedule.rate(steps - 1) / rate);
                int number = epochs.size() + 1;
                TrainingRecord.Epoch epoch = new TrainingRecord.Epoch(number, steps, likelihood.takeMean(), score.mean(), schedule.rate(steps - 1));
                epochs.add(epoch);
                progress.accept(epoch);
                if (score.value() > scores[1].value()) {
                    scores[1] = score;
                    best = number;
                }
                return score;
            }, LONGEST, NEWEST);
            Training.run(learner, schedule, rule, this);
            if (wasCut && !Thread.currentThread().isInterrupted() && likelihood.hasStepped()) {
                started = false; // what came since the last judgement is judged, though the time is up
                HeldOut before = scores[1];
                if (learner.score().value() > before.value()) learner.keep();
            }
            if (scores[0] == null) throw new CancellationException("Learning: interrupted before there was anything to return");
            TrainingRecord record = new TrainingRecord(epochs, best, scores[1].logLikelihood(), ending(scores[0], rule), seconds(), seed);
            return new LearnedFlow(spec, standardisation, built, learner.best(), record);
        }

        private TrainingRecord.Ending ending(HeldOut first, StopRule rule) {
            if (wasCut) return Thread.currentThread().isInterrupted() ? TrainingRecord.Ending.INTERRUPTED : TrainingRecord.Ending.TIME;
            TrainingRecord.Epoch last = epochs.get(epochs.size() - 1);
            if (!(last.train() > first.mean() - 1 && Double.isFinite(last.heldOut()))) return TrainingRecord.Ending.DIVERGED;
            return last.steps() + rule.judgeEvery() > rule.mostSteps() ? TrainingRecord.Ending.EPOCHS : TrainingRecord.Ending.NO_PROGRESS;
        }

        @Override
        public void report(int step, int steps, double estimate) {
            // progress is told epoch by epoch
        }

        @Override
        public boolean goOn() {
            if (Thread.currentThread().isInterrupted() || isUp()) {
                cut();
                return false;
            }
            steps++;
            return true;
        }

        @Override
        public void cut() {
            wasCut = true;
        }
    }
}
