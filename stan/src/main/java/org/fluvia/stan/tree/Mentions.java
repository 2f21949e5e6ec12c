package org.fluvia.stan.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What statements name. */
public final class Mentions {
    private Mentions() {}

    /** The names that are assigned, or declared and given a value. */
    public static Set<String> assigned(Statement s) {
        Set<String> names = new HashSet<>();
        each(s, inner -> {
            if (inner instanceof Statement.Assignment a) targets(a.target(), names);
        });
        return names;
    }

    private static void targets(Expression target, Set<String> names) {
        if (target instanceof Expression.TupleOf t) t.members().forEach(m -> targets(m, names));
        else if (target instanceof Expression.Indexed i) targets(i.base(), names);
        else if (target instanceof Expression.Member m) targets(m.tuple(), names);
        else if (target instanceof Expression.Name n) names.add(n.name());
    }

    /** The statement, and all in it. */
    public static void each(@Nullable Statement s, Consumer<Statement> visit) {
        if (s == null) return;
        visit.accept(s);
        if (s instanceof Statement.Block b) b.statements().forEach(inner -> each(inner, visit));
        else if (s instanceof Statement.For f) each(f.body(), visit);
        else if (s instanceof Statement.ForEach f) each(f.body(), visit);
        else if (s instanceof Statement.While w) each(w.body(), visit);
        else if (s instanceof Statement.If i) {
            each(i.then(), visit);
            each(i.otherwise(), visit);
        }
    }

    /** The expressions of a statement itself, not of those in it. */
    public static List<Expression> expressions(Statement s) {
        List<@Nullable Expression> all = new ArrayList<>();
        if (s instanceof Statement.Declaration d) {
            all.add(d.value());
            all.addAll(d.type().sizes());
            all.addAll(d.type().arraySizes());
        } else if (s instanceof Statement.Assignment a) {
            all.add(a.target());
            all.add(a.value());
        } else if (s instanceof Statement.Distributed d) {
            all.add(d.value());
            all.addAll(d.arguments());
            Statement.Truncation t = d.truncation();
            if (t != null) {
                all.add(t.lower());
                all.add(t.upper());
            }
        } else if (s instanceof Statement.Increment i) {
            all.add(i.value());
        } else if (s instanceof Statement.CallStatement c) {
            all.add(c.call());
        } else if (s instanceof Statement.Say say) {
            say.parts().forEach(p -> all.add(p.value()));
        } else if (s instanceof Statement.If i) {
            all.add(i.condition());
        } else if (s instanceof Statement.While w) {
            all.add(w.condition());
        } else if (s instanceof Statement.For f) {
            all.add(f.first());
            all.add(f.last());
        } else if (s instanceof Statement.ForEach f) {
            all.add(f.container());
        } else if (s instanceof Statement.Return r) {
            all.add(r.value());
        }
        all.removeIf(Objects::isNull);
        return List.copyOf(all);
    }

    /** The expression, and all in it. */
    public static void each(Expression e, Consumer<Expression> visit) {
        visit.accept(e);
        Expressions.parts(e).forEach(part -> each(part, visit));
    }

    /** All names in the statement and those in it. */
    public static Set<String> all(Statement s) {
        Set<String> names = new HashSet<>();
        each(s, inner -> expressions(inner).forEach(e -> each(e, part -> {
            if (part instanceof Expression.Name n) names.add(n.name());
        })));
        return names;
    }
}
