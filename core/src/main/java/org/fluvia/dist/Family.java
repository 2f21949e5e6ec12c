package org.fluvia.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.catalogue.Catalogue;

/** A family of distributions, such as the normal ones: a row of {@link Families}. Immutable and thread-safe. */
public final class Family implements Catalogue.Row {
    /** What its members are distributions of, or how they are made. */
    public enum Kind {
        NUMBERS("Numbers"), COUNTS("Whole numbers"), CATEGORIES("Categories and ranks"), VECTORS("Vectors"), MATRICES("Matrices"),
        REGRESSIONS("Regressions"), DERIVED("Made of others");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** What a distribution is made from: other distributions, as a mixture is, and the parameters of its own. */
    record Ingredients(List<Distribution> parts, List<Expr> parameters) {}

    /**
     * A parameter.
     *
     * @param name as in {@link Distributions}
     * @param rank the number of axes of one value: 0 for a number, 1 for a vector, 2 for a matrix
     * @param constraints what it is checked for; empty where all numbers will do
     */
    public record Parameter(String name, int rank, List<Constraint> constraints) {}

    private final String name;
    private final String stanName;
    private final String description;
    private final String formula;
    private final String source;
    private final List<String> arguments;
    private final List<List<String>> ways;
    private final BiFunction<List<Distribution>, List<Expr>, Distribution> maker;
    private final Supplier<Ingredients> example;

    Family(String name, String stanName, String description, String formula, String source, List<String> arguments, List<List<String>> ways,
            BiFunction<List<Distribution>, List<Expr>, Distribution> maker, Supplier<Ingredients> example) {
        this.name = name;
        this.stanName = stanName;
        this.description = description;
        this.formula = formula;
        this.source = source;
        this.arguments = arguments;
        this.ways = ways;
        this.maker = maker;
        this.example = example;
    }

    /** The name of its factory in {@link Distributions}. */
    @Override
    public String name() {
        return name;
    }

    /** The name in Stan's programs; empty if there is none. */
    public String stanName() {
        return stanName;
    }

    @Override
    public String description() {
        return description;
    }

    /** The log-density or log-mass, with what it needs of x and of the parameters. */
    public String formula() {
        return formula;
    }

    @Override
    public String source() {
        return source;
    }

    /** The call that makes one: "normal(loc, scale)", "truncated(distribution, lower, upper)". */
    public String call() {
        return name + "(" + String.join(", ", arguments) + ")";
    }

    /** The parameters in the order of the factory, with the constraints that the constructor checks. */
    public List<Parameter> parameters() {
        Ingredients given = example.get();
        List<String> parameterNames = ways.get(0);
        List<Expr> arguments = new ArrayList<>(); // by name, and each of its own: a check is found by what it is of
        for (int k = 0; k < parameterNames.size(); k++) {
            Expr x = given.parameters().get(k);
            arguments.add(Expr.shared(parameterNames.get(k), x.shape(), SharedValues.of(x)));
        }
        List<ParameterChecks.Demand> demands = ParameterChecks.demandsOf(() -> of(given.parts(), arguments));
        List<Parameter> parameters = new ArrayList<>();
        for (Expr x : arguments) {
            List<Constraint> constraints = demands.stream().filter(d -> d.of() == x).map(ParameterChecks.Demand::constraint)
                    .distinct().toList();
            parameters.add(new Parameter(parameterNames.get(arguments.indexOf(x)), x.shape().rank(), constraints));
        }
        return List.copyOf(parameters);
    }

    /**
     * The member with these parameters.
     *
     * @param parameters in the order of {@link #parameters}, or as another factory of the name takes them: a multinomial without
     *     its number of trials
     * @throws IllegalArgumentException if they do not fit, or if it is made of other distributions
     */
    public Distribution of(List<Expr> parameters) {
        return of(List.of(), parameters);
    }

    /**
     * The member that is made of these distributions, with these parameters.
     *
     * @param parts as many as it takes: two or more for a mixture, one for what is truncated, none for most
     * @param parameters as for {@link #of(List)}
     * @throws IllegalArgumentException if they do not fit
     */
    public Distribution of(List<Distribution> parts, List<Expr> parameters) {
        Ingredients fitting = example.get();
        if (ways.stream().noneMatch(w -> w.size() == parameters.size()) || parts.isEmpty() != fitting.parts().isEmpty()) {
            throw new IllegalArgumentException(name + ": is made as " + call() + ", but was given " + parts.size() + " distributions and "
                    + parameters.size() + " parameters");
        }
        return maker.apply(parts, parameters);
    }

    /** One of them. */
    public Distribution example() {
        Ingredients given = example.get();
        return of(given.parts(), given.parameters());
    }

    /** What kind its members are of. */
    public Kind kind() {
        Distribution d = example();
        if (!example.get().parts().isEmpty()) return Kind.DERIVED;
        if (!d.name().equals(name)) return Kind.REGRESSIONS; // another family at a linear predictor
        if (d.eventRank() > 0) return d.eventRank() == 1 ? Kind.VECTORS : Kind.MATRICES;
        return d instanceof Categories ? Kind.CATEGORIES : d.isDiscrete() ? Kind.COUNTS : Kind.NUMBERS;
    }

    /** Where events may lie, in words: "real", "positive", "simplex". */
    public String support() {
        return example().support().toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
