package org.fluvia.vi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Quantity;
import org.fluvia.vi.diagnostics.Summary;

/**
 * The result of a fit: a verdict, draws of every parameter and derived value, and the flow to make more. Immutable and
 * thread-safe.
 */
public final class Posterior {
    private final Approximation approximation;
    private final Assessment assessment;
    private final List<Quantity> quantities;
    private final Map<String, Integer> firstRow = new LinkedHashMap<>();
    private final Map<String, Integer> elementRow = new LinkedHashMap<>();
    /** Elements of all quantities x draws. */
    private final DMatrixRMaj values;
    private final double[] logDensity;
    private final double[] logApproximation;
    private final double effectiveDraws;
    private final long seed;
    private final double seconds;

    Posterior(Approximation approximation, Assessment assessment, Approximation.Draws draws, double effectiveDraws,
              long seed, double seconds) {
        this.approximation = approximation;
        this.assessment = assessment;
        this.quantities = approximation.quantities();
        this.values = draws.values();
        this.logDensity = draws.logDensity();
        this.logApproximation = draws.logApproximation();
        this.effectiveDraws = effectiveDraws;
        this.seed = seed;
        this.seconds = seconds;
        int row = 0;
        for (Quantity q : quantities) {
            firstRow.put(q.name(), row);
            for (String element : q.elementNames()) elementRow.put(element, row++);
        }
    }

    /** PASS, RESAMPLED or FAIL. */
    public Verdict verdict() {
        return assessment.verdict();
    }

    /** The verdict with its reasons and figures. */
    public Assessment assessment() {
        return assessment;
    }

    public String modelName() {
        return approximation.modelName();
    }

    public long seed() {
        return seed;
    }

    /** Wall-clock seconds from binding the model to the verdict. */
    public double seconds() {
        return seconds;
    }

    /** The number of draws. */
    public int drawCount() {
        return values.numCols;
    }

    /** Parameters, then derived values, in the order they were declared. */
    public List<Quantity> quantities() {
        return quantities;
    }

    /** The names of all elements, {@code mu}, {@code theta[1]}, ...: row-major within a quantity. */
    public List<String> names() {
        return List.copyOf(elementRow.keySet());
    }

    /**
     * The draws of one scalar or element, {@code "tau"} or {@code "theta[3]"}; a copy.
     *
     * @throws IllegalArgumentException if there is no such name, or it has several elements
     */
    public double[] draws(String name) {
        int row = row(name);
        return java.util.Arrays.copyOfRange(values.data, row * values.numCols, (row + 1) * values.numCols);
    }

    /** All draws, a copy: (elements in the order of {@link #names}) x draws. */
    public DMatrixRMaj draws() {
        return values.copy();
    }

    /** The model's log-density at each draw, on the unconstrained scale (with Jacobian); a copy. */
    public double[] logDensity() {
        return logDensity.clone();
    }

    /** The flow's log-density at each draw, on the unconstrained scale; a copy. */
    public double[] logApproximation() {
        return logApproximation.clone();
    }

    /** Mean, sd, Monte-Carlo error and quantiles of one scalar or element. */
    public Summary summary(String name) {
        return Summary.of(values.data, row(name) * values.numCols, values.numCols, effectiveDraws);
    }

    /** The summaries of all elements, by name. */
    public Map<String, Summary> summaries() {
        Map<String, Summary> all = new LinkedHashMap<>();
        for (String name : elementRow.keySet()) all.put(name, summary(name));
        return all;
    }

    /** The p-quantile of one scalar or element, by linear interpolation between draws (type 7 of Hyndman and Fan 1996). */
    public double quantile(String name, double p) {
        return Summary.quantile(draws(name), p);
    }

    /** The share of draws for which something holds: {@code posterior.probability(d -> d.get("tau") > 5)}. */
    public double probability(Predicate<Draw> holds) {
        int count = 0;
        for (int j = 0; j < values.numCols; j++) {
            if (holds.test(new Draw(this, j))) count++;
        }
        return (double) count / values.numCols;
    }

    /** The log of the flow's normalised density at constrained values of all parameters; see {@link #logDensity()} for the model's. */
    public double logDensity(Map<String, double[]> point) {
        return approximation.logDensity(point);
    }

    /**
     * New draws of the flow, not resampled: (elements in the order of {@link #names}) x n. The same seed gives the same draws.
     */
    public DMatrixRMaj sample(int n, long seed) {
        return approximation.sample(n, seed).values();
    }

    int row(String name) {
        Integer row = elementRow.get(name);
        if (row != null) return row;
        if (firstRow.containsKey(name)) {
            Shape shape = quantities.stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow().shape();
            throw new IllegalArgumentException("posterior: " + name + " has shape " + shape + "; name one element, for example "
                    + name + "[1" + ",1".repeat(shape.rank() - 1) + "]");
        }
        throw new IllegalArgumentException("posterior: there is no parameter " + name + "; there are "
                + String.join(", ", firstRow.keySet()));
    }

    double value(int row, int draw) {
        return values.data[row * values.numCols + draw];
    }

    /** The verdict, then the table of summaries. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: %s", modelName(), verdict()));
        for (String reason : assessment.reasons()) lines.add("  " + reason);
        lines.add(String.format(Locale.ROOT, "  k-hat %.2f, ESS %.0f of %d, ELBO %.3f +- %.3f, log evidence %.3f +- %.3f, %.1f s",
                assessment.khat(), assessment.ess(), assessment.proposals(), assessment.elbo().value(),
                assessment.elbo().standardError(), assessment.logEvidence().value(),
                assessment.logEvidence().standardError(), seconds));
        lines.add("");
        lines.addAll(new SummaryTable(summaries()).lines());
        return String.join(System.lineSeparator(), lines);
    }
}
