package org.fluvia.stan.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.Statement;

/** What an assignment's left side must not do: read what it assigns, choose several of several, or assign a variable twice. */
final class Aliasing {
    private final Names names;

    Aliasing(Names names) {
        this.names = names;
    }

    void check(Statement.Assignment a) {
        targets(a.target(), new HashSet<>());
    }

    private void targets(Expression target, Set<String> assigned) {
        if (target instanceof Expression.TupleOf t) {
            t.members().forEach(m -> targets(m, assigned));
            return;
        }
        String name = null;
        boolean several = false;
        for (Expression e = target; name == null;) {
            if (e instanceof Expression.Indexed i) {
                boolean some = i.indices().stream().anyMatch(index -> !(index instanceof Expression.At));
                if (some && several) throw names.text().error(target.span(),
                        "several elements of several cannot be assigned: join the indices in one pair of brackets");
                several |= some;
                e = i.base();
            } else if (e instanceof Expression.Member m) {
                e = m.tuple();
            } else {
                name = ((Expression.Name) e).name();
            }
        }
        if (reads(target, name, true)) throw names.text().error(target.span(), "`" + name + "` cannot be read on the left of its own assignment");
        if (!assigned.add(name)) throw names.text().error(target.span(), "`" + name + "` cannot be assigned twice at once");
    }

    private static boolean reads(Expression e, String name, boolean isTarget) {
        if (e instanceof Expression.Name n) return !isTarget && n.name().equals(name);
        List<Expression> parts = Expressions.parts(e);
        for (int i = 0; i < parts.size(); i++) if (reads(parts.get(i), name, isTarget && i == 0)) return true;
        return false;
    }
}
