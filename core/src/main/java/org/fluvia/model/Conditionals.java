package org.fluvia.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;

/**
 * What a model says of distributions beside its log-density: priors, observations, and what is neither. Immutable.
 *
 * @param priors of the parameters declared with one, by name, in the order of declaration
 * @param otherTerms terms that depend on parameters and are neither a prior nor the density of observed data, in words
 */
record Conditionals(Map<String, Conditional> priors, List<Observation> observations, List<String> otherTerms) {

    Conditionals {
        priors = Collections.unmodifiableMap(new LinkedHashMap<>(priors));
        observations = List.copyOf(observations);
        otherTerms = List.copyOf(otherTerms);
    }

    /** Everything recorded in terms of parameters, to be placed in the model's vector. */
    List<Expr> expressions() {
        List<Expr> all = new ArrayList<>();
        priors.values().forEach(c -> all.addAll(c.parameters()));
        for (Observation o : observations) {
            all.addAll(o.distribution().parameters());
            all.add(o.logDensity());
        }
        return all;
    }

    /** The same with other expressions, in the order of {@link #expressions}. */
    Conditionals placed(Iterator<Expr> expressions) {
        Map<String, Conditional> placedPriors = new LinkedHashMap<>();
        priors.forEach((parameter, c) -> placedPriors.put(parameter, placed(c, expressions)));
        List<Observation> placed = new ArrayList<>();
        for (Observation o : observations) {
            Conditional distribution = placed(o.distribution(), expressions);
            placed.add(new Observation(o.name(), o.values(), distribution, expressions.next().repeatedOverDraws()));
        }
        return new Conditionals(placedPriors, placed, otherTerms);
    }

    private static Conditional placed(Conditional c, Iterator<Expr> expressions) {
        return new Conditional(c.distribution(), c.parameters().stream().map(p -> expressions.next()).toList(), c.shape(), c.cut());
    }
}
