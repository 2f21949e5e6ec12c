package org.fluvia.vi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.draws.AtDraws;
import org.fluvia.vi.draws.NamedDraws;
import org.fluvia.vi.draws.Observed;
import org.fluvia.vi.draws.SummaryTable;
import org.fluvia.vi.predictive.Predictions;

/** Draws of a model's parameters and derived values from the prior. Immutable and thread-safe. */
public final class PriorDraws {
    private final BoundModel model;
    private final AtDraws at;
    private final NamedDraws named;
    private final List<String> invalid;

    /** @param invalid what could not be drawn, in words */
    PriorDraws(BoundModel model, AtDraws at, NamedDraws named, List<String> invalid) {
        this.model = model;
        this.at = at;
        this.named = named;
        this.invalid = List.copyOf(invalid);
    }

    public String modelName() {
        return model.name();
    }

    /** The number of draws. */
    public int drawCount() {
        return named.count();
    }

    /** Parameters, then derived values, in the order they were declared. */
    public List<Quantity> quantities() {
        return named.quantities();
    }

    /** The names of all elements, {@code mu}, {@code theta[1]}, ...: row-major within a quantity. */
    public List<String> names() {
        return named.names();
    }

    /**
     * The draws of one scalar or element, {@code "tau"} or {@code "theta[3]"}; a copy.
     *
     * @throws IllegalArgumentException if there is no such name, or it has several elements
     */
    public double[] draws(String name) {
        return named.draws(name);
    }

    /**
     * The draws of a parameter or derived value of any shape, {@code array("theta")[draw][element]}; a copy. Elements are in
     * row-major order, the last index running fastest: element (i, j) of a matrix with k columns, counted from 0, is
     * {@code i * k + j}. A scalar has one.
     *
     * @throws IllegalArgumentException if there is no such name
     */
    public double[][] array(String name) {
        return named.array(name);
    }

    /** All draws, a copy: (elements in the order of {@link #names}) x draws. */
    public DMatrixRMaj draws() {
        return named.values();
    }

    /** Mean, sd and quantiles of one scalar or element. Of a prior without a mean they are those of these draws only. */
    public Summary summary(String name) {
        return named.summary(name, named.count());
    }

    /** The summaries of all elements, by name. */
    public Map<String, Summary> summaries() {
        return named.summaries(named.count());
    }

    /**
     * What could not be drawn, as a prior's parameter is invalid in some draws, and what is not finite, a sentence each: see
     * {@link Posterior#notes}.
     */
    public List<String> notes() {
        List<String> all = new ArrayList<>(invalid);
        all.addAll(named.notFinite(at));
        return all;
    }

    /** The share of draws for which something holds: {@code draws.probability(d -> d.get("tau") > 5)}. */
    public double probability(Predicate<Draw> holds) {
        return named.probability(j -> holds.test(new Draw(named, j)));
    }

    /** The names of what the model observes. */
    public List<String> observed() {
        return new Observed(model).names();
    }

    /** The names of what the model declares by {@code m.predict}. */
    public List<String> predicted() {
        return new Observed(model).predictedNames();
    }

    /** Prior predictive draws of all that is observed, and of all that is predicted, by name: see {@link #predict(String, long)}. */
    public Map<String, Predictions> predict(long seed) {
        Map<String, Predictions> all = new LinkedHashMap<>();
        for (String name : observed()) all.put(name, predict(name, seed));
        for (String name : predicted()) all.put(name, predict(name, seed));
        return all;
    }

    /** What is made of parameters, at the draws. */
    AtDraws at() {
        return at;
    }

    /**
     * Prior predictive draws: for each draw one replication of observed data, in their shape. The same seed gives the same
     * replications.
     *
     * @param name of the data, see {@link #observed()}, or declared by {@code m.predict}
     * @throws IllegalArgumentException if the model observes and predicts no such data, with the names of those it does
     */
    public Predictions predict(String name, long seed) {
        return new Observed(model).predict(name, at, new double[named.count()], seed);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(List.of(modelName() + ": " + named.count() + " draws from the prior"));
        lines.addAll(new SummaryTable(summaries()).lines());
        for (String note : notes()) lines.add("Note: " + note);
        return String.join(System.lineSeparator(), lines);
    }
}
