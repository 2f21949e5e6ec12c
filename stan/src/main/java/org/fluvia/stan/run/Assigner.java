package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.stan.library.Arithmetic;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Spread;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Tuple;
import org.fluvia.stan.value.Value;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/** Gives variables their values. */
final class Assigner {
    private final Session session;
    private final Evaluator evaluator;

    Assigner(Session session, Evaluator evaluator) {
        this.session = session;
        this.evaluator = evaluator;
    }

    void assign(Statement.Assignment a) {
        Operator operator = a.operator();
        Expression added = added(a);
        if (added != null && session.lanes() != null && isSum(a.target())) {
            Tensor more = evaluator.tensor(added);
            add(a.target(), isSubtracted(a) ? Arithmetic.negative(more) : more);
            return;
        }
        if (operator == null) {
            assign(a.target(), evaluator.value(a.value()));
        } else {
            Tensor before = evaluator.tensor(a.target());
            assign(a.target(), Arithmetic.apply(operator, before, evaluator.tensor(a.value())));
        }
    }

    /** What is added to the target, if that is what the statement does. */
    private static @Nullable Expression added(Statement.Assignment a) {
        if (a.operator() == Operator.PLUS || a.operator() == Operator.MINUS) return a.value();
        boolean isSum = a.operator() == null && a.value() instanceof Expression.Binary b
                && (b.operator() == Operator.PLUS || b.operator() == Operator.MINUS)
                && same(b.left(), a.target());
        return isSum ? ((Expression.Binary) a.value()).right() : null;
    }

    private static boolean isSubtracted(Statement.Assignment a) {
        return a.operator() == Operator.MINUS || a.operator() == null && ((Expression.Binary) a.value()).operator() == Operator.MINUS;
    }

    private static boolean same(Expression a, Expression b) {
        if (a instanceof Expression.Name m && b instanceof Expression.Name n) return m.name().equals(n.name());
        if (!(a instanceof Expression.Indexed i && b instanceof Expression.Indexed j) || !same(i.base(), j.base())
                || i.indices().size() != j.indices().size()) return false;
        for (int k = 0; k < i.indices().size(); k++) {
            if (!(i.indices().get(k) instanceof Expression.At p && j.indices().get(k) instanceof Expression.At q)) return false;
            boolean equal = p.place() instanceof Expression.IntLiteral x && q.place() instanceof Expression.IntLiteral y
                    && x.value() == y.value() || same(p.place(), q.place());
            if (!equal) return false;
        }
        return true;
    }

    /** Whether several iterations add to an element of a variable outside of their loop. */
    private boolean isSum(Expression target) {
        Place p = place(target);
        Variable v = p.variable;
        Lanes now = session.lanes();
        if (now == null || !session.isWatched(v)) return false;
        int[] places = p.selection == null ? Evaluator.all(v, now) : evaluator.placesIn(v, p.selection);
        return session.trackers.stream().filter(t -> t.watches(v)).anyMatch(t -> !t.isOnePerLane(v, places, now));
    }

    private void add(Expression target, Tensor more) {
        Place p = place(target);
        Variable v = p.variable;
        Lanes now = session.lanes();
        if (now == null) throw new IllegalStateException("stan: a sum needs lanes");
        int[] dims = p.selection == null ? v.dims() : p.selection.dims();
        int[] places = p.selection == null ? Evaluator.all(v, now) : evaluator.placesIn(v, p.selection);
        int size = places.length / Math.max(1, now.count());
        for (int l = 0; size > 1 && l < now.count(); l++) {
            if (Arrays.stream(places, l * size, (l + 1) * size).distinct().count() < size) throw new NotLifted("an element chosen twice");
        }
        int[] distinct = Arrays.stream(places).distinct().toArray();
        for (Tracker t : session.trackers) {
            if (!t.watches(v)) continue;
            if (t.isOnePerLane(v, places, now)) {
                t.read(v, places, now);
                t.write(v, places, now);
            } else {
                t.add(v, distinct);
            }
        }
        Map<Integer, Integer> where = new HashMap<>();
        for (int i = 0; i < distinct.length; i++) where.put(distinct[i], i);
        double[] index = new double[places.length];
        for (int i = 0; i < index.length; i++) index[i] = where.getOrDefault(places[i], 0);
        Tensor shaped = more.isScalar() && dims.length > 0 ? Arithmetic.apply(Operator.ELEMENT_TIMES, more, ones(dims)) : more;
        Expr each = Spread.over(shaped, now);
        Expr sums = distinct.length == 1 ? each.sum().reshape(Shape.of(1)) : Functions.segmentSum(each, Expr.vector(index), distinct.length);
        Tensor before = v.get(distinct, Type.VECTOR, new int[] {distinct.length}, null);
        v.set(distinct, Arithmetic.apply(Operator.PLUS, before, Tensor.of(Type.VECTOR, new int[] {distinct.length}, null, sums)));
    }

