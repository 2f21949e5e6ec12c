package org.fluvia.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.analysis.Assumptions;
import org.fluvia.autodiff.op.Form;
import org.fluvia.dist.Distribution;
import org.fluvia.support.Constrained;
import org.fluvia.support.Support;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Declares a model: its data, parameters, terms of the log-density and derived values. Used by the code that defines the
 * model, while it runs, and by no one else.
 */
public final class ModelBuilder {
    private final String modelName;
    private final Data data;
    private final Assumptions.Inputs inputs;
    private final Map<String, Expr> dataUsed = new LinkedHashMap<>();
    /** Variables of the data whose numbers the definition has seen. */
    private final Set<String> seen = new LinkedHashSet<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Quantity> derived = new LinkedHashMap<>();
    private final List<Expr> terms = new ArrayList<>();
    private final Map<String, Conditional> priors = new LinkedHashMap<>();
    private final Map<String, Level> levels = new HashMap<>();
    private final Map<String, Observation> observed = new LinkedHashMap<>();
    private final Map<String, Conditional> predicted = new LinkedHashMap<>();
    /** A line in a loop counts once. */
    private final Set<String> otherTerms = new LinkedHashSet<>();
    private final Map<String, Dimension> dimensions = new LinkedHashMap<>();
    private final Map<String, List<Dimension>> axes = new LinkedHashMap<>();
    private int unnamed;
    /** The number of unconstrained reals so far. */
    private int dimension;
    private final Sizes sizes = new Sizes();
    private final ModelWarnings warnings = new ModelWarnings();

    /** @param inputs what makes inputs of data */
    ModelBuilder(String modelName, Data data, Assumptions.Inputs inputs) {
        this.modelName = modelName;
        this.data = data;
        this.inputs = inputs;
    }

    /**
     * A variable of the data, in its own shape.
     *
     * @throws ModelException if the data have no such variable, or it holds a NaN
     */
    public Expr data(String name) {
        Expr known = dataUsed.get(name);
        if (known != null) return known;
        double[] values = known(name);
        checkNumbers(name, values, data);
        Expr x = inputs.input(name, data.shape(name), values);
        dataUsed.put(name, x);
        return x;
    }

