package org.fluvia.stan.check;

import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.Program;
import org.jspecify.annotations.Nullable;

/** Where the variables of an expression come from. */
final class Origins {
    private final Names names;

    Origins(Names names) {
        this.names = names;
    }

    /** Why an expression is not made of the data blocks alone, in words; null if it is. */
    @Nullable String notData(Expression e) {
        if (e instanceof Expression.Name n) {
            Names.Variable v = names.variable(n.name());
            Program.Block block = v == null ? null : v.block();
            boolean late = block != null && block != Program.Block.DATA && block != Program.Block.TRANSFORMED_DATA;
            return late ? "`" + n.name() + "` is declared in " + block : null;
        }
        if (e instanceof Expression.Call c && c.name().endsWith("_rng")) return "`" + c.name() + "` draws at random";
        for (Expression part : Expressions.parts(e)) {
            String cause = notData(part);
            if (cause != null) return cause;
        }
        return null;
    }
}
