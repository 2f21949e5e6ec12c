package org.fluvia.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * What a definition declared. Immutable.
 *
 * @param declared parameters, in terms of unconstrained vectors of their own
 * @param ordered the same, each after those that its prior and its support depend on
 * @param terms of the log-density
 * @param levels of a hierarchy, by the names of the parameters that they are
 * @param axes what the axes of quantities and of data run over, by name
 */
record Recording(String name, List<ModelBuilder.Parameter> declared, List<ModelBuilder.Parameter> ordered, List<Quantity> derived, List<Expr> terms,
                 Map<String, Level> levels, Conditionals conditionals, Map<String, List<Dimension>> axes, List<String> warnings) {

    /**
     * The same in terms of one unconstrained vector.
     *
     * @param levels by the index of the vector's element where each begins, in order
     * @param logAbsDetJacobian of the constraining transform alone
     * @param logDensityUnconstrained with the Jacobian of the constraining transform, and of levels' coordinates
     */
    record Placed(Expr unconstrained, List<Quantity> parameters, List<Quantity> derived, SortedMap<Integer, Level> levels, Expr logAbsDetJacobian,
                  Expr logDensity, Expr logDensityUnconstrained, Conditionals conditionals) {}

    Recording {
        declared = List.copyOf(declared);
        ordered = List.copyOf(ordered);
        derived = List.copyOf(derived);
        terms = List.copyOf(terms);
        levels = Map.copyOf(levels);
        axes = Map.copyOf(axes);
        warnings = List.copyOf(warnings);
    }

    /** @param data what inputs of the data are replaced by; those that are not among them stay */
    Placed placed(Map<Expr, Expr> data) {
        return placed(data, new double[0]);
    }

    /** @param centring of the elements of the unconstrained vector, see {@link Level}; empty where all are centred */
    Placed placed(Map<Expr, Expr> data, double[] centring) {
        int dimension = 0;
        for (ModelBuilder.Parameter p : declared) dimension += p.unconstrained().shape().size();
        if (dimension == 0) throw new ModelException("model " + name, "all parameters are empty (of size 0)");
        Expr u = Expr.perDraw("unconstrained", Shape.of(dimension));

        Map<Expr, Expr> places = new HashMap<>(data);
        Map<Expr, Expr> priors = new HashMap<>();
        SortedMap<Integer, Level> levelsPlaced = new TreeMap<>();
        Expr jacobian = Expr.of(0);
        Expr wholeJacobian = Expr.of(0);
        for (ModelBuilder.Parameter p : ordered) {
            int at = p.at();
            int size = p.unconstrained().shape().size();
            Expr own = u.slice(at, at + size);
            Level level = size == 0 ? null : levels.get(p.quantity().name());
            if (level != null) {
                Level placed = level.with(Expr.substitute(level.parameters(), places));
                levelsPlaced.put(at, placed);
                double[] degrees = centring.length == 0 ? placed.centred() : Arrays.copyOfRange(centring, at, at + size);
                if (!Arrays.equals(degrees, placed.centred())) priors.put(level.prior(), placed.logDensity(own, degrees));
                places.put(p.unconstrained(), placed.moved(own, degrees, placed.centred()));
            } else {
                places.put(p.unconstrained(), own);
            }
            // what levels above are made of is made once
            if (!levels.isEmpty()) places.put(p.quantity().value(), Expr.substitute(List.of(p.quantity().value()), places).get(0));
            boolean hasOwn = level == null || !priors.containsKey(level.prior());
            if (hasOwn) jacobian = jacobian.plus(p.logAbsDetJacobian());
            wholeJacobian = wholeJacobian.plus(p.logAbsDetJacobian());
        }
        List<Expr> all = new ArrayList<>();
        declared.forEach(p -> all.add(p.quantity().value()));
        derived.forEach(q -> all.add(q.value()));
        Expr density = terms.stream().reduce(Expr.of(0), Expr::plus);
        all.add(wholeJacobian);
        all.add(density);
        Expr moved = priors.isEmpty() ? density : terms.stream().map(t -> priors.getOrDefault(t, t)).reduce(Expr.of(0), Expr::plus);
        all.add(moved.plus(jacobian));
        int n = all.size();
        all.addAll(conditionals.expressions());

        List<Expr> placed = Expr.substitute(all, places);
        List<Quantity> parameters = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            String parameter = declared.get(i).quantity().name();
            parameters.add(new Quantity(parameter, placed.get(i), axes.getOrDefault(parameter, List.of())));
        }
        List<Quantity> derivedPlaced = new ArrayList<>();
        for (int i = 0; i < derived.size(); i++) {
            Expr value = placed.get(declared.size() + i).repeatedOverDraws();
            derivedPlaced.add(new Quantity(derived.get(i).name(), value, axes.getOrDefault(derived.get(i).name(), List.of())));
        }
        return new Placed(u, List.copyOf(parameters), List.copyOf(derivedPlaced), levelsPlaced, placed.get(n - 3), placed.get(n - 2), placed.get(n - 1),
                conditionals.placed(placed.listIterator(n)));
    }
}