    /** @throws ModelException if a variable of the data holds a NaN */
    static void checkNumbers(String name, double[] values, Data data) {
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new ModelException("data", data.shape(name).label(name, i) + " in " + data.source() + " must be a number, but is"
                        + " NaN" + Source.suffix() + ". Leave missing values out, or declare them as parameters: m.numbers(\"" + name
                        + "\") has them as they are.").of(name).in(data.source());
            }
        }
    }

    /** The values of a variable of the data, NaN among them. */
    private double[] known(String name) {
        Present.check("data", "a name", name);
        if (!data.has(name)) {
            throw new ModelException("data", "the model needs a variable " + name + Source.suffix() + ", but " + data.source()
                    + " has " + (data.names().isEmpty() ? "no variables" : "only " + Shown.list(data.names()))).of(name).in(data.source());
        }
        return data.values(name);
    }

    /**
     * A variable of the data, whose shape must be the one given.
     *
     * @throws ModelException if the data have no such variable, or it has another shape, or holds a NaN
     */
    public Expr data(String name, int... dims) {
        sizes.check("data", name, dims);
        Expr x = data(name);
        Shape expected = Shape.of(dims);
        if (!x.shape().equals(expected)) {
            throw new ModelException("data", name + " in " + data.source() + " must have shape " + expected + ", but has "
                    + x.shape() + Source.suffix()).of(name).in(data.source()).expecting(expected);
        }
        return x;
    }

    /**
     * A whole number of the data, as a number of Java: for sizes.
     *
     * @throws ModelException if it is no whole number
     */
    public int integer(String name) {
        Expr x = data(name);
        double v = x.shape().isScalar() ? data.values(name)[0] : Double.NaN;
        if (v != (int) v) {
            throw new ModelException("data", name + " in " + data.source() + " must be a whole number, but "
                    + (x.shape().isScalar() ? "is " + v : "has shape " + x.shape()) + Source.suffix()).of(name).in(data.source())
                    .expecting(Shape.scalar());
        }
        sizes.read(name, (int) v);
        seen.add(name);
        return (int) v;
    }

    /**
     * Whole numbers of the data, row-major, as numbers of Java: for the sizes of groups, and for loops over them.
     *
     * @throws ModelException if they are no whole numbers
     */
    public int[] integers(String name) {
        double[] values = numbers(name);
        Shape shape = data.shape(name);
        int[] whole = new int[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) values[i];
            if (whole[i] != values[i]) {
                throw new ModelException("data", element(name, i) + " in " + data.source() + " must be a whole number, but is "
                        + values[i] + Source.suffix()).of(name).in(data.source());
            }
            sizes.read(shape.label(name, i), whole[i]);
        }
        return whole;
    }

    /**
     * A number of the data, as a number of Java.
     *
     * @throws ModelException if it has a shape
     */
    public double number(String name) {
        Expr x = data(name);
        if (!x.shape().isScalar()) {
            throw new ModelException("data", name + " in " + data.source() + " must be a number, but has shape " + x.shape()
                    + Source.suffix()).of(name).in(data.source()).expecting(Shape.scalar());
        }
        seen.add(name);
        return data.values(name)[0];
    }

    /**
     * Numbers of the data, row-major, as numbers of Java: what a program does to data before it uses them. NaN stays NaN, so that
     * a model can find what is missing.
     */
    public double[] numbers(String name) {
        double[] values = known(name);
        seen.add(name);
        return values;
    }

    /**
     * A parameter with a flat (possibly improper) prior on its constrained scale; a scalar without dimensions. The last
     * dimensions are those of one vector or matrix where the support is of these, the ones before count several.
     *
     * @throws IllegalArgumentException if no value of the support has these dimensions
     */
    public Expr parameter(String name, Support support, int... dims) {
        return declared(name, support, dims).quantity().value();
    }

    private Parameter declared(String name, Support support, int... dims) {
        checkNew(name);
        Present.check("parameter", "the support of " + name, support);
        sizes.check("parameter", name, dims);
        Shape shape = Shape.of(dims);
        support.checkShape(name, shape);
        int size = support.unconstrainedSize(shape);
        Expr u = Expr.perDraw(name, Shape.of(size));
        Constrained c = support.constrain(u, shape);
        Expr value = c.value().declared(name, support.toString(), support.reach(shape));
        Parameter p = new Parameter(new Quantity(name, value), support, u, c.logAbsDetJacobian(), dimension);
        parameters.put(name, p);
        dimension += size;
        return p;
    }

    /**
     * A parameter with a prior. Its support is the prior's; its shape is the one given, or else that of the prior's own
     * parameters. Events are its last axes: {@code m.sample("b", multiNormal(mu, sigma), 8, 2)} is 8 vectors of 2.
     */
    public Expr sample(String name, Distribution prior, int... dims) {
        Present.check("sample", "the prior of " + name, prior);
        return sampled(name, prior, prior.support(), null, dims);
    }

    /**
     * A parameter with a prior and a support of its own within the prior's, for example
     * {@code m.sample("mu", normal(0, 2), Support.ordered(), 3)}. The prior's density is used as it is, not divided by the
     * probability of the support: as in Stan, that is a constant unless the prior depends on parameters.
     */
    public Expr sample(String name, Distribution prior, Support support, int... dims) {
        Present.check("sample", "the prior of " + name, prior);
        Present.check("sample", "the support of " + name, support);
        return sampled(name, prior, support, cut(support, prior), dims);
    }

    /**
     * Values that are made of several parameters, with the prior that these have: {@code m.sample("beta", Horseshoe.of(0.1), 20)}.
     * They are reported under the name, as {@link #derive} does.
     */
    public Expr sample(String name, CompositePrior prior, int... dims) {
        checkNew(name);
        Present.check("sample", "the prior of " + name, prior);
        sizes.check("sample", name, dims);
        return derive(name, prior.declare(this, name, dims));
    }

    private static @Nullable Support cut(Support support, Distribution prior) {
        return support.equals(prior.support()) ? null : support;
    }

    private Expr sampled(String name, Distribution prior, Support support, @Nullable Support cut, int... dims) {
        if (prior.hasAtoms()) {
            throw new ModelException("sample", name + " has the " + (prior.isDiscrete() ? "discrete" : "partly discrete")
                    + " prior " + prior.name() + Source.suffix()
                    + ". Parameters must be continuous: sum the discrete parameter out.").of(name);
        }
        Shape shape = shape("sample", name, prior, dims);
        Parameter p = declared(name, support, shape.dims());
        priorOf(p, prior, cut);
        return p.quantity().value();
    }

    private void priorOf(Parameter p, Distribution prior, @Nullable Support cut) {
        String name = p.quantity().name();
        Shape shape = p.quantity().shape();
        Expr logDensity = prior.logDensity(p.quantity().value()).sum();
        terms.add(logDensity);
        Level.of(prior, p.support(), shape, logDensity).ifPresent(level -> levels.put(name, level));
        priors.put(name, new Conditional(prior, prior.parameters(), shape, cut));
    }

    /** The parameter of which the distribution is the prior, if it has none yet and does not depend on it. */
    private @Nullable Parameter givenPrior(Expr values, Distribution d) {
        boolean isOfEach = d.eventRank() == 0 && d.shape().isScalar(); // so that their order does not matter
        if (!values.isPerDraw() || d.hasAtoms() || values.shape().isScalar() && !isOfEach) return null;
        Expr x = values;
        while (isOfEach && (x.op().form() == Form.RESHAPE || x.op().form() == Form.REARRANGE)) x = x.operand(0);
        Expr whole = x;
        Parameter p = parameters.values().stream().filter(q -> q.quantity().value() == whole).findFirst().orElse(null);
        if (p == null || priors.containsKey(p.quantity().name())) return null;
        return new Ancestry(parameters.values(), priors).isOf(d.parameters(), p) ? null : p;
    }

    private Shape shape(String verb, String name, Distribution d, int... dims) {
        sizes.check(verb, name, dims);
        Shape shape = dims.length == 0 ? d.shape() : Shape.of(dims);
        if (shape.isScalar() && d.eventRank() > 0) {
            throw new ModelException(verb, name + " needs dimensions, as an event of " + d.name() + " is "
                    + (d.eventRank() == 1 ? "a vector" : "a square matrix") + " of any size" + Source.suffix()
                    + ". Give them after the " + (verb.equals("sample") ? "prior" : "distribution") + ": m." + verb + "(\"" + name
                    + "\", " + d.name() + "(...), " + (d.eventRank() == 1 ? "n)." : "n, n).")).of(name);
        }
        checkShape(verb, name, shape, d);
        return shape;
    }

    /** Conditions on a variable of the data: adds its log-density, summed over its events. */
    public void observe(String name, Distribution distribution) {
        observe(data(name), distribution);
    }

    /**
     * Conditions on observed values: adds their log-density, summed over the events. Computed values have no name of their own
     * and are reported as "observed_1" and so on; {@code values.named("late")} gives one. Values that depend on parameters are
     * no data: the distribution of all elements of a parameter that was declared by {@link #parameter} is its prior, as if it had been
     * declared with it, but may depend on parameters declared later; other densities count as a part of the prior.
     */
    public void observe(Expr values, Distribution distribution) {
        Present.check("observe", "the values", values);
        String name = values.name() == null ? "the values" : values.name();
        Present.check("observe", "the distribution of " + name, distribution);
        checkShape("observe", values.name(), values.shape(), distribution);
        Parameter given = givenPrior(values, distribution);
        if (given != null) {
            priorOf(given, distribution, cut(given.support(), distribution));
            return;
        }
        if (!values.isPerDraw()) {
            SharedValues.check(() -> distribution.outsideSupport(values).ifPresent(problem -> {
                throw new ModelException("observe", problem + Source.suffix()).of(values.name());
            }));
        }
        warnings.observed(values, Source.suffix());
        Expr logDensity = distribution.logDensity(values);
        terms.add(distribution.totalLogDensity(values));
        if (values.isPerDraw()) {
            otherTerms.add("the density of " + name + Source.suffix() + ", which depends on parameters");
        } else {
            Shape shape = values.shape().isScalar() ? distribution.shape() : values.shape();
            String unique = uniqueName(values.name());
            Distribution replicates = distribution.replicating(values);
            observed.put(unique, new Observation(unique, values,
                    new Conditional(replicates, replicates.parameters(), shape, null), logDensity));
        }
    }

    /**
     * A value that is not observed, such as y at new x, or a replication of other data: it has no part in the log-density, and is
     * drawn by {@code posterior.predict(name, seed)}. Its shape is the one given, or else that of the distribution's parameters.
     * Stan's {@code array[n] real y_new = normal_rng(mu_new, sigma)} in generated quantities is
     * {@code m.predict("y_new", normal(muNew, sigma))}.
     */
    public void predict(String name, Distribution distribution, int... dims) {
        checkNew(name);
        if (observed.containsKey(name)) throw predictedAndObserved(name);
        Present.check("predict", "the distribution of " + name, distribution);
        Shape shape = shape("predict", name, distribution, dims);
        predicted.put(name, new Conditional(distribution, distribution.parameters(), shape, null));
    }

    private static ModelException predictedAndObserved(String name) {
        return new ModelException("predict", name + " is observed, and replications of it need no declaration" + Source.suffix()
                + ". Give the prediction another name.").of(name);
    }

    /** The name for observed values: their own, or the next of those for values without one. */
    private String uniqueName(@Nullable String own) {
        if (own != null && predicted.containsKey(own)) throw predictedAndObserved(own);
        String first = own == null ? "observed_" + ++unnamed : own;
        String name = first;
        for (int i = 2; observed.containsKey(name) || predicted.containsKey(name); i++) name = first + "_" + i;
        return name;
    }

    /** A term of the log-density, any shape; its elements are summed. */
    public void logDensity(Expr term) {
        Present.check("logDensity", "the term", term);
        terms.add(term.sum());
        if (term.isPerDraw()) otherTerms.add("a term of logDensity" + Source.suffix());
    }

    /** A value computed from parameters, to be reported with them. Returns it under its name. */
    public Expr derive(String name, Expr value) {
        checkNew(name);
        Expr named = Present.check("derive", "the value of " + name, value).named(name);
        derived.put(name, new Quantity(name, named));
        return named;
    }

    /**
     * A dimension that axes run over, with a name for each entry: {@code m.dimension("school", "Choate", "Deerfield", ...)}. Which axes do is
     * said by {@link #axes}.
     *
     * @throws IllegalArgumentException if there is such a dimension, or the entries are not different
     */
    public void dimension(String name, String... entries) {
        dimension(name, Arrays.asList(Present.check("dimension", "the entries of " + name, entries)));
    }

    /** As above. */
    public void dimension(String name, List<String> entries) {
        Present.check("dimension", "a name", name);
        for (String entry : Present.check("dimension", "the entries of " + name, entries)) Present.check("dimension", "an entry of " + name, entry);
        if (dimensions.containsKey(name)) {
            throw new IllegalArgumentException("dimension: there is already a dimension " + Shown.text(name) + Source.suffix());
        }
        dimensions.put(name, new Dimension(name, entries));
    }

    /**
     * What the axes of a parameter, a derived value, or observed or predicted data run over, one dimension for each axis, in order:
     * {@code m.axes("theta", "school")}. The names of the entries show in tables and pictures, and with ArviZ; nothing else depends on them.
     *
     * @throws ModelException if the model has no such value or dimension yet, or their sizes differ
     */
    public void axes(String name, String... along) {
        Shape shape = parameters.containsKey(name) ? parameters.get(name).quantity().shape() : derived.containsKey(name) ? derived.get(name).shape()
                : observed.containsKey(name) ? observed.get(name).distribution().shape() : predicted.containsKey(name) ? predicted.get(name).shape() : null;
        if (shape == null) {
            throw new ModelException("axes", "there is no parameter, derived value, or observed or predicted data " + Shown.text(name) + " yet"
                    + Source.suffix() + ". Declare it first.").of(name);
        }
        List<Dimension> all = new ArrayList<>();
        for (String dimension : along) {
            Dimension d = dimensions.get(dimension);
            if (d == null) {
                throw new ModelException("axes", "there is no dimension " + Shown.text(String.valueOf(dimension)) + Source.suffix()
                        + (dimensions.isEmpty() ? "" : "; there are " + Shown.list(dimensions.keySet()))
                        + ". Declare it first: m.dimension(\"school\", \"Choate\", \"Deerfield\").").of(name);
            }
            all.add(d);
        }
        int[] sizes = all.stream().mapToInt(d -> d.entries().size()).toArray();
        if (!Arrays.equals(sizes, shape.dims())) {
            throw new ModelException("axes", name + " has shape " + shape + ", but its dimensions have " + (sizes.length == 1 ? sizes[0] + " entries"
                    : Arrays.toString(sizes) + " entries") + Source.suffix()).of(name).expecting(shape);
        }
        axes.put(name, all);
    }

    private static void checkShape(String verb, @Nullable String name, Shape shape, Distribution distribution) {
        distribution.misfit(shape).ifPresent(problem -> {
            throw new ModelException(verb, (name == null ? "the values" : name) + " has shape " + shape + ", but " + problem + Source.suffix()
                    + (distribution.eventRank() == 0 ? ". They must be equal, or one a scalar."
                    : ". The last " + (distribution.eventRank() == 1 ? "axis" : "two axes") + " of a value must be those of an"
                    + " event; axes before count independent events.")).of(name);
        });
    }

    private void checkNew(String name) {
        Present.check("model", "a name", name);
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*") || name.endsWith("__")) {
            throw new ModelException("a parameter's name must consist of letters, digits and _, begin with a letter and not"
                    + " end with __, but was \"" + name + "\"" + Source.suffix()).of(name);
        }
        if (data.has(name)) warnings.namedAsData(name, data, Source.suffix());
        if (parameters.containsKey(name) || derived.containsKey(name) || predicted.containsKey(name)) {
            throw new ModelException("there is already a parameter or derived value named " + name + Source.suffix()
                    + ". Names must differ.").of(name);
        }
    }

    private String element(String name, int i) {
        return data.shape(name).label(name, i);
    }

    Recording build() {
        if (parameters.isEmpty()) {
            throw new ModelException("model " + modelName + " has no parameters. Declare at least one with m.sample or"
                    + " m.parameter.");
        }
        List<Parameter> ordered = new Ancestry(parameters.values(), priors).ordered();
        return new Recording(modelName, List.copyOf(parameters.values()), ordered, List.copyOf(derived.values()), terms, levels,
                new Conditionals(priors, List.copyOf(observed.values()), predicted, new ArrayList<>(otherTerms)), axes,
                warnings.all(data, dataUsed.keySet()));
    }

    /** The inputs that the data are, by name, in the order of their use. */
    Map<String, Expr> dataUsed() {
        return dataUsed;
    }

    /** The variables of the data whose numbers the definition has seen. */
    Set<String> seen() {
        return seen;
    }

    /** @param at where its own unconstrained reals begin in the model's */
    record Parameter(Quantity quantity, Support support, Expr unconstrained, Expr logAbsDetJacobian, int at) {}
}
