package org.fluvia.vi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;
import org.fluvia.vi.draws.AtDraws;
import org.jspecify.annotations.Nullable;

/** The fits of a {@link Calibration}: as many at once as there are threads, each on one. */
final class Calibrating {
    /** Fewer fits say next to nothing. */
    static final int LEAST = 20;
    /** So few that the draws of a posterior are next to independent, and a rank has as many values as a picture shows; chosen. */
    static final int DRAWS = 99;

    private final Function<Data, BoundModel> binding;
    private final Fit fit;
    private final Options options;
    private final int repeats;

    /** @param fit with its options, the seed and threads of all fits together among them */
    Calibrating(Function<Data, BoundModel> binding, Fit fit, Options options, int repeats) {
        this.binding = binding;
        this.fit = fit.draws(DRAWS).threads(1).progress(Progress.none());
        this.options = options;
        this.repeats = repeats;
    }

    /** @param truth what the data were drawn at, by element */
    private record Numbered(int repeat, Calibration.Outcome outcome, Map<String, Double> truth) {}

    Calibration run() {
        Simulation simulation = Simulation.of(binding, options.data(), Data.empty());
        @Nullable Numbered[] all = new Numbered[repeats];
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(options.threads(), repeats), task -> {
            Thread t = new Thread(task, "fluvia-calibration");
            t.setDaemon(true);
            return t;
        });
        long began = System.nanoTime();
        try {
            CompletionService<Numbered> fits = new ExecutorCompletionService<>(pool);
            for (int r = 0; r < repeats; r++) {
                int repeat = r;
                fits.submit(() -> one(simulation, repeat));
            }
            for (int done = 1; done <= repeats; done++) {
                Numbered n = fits.take().get();
                all[n.repeat] = n;
                double seconds = (System.nanoTime() - began) * 1e-9;
                options.progress().report(new Progress.Event("fits", done, repeats, Double.NaN, seconds / done * (repeats - done)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            int first = first(all);
            if (first < LEAST) throw new CancellationException("calibration: interrupted");
            return of(simulation, some(all, first));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        options.progress().report(new Progress.Event(Progress.DONE, 0, 0, Double.NaN, 0));
        return of(simulation, some(all, repeats));
    }

    private static Calibration of(Simulation simulation, List<Numbered> fits) {
        return new Calibration(simulation.modelName(), DRAWS, withoutConstants(fits));
    }

    private static List<Numbered> some(@Nullable Numbered[] all, int count) {
        return Arrays.stream(all, 0, count).map(Objects::requireNonNull).toList();
    }

    /** How many of the first have ended: of those alone it is not their speed that decided which are there. */
    private static int first(@Nullable Numbered[] all) {
        int n = 0;
        while (n < all.length && all[n] != null) n++;
        return n;
    }

    private Numbered one(Simulation simulation, int repeat) {
        long began = System.nanoTime();
        Simulation.Drawn drawn = simulation.draw(SplitMix.at(options.seed(), 2L * repeat));
        long seed = SplitMix.at(options.seed(), 2L * repeat + 1);
        try {
            Posterior p = fit.data(drawn.data()).seed(seed).run();
            Map<String, Integer> ranks = new LinkedHashMap<>();
            Map<String, Double> truth = new LinkedHashMap<>();
            for (Quantity q : p.quantities()) {
                double[] values = (drawn.parameters().has(q.name()) ? drawn.parameters() : drawn.derived()).values(q.name());
                List<String> names = q.elementNames();
                for (int i = 0; i < values.length; i++) {
                    truth.put(names.get(i), values[i]);
                    ranks.put(names.get(i), rank(values[i], p.draws(names.get(i)), SplitMix.at(seed, ranks.size())));
                }
            }
            truth.put(Calibration.LOG_DENSITY, logDensity(drawn));
            ranks.put(Calibration.LOG_DENSITY, rank(truth.get(Calibration.LOG_DENSITY), p.logDensity(), SplitMix.at(seed, ranks.size())));
            return new Numbered(repeat, new Calibration.Outcome(p.verdict(), ranks, p.seconds()), truth);
        } catch (ModelException e) {
            return new Numbered(repeat, new Calibration.Outcome(Verdict.FAIL, Map.of(), (System.nanoTime() - began) * 1e-9), Map.of());
        }
    }

    /** An element that is the same in every model, as the diagonal of correlations, has no rank. */
    private static List<Calibration.Outcome> withoutConstants(List<Numbered> all) {
        List<Calibration.Outcome> outcomes = new ArrayList<>();
        for (Numbered n : all) {
            Map<String, Integer> ranks = new LinkedHashMap<>(n.outcome.ranks());
            ranks.keySet().removeIf(name -> all.size() > 1
                    && all.stream().filter(m -> m.truth.containsKey(name)).map(m -> m.truth.get(name)).distinct().count() == 1);
            outcomes.add(new Calibration.Outcome(n.outcome.verdict(), Collections.unmodifiableMap(ranks), n.outcome.seconds()));
        }
        return outcomes;
    }

    /** That of the model, unconstrained, at what the data were drawn at. */
    private double logDensity(Simulation.Drawn drawn) {
        BoundModel model = binding.apply(drawn.data());
        double[] u = InitialValues.of(drawn.parameters()).unconstrained("parameters", model);
        return AtDraws.of(model.unconstrained(), DMatrixRMaj.wrap(u.length, 1, u)).values(model.logDensityUnconstrained()).data[0];
    }

    /** How many draws are below, and of those that are equal a number that chance tells. What is no number is above all others. */
    private static int rank(double truth, double[] draws, long seed) {
        int below = 0;
        int equal = 0;
        for (double x : draws) {
            if (x == truth || Double.isNaN(x) && Double.isNaN(truth)) equal++;
            else if (x < truth || Double.isNaN(truth)) below++;
        }
        return below + (int) (SplitMix.uniform(seed, 0) * (equal + 1));
    }
}