    private static Tensor ones(int[] dims) {
        int n = 1;
        for (int d : dims) n *= d;
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return Tensor.of(Type.REAL.array(dims.length), dims, null, ones);
    }

    /**
     * A variable and what is chosen of it.
     *
     * @param selection null for all
     */
    private record Place(Variable variable, @Nullable Selection selection) {}

    private Place place(Expression target) {
        if (target instanceof Expression.Name n) return new Place(session.frame().variable(n.name()), null);
        List<Expression.Index> indices = new ArrayList<>();
        Expression e = target;
        while (e instanceof Expression.Indexed i) {
            indices.addAll(0, i.indices());
            e = i.base();
        }
        if (!(e instanceof Expression.Name n)) throw new Refusal("a part of a tuple's member cannot be assigned: assign the whole member");
        Variable v = session.frame().variable(n.name());
        Selection s = Selection.of(v.type(), v.dims(), evaluator.picked(indices, v.dims()), session.lanes());
        return new Place(v, s);
    }

    private void assign(Expression target, Value value) {
        try {
            assigned(target, value);
        } catch (RuntimeException x) {
            throw session.at(target.span(), x);
        }
    }

    private void assigned(Expression target, Value value) {
        if (target instanceof Expression.TupleOf t) {
            for (int i = 0; i < t.members().size(); i++) assign(t.members().get(i), ((Tuple) value).members().get(i));
            return;
        }
        if (target instanceof Expression.Member m) {
            List<Value> members = new ArrayList<>(((Tuple) evaluator.value(m.tuple())).members());
            members.set(m.position() - 1, value);
            assign(m.tuple(), new Tuple(members));
            return;
        }
        Place p = place(target);
        if (p.selection == null) whole(p.variable, value);
        else part(p.variable, p.selection, (Tensor) value);
    }

    /** Gives a variable its whole value. */
    void whole(Variable v, Value value) {
        Lanes now = session.lanes();
        if (!(value instanceof Tensor t)) {
            if (now != v.lanes()) throw new NotLifted("tuples");
            v.assign(value);
            return;
        }
        checkSizes(t, v.dims());
        Type type = new Type(v.type().base(), v.type().arrays(), List.of());
        if (now == v.lanes()) {
            if (now != null && session.isWatched(v)) session.write(v, Evaluator.all(v, now));
            v.assign(t.promotedTo(type));
            return;
        }
        if (now == null) throw new IllegalStateException("stan: a variable of lanes outside of them");
        int[] places = Evaluator.all(v, now);
        session.write(v, places);
        v.set(places, spread(t, now));
    }

    private void part(Variable v, Selection s, Tensor value) {
        checkSizes(value, s.dims());
        int[] places = evaluator.placesIn(v, s);
        session.write(v, places);
        v.set(places, spread(value, session.lanes()));
    }

    private static Tensor spread(Tensor t, @Nullable Lanes now) {
        return t.lanes() == now ? t : Tensor.of(t.type(), t.dims(), now, Spread.over(t, now));
    }

    private static void checkSizes(Tensor t, int[] dims) {
        if (!Arrays.equals(t.dims(), dims)) {
            throw new Refusal("a value of size " + Tensor.text(t.dims()) + " cannot be assigned to one of size " + Tensor.text(dims));
        }
    }
}
