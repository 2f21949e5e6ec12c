package org.fluvia.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NonFinite;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.SufficientStatistics;
import org.jspecify.annotations.Nullable;

/**
 * A model recorded for its data: a log-density over unconstrained real vectors, and the named quantities of a draw.
 * Immutable.
 */
public final class BoundModel {
    private final String name;
    private final Data data;
    private final List<ModelBuilder.Parameter> parameters;
    private final List<Quantity> derived;
    private final Expr unconstrained;
    private final Expr logDensity;
    private final Expr logDensityUnconstrained;
    /** As the user wrote it, for messages; the densities above take sums over data together. */
    private final Expr logDensityAsDeclared;
    private final Conditionals conditionals;

    private BoundModel(String name, Data data, List<ModelBuilder.Parameter> parameters, List<Quantity> derived,
                       Expr unconstrained, Expr logDensity, Expr logDensityUnconstrained, Expr logDensityAsDeclared,
                       Conditionals conditionals) {
        this.name = name;
        this.data = data;
        this.parameters = parameters;
        this.derived = derived;
        this.unconstrained = unconstrained;
        this.logDensity = logDensity;
        this.logDensityUnconstrained = logDensityUnconstrained;
        this.logDensityAsDeclared = logDensityAsDeclared;
        this.conditionals = conditionals;
    }

    static BoundModel of(String name, Data data, List<ModelBuilder.Parameter> declared, List<Quantity> derived,
                         List<Expr> terms, Conditionals conditionals) {
        int dimension = 0;
        for (ModelBuilder.Parameter p : declared) dimension += p.unconstrained().shape().size();
        if (dimension == 0) throw new ModelException("model " + name + ": all parameters are empty (of size 0)");
        Expr u = Expr.perDraw("unconstrained", Shape.of(dimension));

        Map<Expr, Expr> places = new HashMap<>();
        List<Expr> all = new ArrayList<>();
        int at = 0;
        Expr jacobian = Expr.of(0);
        for (ModelBuilder.Parameter p : declared) {
            int size = p.unconstrained().shape().size();
            places.put(p.unconstrained(), u.slice(at, at + size));
            at += size;
            all.add(p.quantity().value());
            jacobian = jacobian.plus(p.logAbsDetJacobian());
        }
        derived.forEach(q -> all.add(q.value()));
        Expr density = terms.stream().reduce(Expr.of(0), Expr::plus);
        all.add(density);
        all.add(density.plus(jacobian));
        int n = all.size();
        all.addAll(conditionals.expressions());

        List<Expr> placed = Expr.substitute(all, places);
        List<ModelBuilder.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            ModelBuilder.Parameter p = declared.get(i);
            parameters.add(new ModelBuilder.Parameter(new Quantity(p.quantity().name(), placed.get(i)), p.support(),
                    p.unconstrained(), p.logAbsDetJacobian()));
        }
        List<Quantity> derivedPlaced = new ArrayList<>();
        for (int i = 0; i < derived.size(); i++) {
            derivedPlaced.add(new Quantity(derived.get(i).name(), placed.get(declared.size() + i).repeatedOverDraws()));
        }
        List<Expr> densities = SufficientStatistics.of(placed.subList(n - 2, n));
        return new BoundModel(name, data, parameters, derivedPlaced, u, densities.get(0).repeatedOverDraws(),
                densities.get(1).repeatedOverDraws(), placed.get(n - 1).repeatedOverDraws(),
                conditionals.placed(placed.listIterator(n)));
    }

    public String name() {
        return name;
    }

    public Data data() {
        return data;
    }

    /** The number of unconstrained reals. */
    public int dimension() {
        return unconstrained.shape().size();
    }

    /** The vector (dimension) per draw that everything is recorded in terms of: {@link Expr#substitute} it. */
    public Expr unconstrained() {
        return unconstrained;
    }

    /** The log-density of the parameters on their constrained scale, all constants kept, no Jacobian; a scalar per draw. */
    public Expr logDensity() {
        return logDensity;
    }

    /** The log-density of the unconstrained vector: with the Jacobian of the constraining transform. */
    public Expr logDensityUnconstrained() {
        return logDensityUnconstrained;
    }

    /** Whether the log-density has second derivatives: not where it is the user's own code. */
    public boolean isDifferentiableTwice() {
        return !logDensityUnconstrained.dependsOnExternalCode();
    }

    /** Why the log-density is not finite at an unconstrained vector, in words: see {@link NonFinite}; null if it is finite. */
    public @Nullable String explain(double[] unconstrainedPoint) {
        return NonFinite.explain(logDensityAsDeclared, Map.of(unconstrained, unconstrainedPoint));
    }

    /** The parameters on their constrained scale, in the order they were declared. */
    public List<Quantity> parameters() {
        return parameters.stream().map(ModelBuilder.Parameter::quantity).toList();
    }

    /** The derived values, in the order they were declared. */
    public List<Quantity> derived() {
        return derived;
    }

    /** What is observed, in the order of declaration. */
    public List<Observation> observations() {
        return conditionals.observations();
    }

    /** The prior that a parameter was declared with by {@link ModelBuilder#sample}; null if it was declared flat. */
    public @Nullable Conditional prior(String parameter) {
        return conditionals.priors().get(parameter);
    }

    /**
     * The terms of the log-density that depend on parameters and are neither a prior declared by sample nor the density of
     * observed data, in words: "a term of logDensity (Model.java:12)".
     */
    public List<String> otherTerms() {
        return conditionals.otherTerms();
    }

    /**
     * The unconstrained vector at constrained values of all parameters.
     *
     * @param constrained each parameter's elements, row-major
     * @throws ModelException if a parameter is missing, of the wrong length or outside its support
     */
    public double[] unconstrain(Map<String, double[]> constrained) {
        Map<Expr, Expr> values = new HashMap<>();
        List<Expr> inverses = new ArrayList<>();
        for (ModelBuilder.Parameter p : parameters) {
            String parameter = p.quantity().name();
            Shape shape = p.quantity().shape();
            double[] v = constrained.get(parameter);
            if (v == null) {
                throw new ModelException("point: parameter " + parameter + " is missing; the point has "
                        + String.join(", ", constrained.keySet()));
            }
            if (v.length != shape.size()) {
                throw new ModelException("point: parameter " + parameter + " must have " + shape.size() + " values, but has "
                        + v.length);
            }
            Expr value = Expr.shared(parameter, shape, v);
            values.put(p.quantity().value(), value);
            inverses.add(p.support().unconstrain(value));
        }
        for (String given : constrained.keySet()) {
            if (parameters.stream().noneMatch(p -> p.quantity().name().equals(given))) {
                throw new ModelException("point: the model has no parameter " + given + "; it has " + String.join(", ",
                        parameters().stream().map(Quantity::name).toList()));
            }
        }
        double[] u = SharedValues.of(Expr.concat(Expr.substitute(inverses, values).toArray(new Expr[0])));
        checkFinite(u);
        return u;
    }

    private void checkFinite(double[] u) {
        int at = 0;
        for (ModelBuilder.Parameter p : parameters) {
            for (int i = 0; i < p.unconstrained().shape().size(); i++, at++) {
                if (!Double.isFinite(u[at])) {
                    throw new ModelException("point: parameter " + p.quantity().name() + " must lie inside its support, "
                            + p.support() + ", and not on its boundary");
                }
            }
        }
    }
}
