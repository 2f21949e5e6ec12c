package org.fluvia.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder.Parameter;

/** Which parameters are made of which others: by the bounds of their supports, and by the parameters of their priors. */
final class Ancestry {
    private final Map<Expr, Parameter> byValue = new LinkedHashMap<>();
    private final Map<String, Conditional> priors;

    /** @param priors by the names of the parameters that have them */
    Ancestry(Collection<Parameter> parameters, Map<String, Conditional> priors) {
        for (Parameter p : parameters) byValue.put(p.quantity().value(), p);
        this.priors = priors;
    }

    /** Whether values are made of a parameter, or of others that are made of it. */
    boolean isOf(Collection<Expr> values, Parameter parameter) {
        Set<Parameter> found = new LinkedHashSet<>(parents(values));
        Deque<Parameter> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (Parameter parent : parents(open.pop())) if (found.add(parent)) open.push(parent);
        }
        return found.contains(parameter);
    }

    /** All parameters in the order of declaration, but each after those that it is made of. */
    List<Parameter> ordered() {
        Set<Parameter> ordered = new LinkedHashSet<>();
        for (Parameter declared : byValue.values()) {
            Deque<Parameter> open = new ArrayDeque<>(List.of(declared));
            while (!open.isEmpty()) {
                List<Parameter> before = parents(open.element()).stream().filter(p -> !ordered.contains(p)).toList();
                if (before.isEmpty()) ordered.add(open.pop());
                else before.forEach(open::push);
            }
        }
        return List.copyOf(ordered);
    }

    private Set<Parameter> parents(Parameter p) {
        List<Expr> all = new ArrayList<>(List.of(p.quantity().value().operand(0)));
        Conditional prior = priors.get(p.quantity().name());
        if (prior != null) all.addAll(prior.parameters());
        return parents(all);
    }

    /** The parameters that values are made of directly. */
    private Set<Parameter> parents(Collection<Expr> values) {
        Set<Parameter> parents = new LinkedHashSet<>();
        Set<Expr> seen = new HashSet<>(values);
        Deque<Expr> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Expr x = open.pop();
            Parameter p = byValue.get(x);
            if (p != null) parents.add(p);
            else for (int i = 0; i < x.operandCount(); i++) if (seen.add(x.operand(i))) open.push(x.operand(i));
        }
        return parents;
    }
}
