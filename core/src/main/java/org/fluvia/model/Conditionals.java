package org.fluvia.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;

/**
 * What a model says of distributions beside its log-density: priors, observations, predictions, and what is none of them. Immutable.
 *
 * @param priors of the parameters that have one, by name
 * @param predictions of values that are not observed, by name, in the order of declaration
 * @param otherTerms terms that depend on parameters and are neither a prior nor the density of observed data, in words
 */
record Conditionals(Map<String, Conditional> priors, List<Observation> observations, Map<String, Conditional> predictions,
                    List<String> otherTerms) {

    Conditionals {
        priors = Collections.unmodifiableMap(new LinkedHashMap<>(priors));
        observations = List.copyOf(observations);
        predictions = Collections.unmodifiableMap(new LinkedHashMap<>(predictions));
        otherTerms = List.copyOf(otherTerms);
    }

    /** Everything recorded in terms of parameters and data, to be placed in the model's vector. */
    List<Expr> expressions() {
        List<Expr> all = new ArrayList<>();
        priors.values().forEach(c -> all.addAll(c.parameters()));
        for (Observation o : observations) {
            all.addAll(o.distribution().parameters());
            all.add(o.logDensity());
            all.add(o.values());
        }
        predictions.values().forEach(c -> all.addAll(c.parameters()));
        return all;
    }

    /** The same with other expressions, in the order of {@link #expressions}. */
    Conditionals placed(Iterator<Expr> expressions) {
        Map<String, Conditional> placedPriors = placed(priors, expressions);
        List<Observation> placed = new ArrayList<>();
        for (Observation o : observations) {
            Conditional distribution = placed(o.distribution(), expressions);
            Expr logDensity = expressions.next().repeatedOverDraws();
            placed.add(new Observation(o.name(), expressions.next(), distribution, logDensity));
        }
        return new Conditionals(placedPriors, placed, placed(predictions, expressions), otherTerms);
    }

    private static Map<String, Conditional> placed(Map<String, Conditional> all, Iterator<Expr> expressions) {
        Map<String, Conditional> placed = new LinkedHashMap<>();
        all.forEach((name, c) -> placed.put(name, placed(c, expressions)));
        return placed;
    }

    private static Conditional placed(Conditional c, Iterator<Expr> expressions) {
        return new Conditional(c.distribution(), c.parameters().stream().map(p -> expressions.next()).toList(), c.shape(), c.cut());
    }
}
