package org.fluvia.stan.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.value.Refusal;
import org.jspecify.annotations.Nullable;

/** Writes generated quantities that are drawn from a distribution as a whole, or in a loop over all elements, as predictions. Mutable. */
final class Predicted {
    private static final String SUFFIX = "_rng";

    private final Scope scope;
    private final ExpressionWriter expressions;
    private final Map<String, Statement.Declaration> declared = new HashMap<>();
    private final Set<String> names = new TreeSet<>();

    Predicted(Scope scope, ExpressionWriter expressions) {
        this.scope = scope;
        this.expressions = expressions;
    }

    Set<String> names() {
        return names;
    }

    void declare(Statement.Declaration d) {
        declared.put(d.name().name(), d);
    }

    /** Null where it is none of these. */
    @Nullable String line(Statement s) {
        Scope.Mark mark = scope.mark();
        try {
            if (s instanceof Statement.Declaration d) return whole(d.name().name(), d.value());
            if (s instanceof Statement.Assignment a && a.operator() == null && a.target() instanceof Expression.Name n) return whole(n.name(), a.value());
            return s instanceof Statement.For f ? each(f, mark) : null;
        } catch (ModelException | Refusal | NotLifted e) {
            scope.undo(mark);
            return null; // it is left out then
        }
    }

    private @Nullable String whole(String name, @Nullable Expression value) {
        Statement.Declaration d = declared.get(name);
        if (d == null || !(value instanceof Expression.Call c) || !c.name().endsWith(SUFFIX) || scope.functions.containsKey(c.name())) return null;
        List<Code> sizes = new ArrayList<>();
        for (Expression e : d.type().arraySizes()) sizes.add(expressions.integer(e));
        for (Expression e : d.type().sizes()) sizes.add(expressions.integer(e));
        Densities.Written w = expressions.densities().distribution(c.name().substring(0, c.name().length() - SUFFIX.length()), c.arguments());
        names.add(name);
        return "m.predict(\"" + name + "\", " + w.java() + Densities.joined(sizes) + ");";
    }

    /** {@code for (n in 1:N) y[n] = normal_rng(mu[n], sigma);} */
    private @Nullable String each(Statement.For f, Scope.Mark mark) {
        Statement body = f.body();
        while (body instanceof Statement.Block b && b.statements().size() == 1) body = b.statements().get(0);
        if (!(body instanceof Statement.Assignment a && a.operator() == null && a.target() instanceof Expression.Indexed i && i.indices().size() == 1
                && i.base() instanceof Expression.Name n && i.indices().get(0) instanceof Expression.At at && at.place() instanceof Expression.Name own
                && own.name().equals(f.variable().name()))) return null;
        Statement.Declaration d = declared.get(n.name());
        if (d == null || d.type().type().dimensions() != 1) return null;
        Expression size = d.type().arraySizes().isEmpty() ? d.type().sizes().get(0) : d.type().arraySizes().get(0);
        Code first = expressions.integer(f.first());
        Code last = expressions.integer(f.last());
        if (!first.same(Code.constant(1)) || !last.same(expressions.integer(size))) return null;
        scope.first = first;
        scope.last = last;
        scope.open();
        scope.put(f.variable().name(), new Variable(org.fluvia.stan.tree.Type.INT, Variable.Storage.COUNTER, null, List.of(), ""));
        String line = whole(n.name(), a.value());
        scope.close();
        scope.first = null;
        scope.last = null;
        if (line == null) scope.undo(mark);
        return line;
    }
}
