package org.fluvia.support;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.Catalogue;

/** A kind of support, such as the intervals: a row of {@link Supports}. Immutable and thread-safe. */
public final class SupportKind implements Catalogue.Row {
    private final String name;
    private final String stanName;
    private final String description;
    private final String transform;
    private final String source;
    private final List<String> parameters;
    private final Function<List<Expr>, Support> maker;
    private final Supplier<List<Expr>> example;

    SupportKind(String name, String stanName, String description, String transform, String source, List<String> parameters,
                Function<List<Expr>, Support> maker, Supplier<List<Expr>> example) {
        this.name = name;
        this.stanName = stanName;
        this.description = description;
        this.transform = transform;
        this.source = source;
        this.parameters = parameters;
        this.maker = maker;
        this.example = example;
    }

    /** The name of its factory in {@link Support}. */
    @Override
    public String name() {
        return name;
    }

    /** The type in Stan's programs, or the bounds that make it one; empty if there is none. */
    public String stanName() {
        return stanName;
    }

    @Override
    public String description() {
        return description;
    }

    /** The map from an unconstrained u. */
    public String transform() {
        return transform;
    }

    @Override
    public String source() {
        return source;
    }

    /** The names of the parameters, in the order of the factory: bounds, which are scalars or of a value's shape. */
    public List<String> parameters() {
        return parameters;
    }

    /**
     * The support with these parameters.
     *
     * @throws IllegalArgumentException if there are not as many, or if they do not fit
     */
    public Support of(List<Expr> values) {
        if (values.size() != parameters.size()) {
            throw new IllegalArgumentException(name + ": takes " + parameters + ", but was given " + values.size() + " parameters");
        }
        return maker.apply(values);
    }

    /** One of them. */
    public Support example() {
        return of(example.get());
    }

    @Override
    public String toString() {
        return name;
    }
}
