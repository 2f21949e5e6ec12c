package org.fluvia.vi.draws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Conditional;
import org.fluvia.model.Observation;
import org.fluvia.model.Quantity;
import org.fluvia.vi.predictive.LogLikelihood;
import org.fluvia.vi.predictive.ObservedData;
import org.fluvia.vi.predictive.PointLikelihood;
import org.fluvia.vi.predictive.Predictions;

/** What a model observes or predicts, at draws of its parameters. Immutable. */
public final class Observed {
    /** Doubles of log-likelihood that are held at a time. */
    private static final int BLOCK = 1 << 22;

    private final BoundModel model;

    public Observed(BoundModel model) {
        this.model = model;
    }

    public List<String> names() {
        return model.observations().stream().map(Observation::name).toList();
    }

    public List<String> predictedNames() {
        return List.copyOf(model.predictions().keySet());
    }

    public List<ObservedData> data() {
        return model.observations().stream().map(o -> new ObservedData(o.name(), o.distribution().shape(), values(o), o.logDensity().shape(),
                model.axes().getOrDefault(o.name(), List.of()))).toList();
    }

    /** In the shape of their distribution. */
    private static double[] values(Observation o) {
        double[] values = SharedValues.of(o.values());
        int size = o.distribution().shape().size();
        if (values.length != 1 || size == 1) return values;
        double[] repeated = new double[size];
        Arrays.fill(repeated, values[0]);
        return repeated;
    }

    /** The number of observations: of events, all together. */
    public int count() {
        return model.observations().stream().mapToInt(o -> o.logDensity().shape().size()).sum();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public Observation named(String what, String name) {
        checkAny(what);
        return model.observations().stream().filter(o -> o.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + ": the model observes no " + name + "; it observes "
                        + String.join(", ", names()) + ". Computed values get a name by values.named(\"" + name + "\")."));
    }

    /**
     * One value of what is observed or predicted for each draw.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Predictions predict(String name, AtDraws at, double[] usable, long seed) {
        Conditional c = model.predictions().get(name);
        if (c == null) return predict(named("predict", name), at, usable, seed);
        int number = model.observations().size() + predictedNames().indexOf(name);
        AtDraws.Sample s = at.sample(c, SplitMix.at(seed, number));
        List<String> notes = notes("predictions of " + name, s, usable);
        return Predictions.of(name, c.shape(), new Quantity(name, Expr.perDraw(name, c.shape())).elementNames(), s.values(), notes);
    }

    /** @throws IllegalArgumentException if the model has no observation at all */
    public void checkAny(String what) {
        if (model.observations().isEmpty()) {
            throw new IllegalArgumentException(what + ": the model " + model.name() + " must observe data, but has no observation"
                    + (model.otherTerms().isEmpty() ? "" : ", only " + String.join(", ", model.otherTerms()))
                    + ". Declare them with m.observe: a term of logDensity belongs to no observation.");
        }
    }

    /** @throws IllegalArgumentException if the model observes nothing, or only data without elements */
    public void checkSome(String what) {
        checkAny(what);
        if (count() > 0) return;
        throw new IllegalArgumentException(what + ": there must be at least one observation, but " + String.join(", ", names()) + " of the model "
                + model.name() + (names().size() == 1 ? " has" : " have") + " no elements");
    }

    /**
     * One replication for each draw.
     *
     * @param usable the model's log-density at each draw: where it is not finite the replication is NaN; not modified
     */
    private Predictions predict(Observation o, AtDraws at, double[] usable, long seed) {
        AtDraws.Sample s = at.sample(o.distribution(), SplitMix.at(seed, model.observations().indexOf(o)));
        List<String> notes = notes("replications of " + o.name(), s, usable);
        Shape shape = o.distribution().shape();
        return Predictions.of(o.name(), shape, new Quantity(o.name(), Expr.perDraw(o.name(), shape)).elementNames(), values(o), s.values(), notes);
    }

    /** Makes values of draws without a finite density NaN, and says what is NaN. */
    private static List<String> notes(String what, AtDraws.Sample s, double[] usable) {
        int without = 0;
        for (int j = 0; j < s.values().numCols; j++) {
            if (Double.isFinite(usable[j])) continue;
            without++;
            for (int i = 0; i < s.values().numRows; i++) s.values().set(i, j, Double.NaN);
        }
        List<String> notes = new ArrayList<>();
        if (s.invalid() > 0) notes.add(Predictions.invalid(what, s.invalid(), s.values().numCols, s.reason()));
        if (without > 0) notes.add(String.format(Locale.ROOT, "%s are NaN in %,d draws without a finite density.", what, without));
        return notes;
    }

    public LogLikelihood logLikelihood(List<Observation> chosen, AtDraws at) {
        List<String> names = new ArrayList<>();
        for (Observation o : chosen) names.addAll(new Quantity(o.name(), o.logDensity()).elementNames());
        Expr[] parts = chosen.stream().map(o -> o.logDensity().flatten()).toArray(Expr[]::new);
        return LogLikelihood.of(names, at.values(Expr.concat(parts)));
    }

    /** The log-likelihood of every observation, computed block by block while it is gone through. */
    public Iterable<PointLikelihood> points(AtDraws at) {
        return () -> new Points(at);
    }

    private final class Points implements Iterator<PointLikelihood> {
        private final AtDraws at;
        private final Iterator<Observation> observations = model.observations().iterator();
        private Expr logDensity = Expr.vector();
        private List<String> names = List.of();
        private double[] values = {};
        private DMatrixRMaj block = new DMatrixRMaj(0, 0);
        private int blockStart;
        private int next;

        Points(AtDraws at) {
            this.at = at;
        }

        @Override
        public boolean hasNext() {
            while (next == names.size() && observations.hasNext()) {
                Observation o = observations.next();
                logDensity = o.logDensity().flatten();
                names = new Quantity(o.name(), o.logDensity()).elementNames();
                values = SharedValues.of(o.values());
                block = new DMatrixRMaj(0, 0);
                blockStart = 0;
                next = 0;
            }
            return next < names.size();
        }

        @Override
        public PointLikelihood next() {
            if (!hasNext()) throw new NoSuchElementException();
            if (next == blockStart + block.numRows) {
                blockStart = next;
                int rows = Math.min(names.size() - next, Math.max(1, BLOCK / at.count()));
                block = at.values(logDensity.slice(next, next + rows));
            }
            int size = Math.max(1, values.length / names.size());
            int from = values.length == 1 ? 0 : next * size;
            List<Double> observed = Arrays.stream(values, from, from + size).boxed().toList();
            int row = next - blockStart;
            double[] likelihood = Arrays.copyOfRange(block.data, row * block.numCols, (row + 1) * block.numCols);
            return new PointLikelihood(names.get(next++), observed, likelihood);
        }
    }
}
