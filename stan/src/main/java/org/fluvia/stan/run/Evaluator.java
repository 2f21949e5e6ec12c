package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.stan.library.Arithmetic;
import org.fluvia.stan.library.Parts;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Tuple;
import org.fluvia.stan.value.Value;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/** The values of expressions. */
final class Evaluator {
    private static final int MOST_CASES = 1000;

    private final Session session;
    private final Calls calls;

    Evaluator(Session session, Caller caller) {
        this.session = session;
        this.calls = new Calls(session, caller);
    }

    Calls calls() {
        return calls;
    }

    Tensor tensor(Expression e) {
        if (value(e) instanceof Tensor t) return t;
        throw session.at(e.span(), new Refusal("a tuple cannot be here"));
    }

    /** The value in the lanes that are current, or the same in all. */
    Value value(Expression e) {
        try {
            return evaluated(e);
        } catch (RuntimeException x) {
            throw session.at(e.span(), x);
        }
    }

    private Value evaluated(Expression e) {
        if (e instanceof Expression.IntLiteral i) return Tensor.of(i.value());
        if (e instanceof Expression.RealLiteral r) return Tensor.of(r.value());
        if (e instanceof Expression.Grouped g) return value(g.inner());
        if (e instanceof Expression.Name n) return variable(session.frame().variable(n.name()));
        if (e instanceof Expression.Indexed i) return indexed(i);
        if (e instanceof Expression.Binary b) return binary(b);
        if (e instanceof Expression.Call c) return call(c);
        if (e instanceof Expression.Sign s) return sign(s);
        if (e instanceof Expression.Transposed t) return Arithmetic.transposed(tensor(t.operand()));
        if (e instanceof Expression.Conditional c) return conditional(c);
        if (e instanceof Expression.ArrayOf a) return array(a.elements().stream().map(this::tensor).toList());
        if (e instanceof Expression.RowOf r) return row(r.elements().stream().map(this::tensor).toList());
        if (e instanceof Expression.TupleOf t) return new Tuple(t.members().stream().map(this::value).toList());
        if (e instanceof Expression.Member m) return ((Tuple) value(m.tuple())).members().get(m.position() - 1);
        if (e instanceof Expression.Target) {
            if (session.lanes() != null) throw new NotLifted("the log-density so far");
            return session.terms.sumFrom(0, null);
        }
        throw new Refusal("complex numbers are not read. Write their real and imaginary parts as two numbers");
    }

    private Value variable(Variable v) {
        Lanes now = session.lanes();
        if (now != null && session.isWatched(v)) session.read(v, all(v, now));
        return v.value() instanceof Tensor t ? t.in(now) : tupleIn((Tuple) v.value(), now);
    }

    private static Tuple tupleIn(Tuple tuple, @Nullable Lanes now) {
        return new Tuple(tuple.members().stream().map(m -> m instanceof Tensor t ? t.in(now) : tupleIn((Tuple) m, now)).toList());
    }

    /** The places of all elements of a variable in each lane. */
    static int[] all(Variable v, Lanes now) {
        int size = v.size();
        int[] lane = now.laneOf(v.lanes());
        if ((long) size * lane.length > 1 << 24) throw new NotLifted("a large value in many iterations");
        int[] places = new int[size * lane.length];
        for (int i = 0; i < places.length; i++) places[i] = lane[i / size] * size + i % size;
        return places;
    }

    private Value indexed(Expression.Indexed e) {
        List<@Nullable Tensor> places = places(e.indices());
        for (int axis = 0; axis < places.size(); axis++) {
            Tensor index = places.get(axis);
            if (index != null && !index.isData()) return byCases(e, places, axis, index);
        }
        return indexed(e, places);
    }

    /** The values of indices that are places; null for ranges. */
    private List<@Nullable Tensor> places(List<Expression.Index> indices) {
        List<@Nullable Tensor> places = new ArrayList<>();
        for (Expression.Index index : indices) places.add(index instanceof Expression.At at ? tensor(at.place()) : null);
        return places;
    }

    /** Element k where the index is k, for all k. */
    private Value byCases(Expression.Indexed e, List<@Nullable Tensor> places, int axis, Tensor index) {
        if (!index.isScalar() || !(e.base() instanceof Expression.Name n)) {
            throw new Refusal("such an index that depends on a parameter is not read: sum over all cases");
        }
        int count = session.frame().variable(n.name()).dims()[axis];
        if (count > MOST_CASES) throw new Refusal("an index that depends on a parameter chooses among " + count + " elements: at most "
                + MOST_CASES + " are read");
        Tensor chosen = null;
        for (int k = count; k >= 1; k--) {
            List<@Nullable Tensor> some = new ArrayList<>(places);
            some.set(axis, Tensor.of(k));
            Tensor element = (Tensor) indexed(e, some);
            chosen = chosen == null ? element : where(Arithmetic.apply(Operator.EQUAL, index, Tensor.of(k)), element, chosen);
        }
        if (chosen == null) throw new Refusal("there are no elements to choose from");
        return chosen;
    }

