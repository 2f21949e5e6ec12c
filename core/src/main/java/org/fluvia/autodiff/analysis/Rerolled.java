package org.fluvia.autodiff.analysis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.analysis.Rerolling.Carried;
import org.fluvia.autodiff.analysis.Template.Kind;
import org.jspecify.annotations.Nullable;

/** The scan that steps have become, and where their values are in it. */
public final class Rerolled {
    private final Rerolling steps;
    private final Template template;
    private final Stacks stacks;
    /** For each of the template's nodes that is wanted its values, those of one step after those of another, as a vector. */
    private final Map<Integer, Expr> all = new HashMap<>();
    /** For each of the template's nodes that is used by others the parts of the state that hold it: as it was a step before, two steps, ... */
    private final TreeMap<Integer, List<Carried>> links = new TreeMap<>();
    private final Map<Integer, Integer> firstParts = new HashMap<>();
    private final List<Expr> initial = new ArrayList<>();
    private final Set<Integer> same = new HashSet<>();
    private @Nullable Scan scan;
    /** What is made of values of the scan, as a vector. */
    private final Map<Expr, Expr> rewritten = new HashMap<>();

    /**
     * Where a value is.
     *
     * @param all a vector
     * @param from its first element there; the others follow
     */
    public record Place(Expr all, int from) {}

    private Rerolled(Rerolling steps) {
        this.steps = steps;
        this.template = steps.template;
        this.stacks = new Stacks(steps);
    }

    /** Null if what the first steps begin with does not go together. */
    static @Nullable Rerolled of(Rerolling steps, Collection<Expr> used, List<Integer> rows) {
        Rerolled r = new Rerolled(steps);
        Set<Integer> wanted = new TreeSet<>();
        Set<Expr> operands = new HashSet<>();
        r.demand(used, wanted, operands);
        Set<Integer> roots = new TreeSet<>(wanted);
        for (int k : rows) roots.add(r.template.resultNode(k));
        Set<Integer> needed = r.needed(roots);
        if (!r.findStates()) return null;
        for (int k : rows) {
            int i = r.template.resultNode(k);
            if (r.template.kinds.get(i) == Kind.INNER) wanted.add(i);
        }
        r.run(wanted, List.copyOf(needed));
        r.rewrite(used, operands);
        return r;
    }

    /** What is used and is not of the scan, but is made of what is. */
    private void rewrite(Collection<Expr> used, Set<Expr> operands) {
        Map<Expr, Expr> replaced = new HashMap<>();
        for (Expr y : operands) {
            Place p = requireNonNull(place(y));
            replaced.put(y, p.all.slice(p.from, p.from + y.size()).reshape(y.shape()));
        }
        List<Expr> others = used.stream().filter(x -> steps.numbers.stepOf(x) >= 0 && place(x) == null).distinct().toList();
        List<Expr> now = Expr.substitute(others, replaced);
        for (int k = 0; k < others.size(); k++) rewritten.put(others.get(k), now.get(k).flatten());
    }

    /** Where a value is now that is used after the steps; null if it is where it was. */
    public @Nullable Place place(Expr value) {
        Expr now = rewritten.get(value);
        if (now != null) return new Place(now, 0);
        Expr values = all.get(nodeOf(value));
        return values == null ? null : new Place(values, (steps.numbers.stepOf(value) - steps.first()) * value.size());
    }

    /** A result of all steps, one a row; null if it is the same in all. */
    public @Nullable Expr rows(int result) {
        int i = template.resultNode(result);
        return switch (template.kinds.get(i)) {
            case INNER -> same.contains(i) ? null : requireNonNull(all.get(i)).reshape(stacks.shape(i));
            case EARLIER -> before(i);
            default -> stacks.of(i);
        };
    }

    private @Nullable Expr before(int i) {
        Carried c = link(i);
        return c == null ? null : requireNonNull(scan).path(part(c)).slice(0, steps.count()).reshape(stacks.shape(i));
    }

    /**
     * Finds which values of the steps others are made of. What only the last step's is used of, and no other step, is not kept for all: it
     * is computed after the scan, if at all.
     */
    private void demand(Collection<Expr> used, Set<Integer> wanted, Set<Expr> operands) {
        Set<Expr> seen = new HashSet<>();
        Set<Expr> direct = new HashSet<>(used);
        Deque<Expr> last = new ArrayDeque<>();
        Deque<Expr> open = new ArrayDeque<>();
        for (Expr x : used) meet(x, seen, open, last, wanted);
        while (!open.isEmpty() || !last.isEmpty()) {
            Expr x = open.isEmpty() ? last.pop() : open.pop();
            if (wanted.contains(nodeOf(x))) {
                if (!direct.contains(x)) operands.add(x);
                continue;
            }
            for (int k = 0; k < x.operandCount(); k++) {
                Expr y = x.operand(k);
                if (steps.numbers.stepOf(y) < 0) continue;
                direct.remove(y); // it must be replaced where it is an operand
                meet(y, seen, open, last, wanted);
                if (wanted.contains(nodeOf(y))) operands.add(y);
            }
        }
    }

    private void meet(Expr x, Set<Expr> seen, Deque<Expr> open, Deque<Expr> last, Set<Integer> wanted) {
        int i = nodeOf(x);
        if (i >= 0 && (!isLast(x) || steps.carried.stream().anyMatch(c -> c.source() == i))) wanted.add(i);
        else if (seen.add(x)) (i < 0 ? open : last).push(x);
    }

    private boolean isLast(Expr x) {
        return steps.numbers.stepOf(x) == steps.first() + steps.count() - 1;
    }

