package org.fluvia.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.analysis.ExternalGradients;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.autodiff.analysis.SufficientStatistics;
import org.fluvia.support.Support;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * A model recorded for its data: a log-density over unconstrained real vectors, and the named quantities of a draw.
 * Immutable.
 */
public final class BoundModel {
    private final Recording recording;
    private final Data data;
    /** What the recording's inputs of data are replaced by; empty where it was made for these data. */
    private final Map<Expr, Expr> replaced;
    private final double[] centring;
    private final Recording.Placed placed;
    private final Expr logDensity;
    private final Expr logDensityUnconstrained;
    /** As the user wrote it, for messages; the densities above take sums over data together. */
    private final Expr logDensityAsDeclared;

    private BoundModel(Recording recording, Data data, Map<Expr, Expr> replaced, double[] centring) {
        this.recording = recording;
        this.data = data;
        this.replaced = replaced;
        this.centring = centring;
        placed = recording.placed(replaced, centring);
        List<Expr> densities = SufficientStatistics.of(List.of(placed.logDensity(), placed.logDensityUnconstrained()));
        logDensity = densities.get(0).repeatedOverDraws();
        logDensityUnconstrained = densities.get(1).repeatedOverDraws();
        logDensityAsDeclared = placed.logDensityUnconstrained().repeatedOverDraws();
    }

    /** @param replaced what the recording's inputs of data are replaced by; empty where it was made for these data */
    static BoundModel of(Recording recording, Data data, Map<Expr, Expr> replaced) {
        return new BoundModel(recording, data, replaced, new double[0]);
    }

    public String name() {
        return recording.name();
    }

    public Data data() {
        return data;
    }

    /**
     * What is lawful and yet may be a mistake, a sentence each: data observed twice, a parameter or derived value named as data are,
     * data that the model does not use.
     */
    public List<String> warnings() {
        return recording.warnings();
    }

    /** The number of unconstrained reals. */
    public int dimension() {
        return unconstrained().shape().size();
    }

    /** The vector (dimension) per draw that everything is recorded in terms of: {@link Expr#substitute} it. */
    public Expr unconstrained() {
        return placed.unconstrained();
    }

    /**
     * The elements of the unconstrained vector that are levels of a hierarchy: with a normal prior, or another one by location and scale,
     * or a log-normal or multivariate normal one, whose scale depends on parameters.
     */
    public int[] levels() {
        return placed.levels().entrySet().stream().flatMapToInt(l -> IntStream.range(l.getKey(), l.getKey() + l.getValue().shape().size()))
                .toArray();
    }

    /**
     * This model in other coordinates: an element z of a level is loc + scale^(1 - c) (y - c loc), and y is the element of the
     * {@linkplain #unconstrained unconstrained vector}, whose log-density is that of y. Location and scale of an element of a vector
     * are those given the elements before. Parameters and all that is made of them stay what they are (Gorinova, Moore and Hoffman 2020).
     *
     * @param degrees c for each element of the unconstrained vector, from 0 to 1; read where it is one of {@link #levels}. As recorded
     *     all are 1
     */
    public BoundModel centred(double[] degrees) {
        if (degrees.length != dimension()) {
            throw new IllegalArgumentException("centred: there must be " + dimension() + " degrees, but there were " + degrees.length);
        }
        return new BoundModel(recording, data, replaced, degrees.clone());
    }

    /** The unconstrained vector of this model {@linkplain #centred in other coordinates}, made of this one's. */
    public Expr unconstrainedOf(BoundModel other) {
        List<Expr> parts = new ArrayList<>();
        int at = 0;
        for (int size : unconstrainedSizes()) {
            Expr own = unconstrained().slice(at, at + size);
            Level level = size == 0 ? null : placed.levels().get(at);
            parts.add(level == null ? own : level.moved(own, centring(at, level), other.centring(at, level)));
            at += size;
        }
        return Expr.concat(parts.toArray(Expr[]::new));
    }

    /** The degrees of centring of a level that begins at an element. */
    private double[] centring(int at, Level level) {
        return centring.length == 0 ? level.centred() : Arrays.copyOfRange(centring, at, at + level.shape().size());
    }

    /** log |dz / dy|, of the unconstrained vector as the model was recorded and in these coordinates; a scalar per draw. */
    public Expr logAbsDetCentring() {
        Expr sum = Expr.of(0);
        for (Map.Entry<Integer, Level> l : placed.levels().entrySet()) {
            sum = sum.plus(l.getValue().logAbsDet(centring(l.getKey(), l.getValue())));
        }
        return sum.repeatedOverDraws();
    }

    /** log |dx / dy|, of the parameters on their constrained scale and of the unconstrained vector in these coordinates; a scalar per draw. */
    public Expr logAbsDetJacobian() {
        return placed.logAbsDetJacobian().plus(logAbsDetCentring()).repeatedOverDraws();
    }

