package org.fluvia.bench.score;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelBuilder;
import org.fluvia.vi.Fit;

/**
 * What is fitted, and what is known of it.
 *
 * @param kind the heading under which it stands
 * @param name unlike that of any other
 * @param due what a fit has to do
 * @param fit of a seed: with default options, or with those that the target is about
 * @param truth made when it is first needed
 */
record Target(String kind, String name, Due due, LongFunction<Fit> fit, Supplier<Truth> truth) {
    /** What a fit has to do. */
    enum Due {
        /** To be right, and trusted. */
        ANSWER,
        /** Not to be trusted if it is wrong: the model, or an option, makes it hard to be right. */
        HONESTY,
        /** To be refused, or not to be trusted: there is no posterior. */
        REFUSAL
    }

    static Target of(String kind, String name, Consumer<ModelBuilder> model, Supplier<Truth> truth) {
        return of(kind, name, Data.empty(), model, truth);
    }

    static Target of(String kind, String name, Data data, Consumer<ModelBuilder> model, Supplier<Truth> truth) {
        return new Target(kind, name, Due.ANSWER, seed -> Fit.of(Model.define(name, model)).data(data).seed(seed), truth);
    }

    /** Of a model without a posterior. */
    static Target improper(String kind, String name, Data data, Consumer<ModelBuilder> model) {
        return new Target(kind, name, Due.REFUSAL, seed -> Fit.of(Model.define(name, model)).data(data).seed(seed), () -> posterior -> Score.OF_NOTHING);
    }

    /** The same, under hard terms. */
    Target under(String heading, String terms, UnaryOperator<Fit> options) {
        return new Target(heading, name + "_" + terms, Due.HONESTY, seed -> options.apply(fit.apply(seed)), truth);
    }

    /** All elements of x alike. */
    static Truth each(int elements, Margin margin, double logEvidence) {
        return new Exact(Map.of("x", Collections.nCopies(elements, margin)), logEvidence);
    }

    static Truth x(double logEvidence, Margin... elements) {
        return new Exact(Map.of("x", List.of(elements)), logEvidence);
    }
}