    /** The node that a step's value is in place of, if it depends on the step; -1 if there is none. */
    private int nodeOf(Expr value) {
        int t = steps.numbers.stepOf(value) - steps.first();
        if (t < 0 || t >= steps.count()) return -1;
        Expr[] found = steps.found.get(t);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == value && (template.kinds.get(i) == Kind.INNER || template.kinds.get(i) == Kind.PART)) return i;
        }
        return -1;
    }

    /** What a step must have or compute. */
    private Set<Integer> needed(Set<Integer> roots) {
        Set<Integer> needed = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            int i = open.pop();
            if (!needed.add(i)) continue;
            Expr x = template.nodes.get(i);
            if (template.kinds.get(i) == Kind.INNER) {
                for (int k = 0; k < x.operandCount(); k++) open.push(template.indexOf(x.operand(k)));
            }
            Carried c = link(i);
            if (c == null) continue;
            links.computeIfAbsent(c.source(), s -> new ArrayList<>()).add(c);
            open.push(c.source());
        }
        return needed;
    }

    private @Nullable Carried link(int node) {
        return steps.carried.stream().filter(c -> c.node() == node).findFirst().orElse(null);
    }

    private int part(Carried c) {
        return requireNonNull(firstParts.get(c.source())) + c.lag() - 1;
    }

    /** Lays out the state, and finds what it is at first; false if steps begin with different values in one place. */
    private boolean findStates() {
        for (Map.Entry<Integer, List<Carried>> e : links.entrySet()) {
            firstParts.put(e.getKey(), initial.size());
            Carried furthest = e.getValue().stream().max((a, b) -> Integer.compare(a.lag(), b.lag())).orElseThrow();
            int lags = furthest.lag();
            // what was computed so many steps before the first is taken, at the latest, by a step within
            Shape shape = template.nodes.get(e.getKey()).shape();
            for (int lag = 1; lag <= lags; lag++) initial.add(steps.found.get(lags - lag)[furthest.node()].reshape(shape));
            for (Carried c : e.getValue()) {
                for (int t = 0; t < c.lag(); t++) {
                    Expr first = steps.found.get(t)[c.node()];
                    if (steps.numbers.root(first) != steps.numbers.root(steps.found.get(lags - c.lag() + t)[furthest.node()])) return false;
                }
            }
        }
        return !initial.isEmpty();
    }

    private void run(Set<Integer> wanted, List<Integer> needed) {
        Set<Integer> carried = new HashSet<>();
        links.values().forEach(of -> of.forEach(c -> carried.add(c.node())));
        Hoisted outside = new Hoisted(steps, stacks, needed, carried);
        List<Integer> emitted = wanted.stream().filter(i -> outside.isInside(i) && !links.containsKey(i)).toList();
        List<Integer> rows = inputs(outside, emitted);
        List<Expr> inputs = new ArrayList<>();
        for (int i : rows) inputs.add(requireNonNull(outside.rows(i)));
        if (inputs.isEmpty()) inputs.add(Expr.vector(new double[steps.count()]));
        Scan s = Scan.of(initial, inputs, (state, row) -> step(state, row, rows, emitted));
        scan = s;
        for (int i : wanted) {
            Integer part = firstParts.get(i);
            Expr values = part != null ? s.states(part) : outside.isInside(i) ? s.emitted(emitted.indexOf(i)) : outside.rows(i);
            if (values == null) same.add(i);
            all.put(i, (values == null ? Functions.repeat(template.nodes.get(i).flatten(), 0, steps.count()) : values).flatten());
        }
    }

    /** What differs from step to step and is taken by what is computed in the scan, or carried on. */
    private List<Integer> inputs(Hoisted outside, List<Integer> emitted) {
        Set<Integer> seen = new TreeSet<>();
        Set<Integer> rows = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(links.keySet());
        open.addAll(emitted);
        while (!open.isEmpty()) {
            int i = open.pop();
            if (!seen.add(i)) continue;
            if (outside.rows(i) != null) rows.add(i);
            if (!outside.isInside(i) || template.kinds.get(i) != Kind.INNER) continue;
            Expr x = template.nodes.get(i);
            for (int k = 0; k < x.operandCount(); k++) open.push(template.indexOf(x.operand(k)));
        }
        return List.copyOf(rows);
    }

    private Expr state(List<Expr> state, Carried c) {
        return state.get(part(c)).reshape(template.nodes.get(c.node()).shape());
    }

    private Scan.Next step(List<Expr> state, List<Expr> row, List<Integer> rows, List<Integer> emitted) {
        Map<Expr, Expr> given = new HashMap<>();
        for (int k = 0; k < rows.size(); k++) given.put(template.nodes.get(rows.get(k)), row.get(k));
        links.values().forEach(all -> all.forEach(c -> given.put(template.nodes.get(c.node()), state(state, c))));
        List<Expr> outputs = new ArrayList<>();
        for (int source : links.keySet()) outputs.add(template.nodes.get(source));
        for (int i : emitted) outputs.add(template.nodes.get(i));
        List<Expr> values = Expr.substitute(outputs, given);
        List<Expr> next = new ArrayList<>();
        int at = 0;
        for (List<Carried> all : links.values()) {
            int lags = all.stream().mapToInt(Carried::lag).max().orElseThrow();
            int first = next.size();
            next.add(values.get(at++));
            for (int lag = 1; lag < lags; lag++) next.add(state.get(first + lag - 1));
        }
        return new Scan.Next(next, values.subList(at, values.size()));
    }
}
