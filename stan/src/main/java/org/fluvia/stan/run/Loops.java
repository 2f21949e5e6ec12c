package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.fluvia.autodiff.analysis.Rerolling;
import org.fluvia.stan.library.Parts;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Mentions;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Runs loops. Those that count are tried with all iterations at once first, as lanes; where an iteration needs what another has computed, it
 * is as if that had not been tried, and they are run one after the other: those that are the same but for what they take become a scan.
 */
final class Loops {
    private static final int MOST_LANES = 50_000_000;
    private static final int MOST_GROUPS = 64;
    /** So many iterations of a loop within another are recorded one after the other, each in all lanes. */
    private static final int FEW = 8;

    private final Session session;
    private final Executor executor;
    private final Map<Statement, Attempts> known = new IdentityHashMap<>();

    Loops(Session session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    Completion run(Statement.For f) {
        Tensor first = bound(f.first());
        Tensor last = bound(f.last());
        if (first.lanes() != null || last.lanes() != null) {
            Ranges ranges = Ranges.of(first, last, session.lanes());
            if (!tried(f, ranges)) inTurn(f, ranges);
            return Completion.NORMAL;
        }
        int from = first.integer();
        int to = last.integer();
        Attempts attempts = attempts(f);
        Lanes now = session.lanes();
        // a sum of a few long vectors is a linear predictor that the engine knows as one
        boolean isShort = now != null && (long) to - from < FEW && now.count() > FEW;
        if (to > from && !isShort && attempts.isWorthwhile()) {
            boolean isTogether = tried(f, Ranges.of(first, last, now));
            if (now == null) attempts.ended(isTogether); // what fails inside an attempt may be the attempt's fault
            if (isTogether) return Completion.NORMAL;
        }
        try (Iterations all = (long) to - from < Rerolling.FEWEST_STEPS ? null : new Iterations(session, attempts.assigned)) {
            for (int i = from; i <= to; i++) {
                if (all != null) all.begin();
                Completion c = iteration(f.variable(), Tensor.of(i), f.body());
                if (c.kind() == Completion.Kind.RETURN) return c;
                if (c.kind() == Completion.Kind.BREAK) break;
                if (all != null) all.end();
                if (i == Integer.MAX_VALUE) break;
            }
            if (all != null) all.join();
        }
        return Completion.NORMAL;
    }

    /** One iteration after the other, each in the lanes that have it. */
    private void inTurn(Statement.For f, Ranges ranges) {
        Lanes now = Objects.requireNonNull(session.lanes());
        int from = Arrays.stream(ranges.first).min().orElse(0);
        int to = Arrays.stream(ranges.last).max().orElse(-1);
        try (Iterations all = (long) to - from < Rerolling.FEWEST_STEPS ? null : new Iterations(session, attempts(f).assigned)) {
            for (long i = from; i <= to; i++) {
                if (all != null) all.begin();
                if (!inTurn(f, ranges, now, (int) i).isNormal()) throw new NotLifted("an early end");
                if (all != null) all.end();
            }
            if (all != null) all.join();
        }
    }

    private Completion inTurn(Statement.For f, Ranges ranges, Lanes now, int at) {
        boolean[] has = new boolean[now.count()];
        for (int l = 0; l < has.length; l++) has[l] = ranges.first[l] <= at && at <= ranges.last[l];
        Lanes some = now.where(has);
        if (some.count() == 0) return Completion.NORMAL;
        return session.in(some.count() == now.count() ? now : some, () -> iteration(f.variable(), Tensor.of(at), f.body()));
    }

    private Tensor bound(Expression e) {
        Tensor t = executor.evaluator().tensor(e);
        if (!t.isData()) throw session.at(e.span(), new Refusal("a loop whose range depends on a parameter is not read"));
        return t;
    }

    /** What a loop's variable runs through in each of the current lanes. */
    private record Ranges(int[] first, int[] last) {
        static Ranges of(Tensor first, Tensor last, @Nullable Lanes now) {
            return new Ranges(inEach(first, now), inEach(last, now));
        }

        private static int[] inEach(Tensor bound, @Nullable Lanes now) {
            double[] numbers = bound.numbers();
            return IntStream.range(0, Lanes.countOf(now)).map(l -> (int) numbers[bound.lanes() == null ? 0 : l]).toArray();
        }

        /** The number of iterations in all lanes. */
        long count() {
            return IntStream.range(0, first.length).mapToLong(l -> Math.max(0, (long) last[l] - first[l] + 1)).sum();
        }
    }

    private Attempts attempts(Statement.For f) {
        return known.computeIfAbsent(f, x -> new Attempts(Mentions.assigned(f.body()), mayBeTogether(f.body())));
    }

    /** What is known of a loop of the program: what it assigns, and whether its iterations could be recorded together before. */
    private static final class Attempts {
        private static final int MOST_FAILURES = 3;

        private final Set<String> assigned;
        private final boolean mayBe;
        private int failures;

        Attempts(Set<String> assigned, boolean mayBe) {
            this.assigned = assigned;
            this.mayBe = mayBe;
        }

        boolean isWorthwhile() {
            return mayBe && failures < MOST_FAILURES;
        }

        void ended(boolean isTogether) {
            failures = isTogether ? 0 : failures + 1;
        }
    }

    /** Whether nothing speaks against it that can be seen without running. */
    private static boolean mayBeTogether(Statement body) {
        boolean[] may = {true};
        Mentions.each(body, s -> {
            if (s instanceof Statement.Jump || s instanceof Statement.Return || s instanceof Statement.While
                    || s instanceof Statement.Say) may[0] = false;
        });
        return may[0];
    }

    private boolean tried(Statement.For f, Ranges ranges) {
        if (ranges.count() > MOST_LANES) return false;
        Map<Variable, Variable> before = new IdentityHashMap<>();
        for (String name : attempts(f).assigned) {
            Variable v = session.frame().find(name);
            if (v != null) before.put(v, v.copy());
        }
        int depth = session.frame().depth();
        int terms = session.terms.size();
        int trackers = session.trackers.size();
        Plan plan = new Plan(Collections.newSetFromMap(new IdentityHashMap<>()), null);
        while (true) {
            try {
                together(f, ranges, plan);
                return true;
            } catch (NotLifted e) {
                session.frame().closeTo(depth);
                session.terms.cutTo(terms);
                while (session.trackers.size() > trackers) session.trackers.remove(trackers);
                before.forEach(Variable::restore);
                Plan better = e.sizes().length == ranges.count() ? plan.grouped(e.sizes()) : null;
                Variable shared = e.shared();
                boolean isOwn = shared != null && before.containsKey(shared) && session.lanes() == null && plan.own.add(shared);
                if (better == null && !isOwn) return false;
                if (better != null) plan = better;
            }
        }
    }

    /**
     * How iterations are recorded together.
     *
     * @param own variables outside of which each iteration is given its own
     * @param keys of the iterations, of which those with equal ones are taken together; null for all
     */
    private record Plan(Set<Variable> own, int @Nullable [] keys) {
        /** With smaller groups; null if there would be too many, or no more than there are. */
        @Nullable Plan grouped(int[] more) {
            int[] known = keys;
            int[] both = new int[more.length];
            for (int i = 0; i < both.length; i++) both[i] = known == null ? more[i] : 1000003 * known[i] + more[i];
            long groups = Arrays.stream(both).distinct().limit(MOST_GROUPS + 1).count();
            boolean isFiner = groups > (known == null ? 1 : Arrays.stream(known).distinct().count());
            return isFiner && groups <= MOST_GROUPS ? new Plan(own, both) : null;
        }
    }

    private void together(Statement.For f, Ranges ranges, Plan plan) {
        int n = (int) ranges.count();
        if (n == 0) return;
        int[] from = new int[n];
        double[] values = new double[n];
        int at = 0;
        for (int l = 0; l < ranges.first.length; l++) {
            for (long i = ranges.first[l]; i <= ranges.last[l]; i++) {
                from[at] = l;
                values[at++] = i;
            }
        }
        Lanes now = session.lanes();
        Lanes lanes = new Lanes(now, from);
        Tracker tracker = new Tracker(lanes);
        session.frame().open();
        Map<Variable, Variable> own = new IdentityHashMap<>();
        for (String name : attempts(f).assigned) {
            Variable v = session.frame().find(name);
            if (v == null) continue;
            if (!plan.own.contains(v)) {
                tracker.watch(v);
                continue;
            }
            Variable copy = new Variable(v.type(), v.dims(), lanes);
            own.put(v, copy);
            tracker.watchOwn(copy);
            session.frame().declare(name, copy);
        }
        Variable counter = new Variable(Type.INT, new int[0], lanes);
        counter.assign(Tensor.of(Type.INT, new int[0], lanes, values));
        session.frame().declare(f.variable().name(), counter);
        session.trackers.add(tracker);
        for (Lanes group : groups(lanes, plan.keys)) {
            try {
                if (!session.in(group, () -> executor.run(f.body())).isNormal()) throw new NotLifted("an early end");
            } catch (NotLifted e) {
                throw e.of(lanes);
            }
        }
        session.trackers.remove(session.trackers.size() - 1);
        session.frame().close();
        own.forEach((v, copy) -> leave(v, copy, tracker.last(copy)));
    }

    private static List<Lanes> groups(Lanes lanes, int @Nullable [] keys) {
        if (keys == null) return List.of(lanes);
        List<Lanes> groups = new ArrayList<>();
        for (int key : Arrays.stream(keys).distinct().toArray()) {
            boolean[] chosen = new boolean[keys.length];
            for (int i = 0; i < keys.length; i++) chosen[i] = keys[i] == key;
            groups.add(lanes.where(chosen));
        }
        return groups;
    }

    /** The variable outside becomes what the last iterations have made of their own. */
    private static void leave(Variable v, Variable copy, int[] last) {
        int[] assigned = IntStream.range(0, last.length).filter(p -> last[p] >= 0).toArray();
        int[] from = Arrays.stream(assigned).map(p -> last[p] * v.size() + p).toArray();
        v.set(assigned, copy.get(from, Type.VECTOR, new int[] {from.length}, null));
    }

    Completion run(Statement.ForEach f) {
        Tensor all = executor.evaluator().tensor(f.container());
        boolean isArray = all.type().isArray();
        int n = isArray ? all.dim(0) : all.size();
        int size = n == 0 ? 0 : all.size() / n;
        for (int i = 0; i < n; i++) {
            int[] places = new int[size];
            for (int k = 0; k < size; k++) places[k] = isArray ? i * size + k : columnMajor(all, i);
            Type type = isArray ? all.type().element() : Type.REAL;
            int[] dims = isArray ? Arrays.copyOfRange(all.dims(), 1, all.dims().length) : new int[0];
            Completion c = iteration(f.variable(), Parts.select(all, places, type, dims), f.body());
            if (c.kind() == Completion.Kind.BREAK) break;
            if (c.kind() == Completion.Kind.RETURN) return c;
        }
        return Completion.NORMAL;
    }

    /** A matrix is gone through column by column. */
    private static int columnMajor(Tensor t, int i) {
        return t.dims().length < 2 ? i : i % t.dim(0) * t.dim(1) + i / t.dim(0);
    }

    Completion run(Statement.While w) {
        while (true) {
            session.step();
            Tensor condition = executor.evaluator().tensor(w.condition());
            if (!condition.isData()) throw session.at(w.condition().span(), new Refusal("a loop that ends by a parameter's value is not read"));
            if (condition.number() == 0) return Completion.NORMAL;
            Completion c = iteration(null, Tensor.of(0), w.body());
            if (c.kind() == Completion.Kind.BREAK) return Completion.NORMAL;
            if (c.kind() == Completion.Kind.RETURN) return c;
        }
    }

    private Completion iteration(Expression.@Nullable Name name, Tensor value, Statement body) {
        int depth = session.frame().depth();
        session.frame().open();
        if (name != null) session.frame().declare(name.name(), executor.sizes().holding(value, value.type()));
        try {
            Completion c = executor.run(body);
            if (c.condition() != null) throw new Refusal("a return in a loop under a condition on a parameter is not read");
            return c;
        } finally {
            session.frame().closeTo(depth);
        }
    }
}
