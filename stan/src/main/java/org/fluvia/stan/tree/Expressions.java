package org.fluvia.stan.tree;

import java.util.ArrayList;
import java.util.List;

/** What expressions are made of. */
public final class Expressions {
    private Expressions() {}

    /** The expressions of which one is made directly. */
    public static List<Expression> parts(Expression e) {
        if (e instanceof Expression.Grouped g) return List.of(g.inner());
        if (e instanceof Expression.Sign s) return List.of(s.operand());
        if (e instanceof Expression.Binary b) return List.of(b.left(), b.right());
        if (e instanceof Expression.Transposed t) return List.of(t.operand());
        if (e instanceof Expression.Conditional c) return List.of(c.condition(), c.then(), c.otherwise());
        if (e instanceof Expression.Call c) return c.arguments();
        if (e instanceof Expression.ArrayOf a) return a.elements();
        if (e instanceof Expression.RowOf r) return r.elements();
        if (e instanceof Expression.TupleOf t) return t.members();
        if (e instanceof Expression.Member m) return List.of(m.tuple());
        if (!(e instanceof Expression.Indexed i)) return List.of();
        List<Expression> all = new ArrayList<>(List.of(i.base()));
        i.indices().forEach(index -> all.addAll(places(index)));
        return all;
    }

    /** The expressions of an index. */
    public static List<Expression> places(Expression.Index index) {
        if (index instanceof Expression.At a) return List.of(a.place());
        if (index instanceof Expression.From f) return List.of(f.first());
        if (index instanceof Expression.UpTo u) return List.of(u.last());
        if (index instanceof Expression.Between b) return List.of(b.first(), b.last());
        return List.of();
    }

    /** The same without parentheses around it. */
    public static Expression inner(Expression e) {
        return e instanceof Expression.Grouped g ? inner(g.inner()) : e;
    }
}