    /** The log-density of the parameters on their constrained scale, all constants kept, no Jacobian; a scalar per draw. */
    public Expr logDensity() {
        return logDensity;
    }

    /** The log-density of the unconstrained vector: with the Jacobian of the constraining transform, and of {@link #centred}. */
    public Expr logDensityUnconstrained() {
        return logDensityUnconstrained;
    }

    /** Whether the log-density has second derivatives; not where it is the user's own code: {@link Expr#hasFirstDerivativesOnly}. */
    public boolean isDifferentiableTwice() {
        return !logDensityUnconstrained.hasFirstDerivativesOnly();
    }

    /**
     * Compares gradients of the user's own code ({@link Model#external}, {@link Expr#external}) with differences of its values, at
     * the same points in every run; nothing where there is no such code.
     *
     * @param goOn asked between evaluations, of which there are some hundreds; false ends the search
     * @throws ModelException if a gradient is wrong at several points, in words that name the element, a point and both numbers
     */
    public void checkExternalGradients(BooleanSupplier goOn) {
        String problem = ExternalGradients.problem(logDensityUnconstrained, unconstrained(), goOn);
        if (problem != null) throw new ModelException("model " + name(), problem);
    }

    /** Why the log-density is not finite at an unconstrained vector, in words: see {@link NonFinite}; null if it is finite. */
    public @Nullable String explain(double[] unconstrainedPoint) {
        return NonFinite.explain(logDensityAsDeclared, Map.of(unconstrained(), unconstrainedPoint));
    }

    /** The parameters on their constrained scale, in the order they were declared. */
    public List<Quantity> parameters() {
        return placed.parameters();
    }

    /**
     * The places of parameters in {@link #parameters}, each after those that its prior depends on: so they are drawn from the prior one after
     * the other. 0, 1, 2 and so on, but where a prior was given by {@link ModelBuilder#observe}.
     */
    public int[] drawingOrder() {
        return recording.ordered().stream().mapToInt(recording.declared()::indexOf).toArray();
    }

    /** The number of unconstrained reals of each parameter, in the order in which they follow one another. */
    public List<Integer> unconstrainedSizes() {
        return recording.declared().stream().map(p -> p.unconstrained().shape().size()).toList();
    }

    /** What the axes of parameters, derived values, and observed and predicted data run over, by name, where the model says so. */
    public Map<String, List<Dimension>> axes() {
        return recording.axes();
    }

    /** The derived values, in the order they were declared. */
    public List<Quantity> derived() {
        return placed.derived();
    }

    /** What is observed, in the order of declaration. */
    public List<Observation> observations() {
        return placed.conditionals().observations();
    }

    /** The distributions of what is predicted and not observed, by name, in the order of declaration. */
    public Map<String, Conditional> predictions() {
        return placed.conditionals().predictions();
    }

    /** The prior that a parameter has by {@link ModelBuilder#sample} or {@link ModelBuilder#observe}; null if it is flat. */
    public @Nullable Conditional prior(String parameter) {
        return placed.conditionals().priors().get(parameter);
    }

    /**
     * The terms of the log-density that depend on parameters and are neither a prior declared by sample nor the density of
     * observed data, in words: "a term of logDensity (Model.java:12)".
     */
    public List<String> otherTerms() {
        return placed.conditionals().otherTerms();
    }

    /** What each parameter may be, in words such as "real", in the order they were declared. */
    public List<String> supports() {
        return recording.declared().stream().map(p -> p.support().toString()).toList();
    }

    /**
     * The unconstrained vector at constrained values that are not known yet, such as inputs per draw: infinite where one lies on the boundary
     * of its support, and meaningless outside.
     *
     * @param constrained all parameters by name, each in its shape
     */
    public Expr unconstrainedAt(Map<String, Expr> constrained) {
        Map<Expr, Expr> values = new HashMap<>(replaced);
        for (ModelBuilder.Parameter p : recording.declared()) {
            Expr value = constrained.get(p.quantity().name());
            if (value == null || !value.shape().equals(p.quantity().shape())) {
                throw new IllegalArgumentException("unconstrainedAt: there must be a value of " + p.quantity().name() + " of shape "
                        + p.quantity().shape() + ", but there is " + (value == null ? "none" : "one of " + value.shape()));
            }
            values.put(p.quantity().value(), value);
        }
        List<Expr> parts = new ArrayList<>();
        for (ModelBuilder.Parameter p : recording.declared()) {
            Expr z = boundsAt(p, values).unconstrain(requireNonNull(values.get(p.quantity().value()))).flatten();
            Level level = levelAt(p, values);
            parts.add(level == null ? z : level.moved(z, level.centred(), centring(p.at(), level)));
        }
        return Expr.concat(parts.toArray(Expr[]::new));
    }

