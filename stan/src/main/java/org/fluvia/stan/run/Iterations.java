package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.analysis.RecordedStep;
import org.fluvia.autodiff.analysis.Rerolled;
import org.fluvia.autodiff.analysis.Rerolling;
import org.fluvia.stan.value.Moved;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Iterations of a loop that are recorded one after the other: where they compute the same, from data of their own and from what those
 * before have computed, they become a scan. Mutable.
 */
final class Iterations implements AutoCloseable {
    /** If so many iterations have made nothing of parameters, the others are not expected to. */
    private static final int MOST_OF_DATA = 64;

    private final Session session;
    private final List<Variable> variables = new ArrayList<>();
    private final List<List<int[]>> written = new ArrayList<>();
    private final List<@Nullable List<int[]>> outer = new ArrayList<>();
    private final List<RecordedStep> steps = new ArrayList<>();
    /** The number of terms before each iteration. */
    private final List<Integer> terms = new ArrayList<>();
    private final List<Integer> termParts = new ArrayList<>();
    private long first;
    private boolean isClosed;

    /** @param assigned names of all that iterations assign */
    Iterations(Session session, Collection<String> assigned) {
        this.session = session;
        for (String name : new TreeSet<>(assigned)) {
            Variable v = session.frame().find(name);
            if (v == null) continue;
            List<int[]> places = new ArrayList<>();
            variables.add(v);
            written.add(places);
            outer.add(v.listWritten(places));
        }
        first = now();
    }

    private static long now() {
        return Expr.of(0).number();
    }

    /** An iteration begins. */
    void begin() {
        if (isClosed) return;
        terms.add(session.terms.size());
        first = now();
    }

    /** The iteration that began has ended, as the others do. */
    void end() {
        if (isClosed) return;
        List<Object> key = new ArrayList<>();
        int from = terms.get(terms.size() - 1);
        Set<Expr> results = new LinkedHashSet<>();
        for (int i = 0; i < variables.size(); i++) {
            int before = results.size();
            for (int[] places : written.get(i)) variables.get(i).sources(places, results);
            key.add(results.size() - before);
            passOn(i);
        }
        List<Expr> parts = new ArrayList<>();
        session.terms.parts(from, session.terms.size()).forEach(parts::addAll);
        key.addAll(session.terms.keys(from, session.terms.size()));
        List<Expr> all = new ArrayList<>(parts);
        all.addAll(results);
        termParts.add(parts.size());
        steps.add(new RecordedStep(first, now(), all, key));
        if (steps.size() == MOST_OF_DATA && steps.stream().allMatch(s -> s.results().isEmpty())) close();
    }

    private void passOn(int i) {
        List<int[]> outside = outer.get(i);
        if (outside != null) outside.addAll(written.get(i));
        written.get(i).clear();
    }

    /** Makes a scan of them, if they can be one. */
    void join() {
        Rerolling same = isClosed ? null : Rerolling.of(steps);
        if (same == null) return;
        int a = same.first();
        int b = a + same.count();
        int end = b < steps.size() ? terms.get(b) : session.terms.size();
        int parts = termParts.get(a);
        Set<Expr> used = new LinkedHashSet<>();
        for (Variable v : variables) v.sources(Variable.ALL, used);
        List<List<Expr>> after = session.terms.parts(end, session.terms.size());
        after.forEach(used::addAll);
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < parts; i++) rows.add(i);
        Rerolled scan = same.roll(used, rows);
        if (scan == null) return;
        Map<Expr, Moved.@Nullable Place> known = new HashMap<>();
        Moved moved = x -> known.computeIfAbsent(x, e -> moved(scan, e));
        for (Variable v : variables) v.move(moved);
        session.terms.rewrite(end, after.stream().map(all -> all.stream().map(x -> moved(moved, x)).toList()).toList());
        int from = terms.get(a);
        int each = (end - from) / same.count();
        List<@Nullable Expr> ofAll = new ArrayList<>();
        for (int i : rows) ofAll.add(scan.rows(i));
        session.terms.join(from, end, each, same.count(), ofAll);
    }

    private static Moved.@Nullable Place moved(Rerolled scan, Expr x) {
        Rerolled.Place p = scan.place(x);
        return p == null ? null : new Moved.Place(p.all(), p.from());
    }

    private static Expr moved(Moved moved, Expr x) {
        Moved.Place p = moved.place(x);
        return p == null ? x : p.vector().slice(p.from(), p.from() + x.size()).reshape(x.shape());
    }

    @Override
    public void close() {
        if (isClosed) return;
        isClosed = true;
        for (int i = 0; i < variables.size(); i++) {
            passOn(i);
            variables.get(i).listWritten(outer.get(i));
        }
    }
}
