package org.fluvia.stan.translate;

import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.value.Refusal;

/** Writes solutions of differential equations. */
final class Equations {
    private Equations() {}

    static boolean has(String name) {
        return name.matches("integrate_ode(_rk45|_bdf|_adams)?|ode_(rk45|ckrk|bdf|adams)(_tol)?");
    }

    static Code solved(Expression.Call c, Scope scope, ExpressionWriter expressions) {
        if (scope.first != null) throw new NotLifted();
        FunctionDefinition f = Expressions.inner(c.arguments().get(0)) instanceof Expression.Name n ? scope.functions.get(n.name()) : null;
        if (f == null) throw new Refusal("such a function of a differential equation is not translated");
        scope.importClass("org.fluvia.dynamics.Ode");
        boolean isOld = c.name().startsWith("integrate");
        boolean hasTolerances = isOld ? c.arguments().size() > 7 : c.name().endsWith("_tol");
        int tolerances = isOld ? 7 : 4;
        int from = isOld || !hasTolerances ? 4 : 7;
        List<Expression> more = c.arguments().subList(from, isOld ? 7 : c.arguments().size());
        String t = scope.names.name("t");
        String y = scope.names.name("state");
        StringBuilder call = new StringBuilder(JavaNames.camelCase(f.name().name(), false)).append("(").append(t).append(", ").append(y);
        for (int i = 0; i < more.size(); i++) {
            Code x = expressions.value(more.get(i));
            call.append(", ").append(f.arguments().get(i + 2).type().isInt() ? expressions.integer(more.get(i)).java() : x.expr());
        }
        scope.names.free(t);
        scope.names.free(y);
        boolean isStiff = c.name().contains("bdf") || c.name().contains("adams");
        StringBuilder b = new StringBuilder(isStiff ? "Ode.stiff()" : "Ode.rk45()");
        if (hasTolerances) {
            List<Code> given = c.arguments().subList(tolerances, tolerances + 3).stream().map(expressions::value).toList();
            if (given.stream().anyMatch(Code::isExpr)) throw new Refusal("tolerances that are data are not translated: write numbers");
            b.append(given.subList(0, 2).stream().map(Code::java).collect(Collectors.joining(", ", ".tolerances(", ")")));
            b.append(".maxSteps(").append(given.get(2).isInt() ? given.get(2).java() : "(long) " + given.get(2).within(Code.WHOLE)).append(")");
        }
        b.append(".solve((").append(t).append(", ").append(y).append(") -> ").append(call).append("), ").append(expressions.value(c.arguments().get(1)).expr());
        b.append(", ").append(expressions.value(c.arguments().get(2)).argument()).append(", ").append(expressions.value(c.arguments().get(3)).expr()).append(")");
        return Code.expr(scope.type(c), b.toString(), false);
    }
}