    /** A parameter's support, whose bounds depend on other parameters. */
    private static Support boundsAt(ModelBuilder.Parameter p, Map<Expr, Expr> values) {
        return p.support().mapBounds(bound -> Expr.substitute(List.of(bound), values).get(0));
    }

    private @Nullable Level levelAt(ModelBuilder.Parameter p, Map<Expr, Expr> values) {
        Level level = p.unconstrained().shape().size() == 0 ? null : recording.levels().get(p.quantity().name());
        return level == null ? null : level.with(Expr.substitute(level.parameters(), values));
    }

    /**
     * The unconstrained vector at constrained values of all parameters.
     *
     * @param constrained each parameter's elements, row-major
     * @throws ModelException if a parameter is missing, of the wrong length, outside its support or on its boundary
     */
    public double[] unconstrain(Map<String, double[]> constrained) {
        checkNames("point", constrained);
        for (Quantity parameter : parameters()) {
            if (!constrained.containsKey(parameter.name())) {
                throw new ModelException("point", "parameter " + parameter.name() + " is missing; the point has "
                        + (constrained.isEmpty() ? "none" : Shown.list(constrained.keySet()))).of(parameter.name()).expecting(parameter.shape());
            }
        }
        return unconstrain("point", constrained);
    }

    /**
     * The unconstrained vector at constrained values of some parameters; it is 0 where a parameter is not among them.
     *
     * @param what the values are, for messages: "point", "init"
     * @param constrained elements by parameter, row-major
     * @throws ModelException if the model has no such parameter, or a value is of the wrong length, outside its support or on its
     *     boundary
     */
    public double[] unconstrain(String what, Map<String, double[]> constrained) {
        checkNames(what, constrained);
        Map<Expr, Expr> values = new HashMap<>(replaced);
        double[] u = new double[dimension()];
        for (ModelBuilder.Parameter p : recording.ordered()) {
            int at = p.at();
            String name = p.quantity().name();
            Shape shape = p.quantity().shape();
            int size = p.unconstrained().shape().size();
            Support support = boundsAt(p, values);
            Level here = levelAt(p, values);
            Expr value;
            if (constrained.containsKey(name)) {
                value = given(what, p.quantity(), constrained.get(name));
                double[] z = inside(what, name, support, value);
                double[] y = here == null ? z : SharedValues.of(here.moved(Expr.shared(name, Shape.of(size), z), here.centred(), centring(at, here)));
                System.arraycopy(y, 0, u, at, size);
            } else {
                Expr y = Expr.shared(name, Shape.of(size), new double[size]);
                value = support.constrain(here == null ? y : here.moved(y, centring(at, here), here.centred()), shape).value();
            }
            values.put(p.quantity().value(), value);
        }
        return u;
    }

    private void checkNames(String what, Map<String, double[]> constrained) {
        for (String given : constrained.keySet()) {
            if (parameters().stream().noneMatch(q -> q.name().equals(given))) {
                throw new ModelException(what, "the model has no parameter " + Shown.text(given) + "; it has " + String.join(", ",
                        parameters().stream().map(Quantity::name).toList())).of(given);
            }
        }
    }

    private static Expr given(String what, Quantity parameter, double[] v) {
        if (v.length != parameter.shape().size()) {
            throw new ModelException(what, "parameter " + parameter.name() + " must have " + parameter.shape().size()
                    + " values, but has " + v.length).of(parameter.name()).expecting(parameter.shape());
        }
        return Expr.shared(parameter.name(), parameter.shape(), v);
    }

    private static double[] inside(String what, String parameter, Support support, Expr value) {
        support.violation(parameter, value).ifPresent(problem -> {
            throw new ModelException(what, problem).of(parameter);
        });
        double[] u = SharedValues.of(support.unconstrain(value));
        for (double element : u) {
            if (!Double.isFinite(element)) {
                throw new ModelException(what, "parameter " + parameter + " must lie inside its support, " + support
                        + ", and not on its boundary").of(parameter);
            }
        }
        return u;
    }

    /** The name, then a line for each parameter with its shape and support, what is derived, observed and predicted, and the data. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("model " + name() + ", " + dimension() + " unconstrained dimension" + (dimension() == 1 ? "" : "s"));
        for (ModelBuilder.Parameter p : recording.declared()) {
            lines.add("  parameter " + p.quantity().name() + " " + p.quantity().shape() + ", " + p.support());
        }
        derived().forEach(q -> lines.add("  derived   " + q.name() + " " + q.shape()));
        observations().forEach(o -> lines.add("  observed  " + o.name() + " " + o.values().shape()));
        predictions().forEach((what, c) -> lines.add("  predicted " + what + " " + c.shape()));
        lines.add("  data      " + data);
        return String.join(System.lineSeparator(), lines);
    }
}