    private Value indexed(Expression.Indexed e, List<@Nullable Tensor> places) {
        Lanes now = session.lanes();
        if (e.base() instanceof Expression.Name n) {
            Variable v = session.frame().variable(n.name());
            return chosen(v, Selection.of(v.type(), v.dims(), picked(e.indices(), places, v.dims()), now));
        }
        Tensor base = tensor(e.base());
        Selection s = Selection.of(base.type(), base.dims(), picked(e.indices(), places, base.dims()), now);
        if (!s.inLanes()) return Parts.select(base, s.places(), s.type(), s.dims());
        Variable held = new Variable(base.type(), base.dims(), base.lanes());
        held.assign(base);
        return held.get(placesIn(held, s), s.type(), s.dims(), now);
    }

    private Value chosen(Variable v, Selection s) {
        Lanes now = session.lanes();
        if (v.lanes() == null && !s.inLanes()) {
            if (now != null && session.isWatched(v)) session.read(v, inEach(s.places(), now));
            return v.get(s.places(), s.type(), s.dims(), null);
        }
        int[] places = placesIn(v, s);
        session.read(v, places);
        return v.get(places, s.type(), s.dims(), now);
    }

    private static int[] inEach(int[] places, Lanes now) {
        if ((long) places.length * now.count() > 1 << 24) throw new NotLifted("a large value in many iterations");
        return IntStream.range(0, places.length * now.count()).map(i -> places[i % places.length]).toArray();
    }

    /** The places that a selection has of a variable, in each of the current lanes; in none if there are none. */
    int[] placesIn(Variable v, Selection s) {
        Lanes now = session.lanes();
        if (now == null) return s.places();
        int[] lane = now.laneOf(v.lanes());
        int each = s.inLanes() ? s.places().length / Math.max(1, lane.length) : s.places().length;
        int size = v.size();
        int[] places = new int[each * lane.length];
        for (int i = 0; i < places.length; i++) places[i] = lane[i / each] * size + s.places()[s.inLanes() ? i : i % each];
        return places;
    }

    /** What indices choose of their dimensions. */
    List<Selection.Picked> picked(List<Expression.Index> indices, int[] dims) {
        return picked(indices, places(indices), dims);
    }

    private List<Selection.Picked> picked(List<Expression.Index> indices, List<@Nullable Tensor> places, int[] dims) {
        List<Selection.Picked> all = new ArrayList<>();
        for (int axis = 0; axis < indices.size(); axis++) all.add(picked(indices.get(axis), places.get(axis), dims[axis]));
        return all;
    }

    private Selection.Picked picked(Expression.Index index, @Nullable Tensor place, int n) {
        if (index instanceof Expression.At at && place != null) return at(indices(at.place(), place), place);
        if (index instanceof Expression.From f) return range(bound(f.first()), new int[] {n});
        if (index instanceof Expression.UpTo u) return range(new int[] {1}, bound(u.last()));
        if (index instanceof Expression.Between b) return range(bound(b.first()), bound(b.last()));
        return range(new int[] {1}, new int[] {n});
    }

    private static Selection.Picked at(double[] numbers, Tensor t) {
        int each = t.size();
        List<int[]> places = new ArrayList<>();
        for (int l = 0; l < Lanes.countOf(t.lanes()); l++) {
            int[] some = new int[each];
            for (int i = 0; i < each; i++) some[i] = (int) numbers[l * each + i];
            places.add(some);
        }
        return new Selection.Picked(places, t.isScalar());
    }

    private double[] indices(Expression e, Tensor t) {
        if (!t.isData()) throw session.at(e.span(), new Refusal("an index that depends on a parameter is not read: sum over all cases"));
        return t.numbers();
    }

    private int[] bound(Expression e) {
        Tensor t = tensor(e);
        double[] numbers = indices(e, t);
        int[] bounds = new int[numbers.length];
        for (int i = 0; i < bounds.length; i++) bounds[i] = (int) numbers[i];
        return bounds;
    }

    private static Selection.Picked range(int[] first, int[] last) {
        List<int[]> places = new ArrayList<>();
        for (int l = 0; l < Math.max(first.length, last.length); l++) {
            places.add(IntStream.rangeClosed(first[first.length > 1 ? l : 0], last[last.length > 1 ? l : 0]).toArray());
        }
        return new Selection.Picked(places, false);
    }

    private Value binary(Expression.Binary b) {
        Tensor left = tensor(b.left());
        boolean isAnd = b.operator() == Operator.AND;
        if ((isAnd || b.operator() == Operator.OR) && left.isData() && left.lanes() == null
                && left.number() != 0 != isAnd) return Tensor.of(isAnd ? 0 : 1);
        return Arithmetic.apply(b.operator(), left, tensor(b.right()));
    }

