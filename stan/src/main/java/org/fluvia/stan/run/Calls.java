package org.fluvia.stan.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fluvia.stan.check.Overloads;
import org.fluvia.stan.library.Library;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Value;
import org.jspecify.annotations.Nullable;

/** Calls of functions: the program's own, the library's, and those that take functions. */
final class Calls {
    private final Session session;
    private final Caller caller;

    Calls(Session session, Caller caller) {
        this.session = session;
        this.caller = caller;
    }

    /** @return null if the function returns nothing */
    @Nullable Value call(Expression.Call c, Function<Expression, Value> evaluate) {
        String name = c.name();
        if (Solvers.has(name) && session.functions(name).isEmpty()) {
            if (session.lanes() != null) throw new NotLifted("functions of functions");
            Expression.Name function = (Expression.Name) Expressions.inner(c.arguments().get(0));
            List<Value> values = c.arguments().subList(1, c.arguments().size()).stream().map(evaluate).toList();
            return Solvers.call(name, given -> requireNonNull(named(function.name(), given)), values);
        }
        List<Value> values = new ArrayList<>();
        for (Expression argument : c.arguments()) values.add(evaluate.apply(argument));
        return named(name, values);
    }

    /** A function by its name and what it is given. */
    @Nullable Value named(String name, List<Value> values) {
        FunctionDefinition own = own(name, values.stream().map(Value::type).toList());
        if (own != null) return caller.call(own, values);
        if (RandomNumbers.isDraw(name)) {
            RandomNumbers numbers = session.random();
            if (numbers == null) throw new Refusal("`" + name + "` is not read here: random numbers are drawn after the fit only");
            if (session.lanes() != null) throw new NotLifted("a draw");
            return numbers.draw(name, values);
        }
        return Library.call(name, values);
    }

    @Nullable FunctionDefinition own(String name, List<Type> types) {
        for (String as : Overloads.namesOf(name)) {
            FunctionDefinition f = Overloads.choose(session.functions(as), types);
            if (f != null) return f;
        }
        return null;
    }
}
