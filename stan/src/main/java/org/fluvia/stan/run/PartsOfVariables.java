package org.fluvia.stan.run;

import java.util.List;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Span;

/** Functions that take a part of a variable, as indices: so nothing is made of the rest. */
final class PartsOfVariables {
    private PartsOfVariables() {}

    /** The indices that a call of such a function is; none where it is no such call, or its first argument is no variable. */
    static List<Expression.Index> indices(Expression.Call c) {
        List<Expression> a = c.arguments();
        if (a.isEmpty() || !(a.get(0) instanceof Expression.Name)) return List.of();
        return switch (c.name()) {
            case "head" -> List.of(new Expression.UpTo(a.get(1)));
            case "segment" -> List.of(run(a.get(1), a.get(2)));
            case "row" -> List.of(new Expression.At(a.get(1)));
            case "col" -> List.of(new Expression.All(), new Expression.At(a.get(1)));
            case "sub_row" -> List.of(new Expression.At(a.get(1)), run(a.get(2), a.get(3)));
            case "sub_col" -> List.of(run(a.get(1), a.get(3)), new Expression.At(a.get(2)));
            case "block" -> List.of(run(a.get(1), a.get(3)), run(a.get(2), a.get(4)));
            default -> List.of();
        };
    }

    /** So many from the first on. */
    private static Expression.Index run(Expression first, Expression count) {
        Span span = count.span();
        Expression end = new Expression.Binary(span, Operator.PLUS, first, count);
        return new Expression.Between(first, new Expression.Binary(span, Operator.MINUS, end, new Expression.IntLiteral(span, 1)));
    }
}
