package org.fluvia.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * What a definition declared. Immutable.
 *
 * @param declared parameters, in terms of unconstrained vectors of their own
 * @param terms of the log-density
 */
record Recording(String name, List<ModelBuilder.Parameter> declared, List<Quantity> derived, List<Expr> terms, Conditionals conditionals,
                 List<String> warnings) {

    /**
     * The same in terms of one unconstrained vector.
     *
     * @param logDensityUnconstrained with the Jacobian of the constraining transform
     */
    record Placed(Expr unconstrained, List<Quantity> parameters, List<Quantity> derived, Expr logDensity, Expr logDensityUnconstrained,
                  Conditionals conditionals) {}

    Recording {
        declared = List.copyOf(declared);
        derived = List.copyOf(derived);
        terms = List.copyOf(terms);
        warnings = List.copyOf(warnings);
    }

    /** @param data what inputs of the data are replaced by; those that are not among them stay */
    Placed placed(Map<Expr, Expr> data) {
        int dimension = 0;
        for (ModelBuilder.Parameter p : declared) dimension += p.unconstrained().shape().size();
        if (dimension == 0) throw new ModelException("model " + name, "all parameters are empty (of size 0)");
        Expr u = Expr.perDraw("unconstrained", Shape.of(dimension));

        Map<Expr, Expr> places = new HashMap<>(data);
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
        List<Quantity> parameters = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            parameters.add(new Quantity(declared.get(i).quantity().name(), placed.get(i)));
        }
        List<Quantity> derivedPlaced = new ArrayList<>();
        for (int i = 0; i < derived.size(); i++) {
            derivedPlaced.add(new Quantity(derived.get(i).name(), placed.get(declared.size() + i).repeatedOverDraws()));
        }
        return new Placed(u, List.copyOf(parameters), List.copyOf(derivedPlaced), placed.get(n - 2), placed.get(n - 1),
                conditionals.placed(placed.listIterator(n)));
    }
}