    private Value sign(Expression.Sign s) {
        Tensor x = tensor(s.operand());
        return s.sign() == '-' ? Arithmetic.negative(x) : s.sign() == '!' ? Arithmetic.not(x) : x;
    }

    private Value call(Expression.Call c) {
        List<Expression.Index> indices = session.functions(c.name()).isEmpty() ? PartsOfVariables.indices(c) : List.of();
        if (!indices.isEmpty()) {
            Expression base = c.arguments().get(0);
            return indexed(new Expression.Indexed(c.span(), base, indices));
        }
        Value value = calls.call(c, this::value);
        if (value == null) throw new Refusal("`" + c.name() + "` returns nothing");
        return value;
    }

    private Value conditional(Expression.Conditional c) {
        Tensor condition = tensor(c.condition());
        if (!condition.isData()) {
            Tensor then = tensor(c.then());
            Tensor otherwise = tensor(c.otherwise());
            return where(condition, then, otherwise);
        }
        Lanes now = session.lanes();
        if (condition.lanes() == null || now == null) return value(condition.number() != 0 ? c.then() : c.otherwise());
        boolean[] holds = holds(condition);
        Lanes yes = now.where(holds);
        if (yes.count() == holds.length) return value(c.then());
        if (yes.count() == 0) return value(c.otherwise());
        Lanes no = now.where(negated(holds));
        Tensor then = session.in(yes, () -> tensor(c.then()));
        Tensor otherwise = session.in(no, () -> tensor(c.otherwise()));
        Type type = then.type().isInt() && otherwise.type().isInt() ? Type.INT : then.type().isNumber() ? Type.REAL : then.type();
        if (!Arrays.equals(then.dims(), otherwise.dims())) throw new NotLifted("values of different sizes");
        Variable joined = new Variable(type, then.dims(), now);
        for (Lanes some : List.of(yes, no)) {
            Tensor part = some == yes ? then : otherwise;
            Tensor spread = part.lanes() == null ? Tensor.of(part.type(), part.dims(), some, org.fluvia.stan.value.Spread.over(part, some)) : part;
            joined.set(session.in(some, () -> all(joined, some)), spread);
        }
        return joined.value();
    }

    static boolean[] holds(Tensor condition) {
        double[] numbers = condition.numbers();
        boolean[] holds = new boolean[numbers.length];
        for (int i = 0; i < holds.length; i++) holds[i] = numbers[i] != 0;
        return holds;
    }

    static boolean[] negated(boolean[] holds) {
        boolean[] not = new boolean[holds.length];
        for (int i = 0; i < not.length; i++) not[i] = !holds[i];
        return not;
    }

    /** One value or the other, by a condition that depends on parameters. */
    static Tensor where(Tensor condition, Tensor then, Tensor otherwise) {
        if (!Arrays.equals(then.dims(), otherwise.dims())) {
            throw new Refusal("both values of a condition on a parameter must have one size, but have " + Tensor.text(then.dims())
                    + " and " + Tensor.text(otherwise.dims()));
        }
        Lanes lanes = condition.lanes() != null ? condition.lanes() : then.lanes() != null ? then.lanes() : otherwise.lanes();
        int[] dims = then.dims();
        Expr e = Expr.where(condition.aligned(lanes, dims), then.aligned(lanes, dims), otherwise.aligned(lanes, dims));
        int n = then.size() * Lanes.countOf(lanes);
        Type type = then.type().isInt() && !otherwise.type().isInt() ? otherwise.type() : then.type();
        return Tensor.of(type, dims, lanes, e.size() == n ? e : e.expand(org.fluvia.autodiff.Shape.of(n), e.isPerDraw()));
    }

    private static Tensor array(List<Tensor> elements) {
        Tensor first = elements.get(0);
        Type type = first.type();
        for (Tensor t : elements) {
            if (!Arrays.equals(t.dims(), first.dims())) throw new Refusal("elements of an array must have one size, but have "
                    + Tensor.text(first.dims()) + " and " + Tensor.text(t.dims()));
            if (type.holdsInts() && !t.type().holdsInts()) type = t.type();
        }
        int[] dims = new int[first.dims().length + 1];
        dims[0] = elements.size();
        System.arraycopy(first.dims(), 0, dims, 1, first.dims().length);
        return Parts.joined(elements, type.array(1), dims);
    }

    private static Tensor row(List<Tensor> elements) {
        if (elements.isEmpty()) return Tensor.of(Type.ROW_VECTOR, new int[] {0}, null, new double[0]);
        Tensor first = elements.get(0);
        if (first.isScalar()) return Parts.joined(elements, Type.ROW_VECTOR, elements.size());
        for (Tensor t : elements) {
            if (t.size() != first.size()) throw new Refusal("rows of a matrix must have one size, but have " + first.size() + " and " + t.size());
        }
        return Parts.joined(elements, Type.MATRIX, elements.size(), first.size());
    }
}
