package org.fluvia.stan.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;

/** What statements must keep to. */
final class StatementRules {
    private final Names names;
    private final ExpressionRules expressions;
    private final DeclarationRules declarations;

    StatementRules(ExpressionRules expressions) {
        this.expressions = expressions;
        this.names = expressions.names();
        this.declarations = new DeclarationRules(expressions);
    }

    /** @param isTop whether they stand at the top of a block of the program */
    void check(List<Statement> statements, Place place, boolean isTop) {
        for (Statement s : statements) {
            if (s instanceof Statement.Declaration d) declarations.check(d, place, isTop);
            else check(s, place);
        }
    }

    void check(Statement s, Place place) {
        if (s instanceof Statement.Assignment a) assignment(a, place);
        else if (s instanceof Statement.Distributed d) distributed(d, place);
        else if (s instanceof Statement.Increment i) increment(i, place);
        else if (s instanceof Statement.CallStatement c) expressions.calls().statement(c.call(), place);
        else if (s instanceof Statement.Say say) say(say, place);
        else if (s instanceof Statement.If i) conditional(i, place);
        else if (s instanceof Statement.While w) loop(w, place);
        else if (s instanceof Statement.For f) counted(f, place);
        else if (s instanceof Statement.ForEach f) each(f, place);
        else if (s instanceof Statement.Block b) block(b, place);
        else if (s instanceof Statement.Jump j) jump(j, place);
        else if (s instanceof Statement.Return r) returned(r, place);
    }

    private void block(Statement.Block b, Place place) {
        names.open();
        check(b.statements(), place, false);
        names.close();
    }

    /** The body of a loop or a branch: it cannot be a declaration, which the grammar sees to. */
    private void inner(Statement s, Place place) {
        names.open();
        check(s, place);
        names.close();
    }

    private void say(Statement.Say say, Place place) {
        for (Statement.Said part : say.parts()) {
            Expression value = part.value();
            if (value != null) expressions.check(value, place);
        }
    }

    private void conditional(Statement.If i, Place place) {
        condition(i.condition(), place, "if");
        inner(i.then(), place);
        Statement otherwise = i.otherwise();
        if (otherwise != null) inner(otherwise, place);
    }

    private void loop(Statement.While w, Place place) {
        condition(w.condition(), place, "while");
        inner(w.body(), place.loop());
    }

    private void condition(Expression e, Place place, String word) {
        Type t = expressions.check(e, place).type();
        if (!t.isNumber()) throw error(e.span(), "the condition of `" + word + "` must be int or real, but this is " + ExpressionRules.a(t));
    }

    private void counted(Statement.For f, Place place) {
        for (Expression bound : List.of(f.first(), f.last())) {
            Type t = expressions.check(bound, place).type();
            if (!t.isInt()) throw error(bound.span(), "the range of a loop must be int, but this is " + ExpressionRules.a(t));
        }
        names.open();
        names.declare(f.variable(), new Names.Variable(Type.INT, true, null, "it is the variable of a loop"));
        inner(f.body(), place.loop());
        names.close();
    }

    private void each(Statement.ForEach f, Place place) {
        Checked c = expressions.check(f.container(), place);
        Type t = c.type();
        Type element;
        if (t.isArray()) element = t.element();
        else if (t.base().rank() > 0) element = t.isComplex() ? Type.COMPLEX : Type.REAL;
        else throw error(f.container().span(), "a loop goes through an array, a vector or a matrix, but this is " + ExpressionRules.a(t));
        names.open();
        names.declare(f.variable(), new Names.Variable(element, c.isData(), null, "it is the variable of a loop"));
        inner(f.body(), place.loop());
        names.close();
    }

    private void jump(Statement.Jump j, Place place) {
        if (!place.inLoop()) throw error(j.span(), (j.isBreak() ? "break" : "continue") + " can only be used in a loop");
    }

    private void returned(Statement.Return r, Place place) {
        FunctionDefinition function = place.function();
        Expression value = r.value();
        if (function == null) throw error(r.span(), "return can only be used in a function");
        boolean isVoid = function.returned().base() == Type.Base.VOID;
        if (value == null) {
            if (!isVoid) throw error(r.span(), "`" + function.name().name() + "` must return " + ExpressionRules.a(function.returned()));
            return;
        }
        Type t = expressions.check(value, place).type();
        if (isVoid || !Types.fits(t, function.returned())) {
            throw error(r.span(), "`" + function.name().name() + "` returns " + ExpressionRules.a(function.returned()) + ", but this is "
                    + ExpressionRules.a(t));
        }
    }

    private void increment(Statement.Increment i, Place place) {
        if (i.isJacobian() ? !place.mayUseJacobian() : !place.mayUseTarget()) {
            throw error(i.span(), i.isJacobian() ? "jacobian can only be added to in transformed parameters and in functions whose names end in _jacobian"
                    : "target can only be added to in the model block and in functions whose names end in _lp");
        }
        Type t = expressions.check(i.value(), place).type();
        if (!Pattern.isNumbers(t)) throw error(i.value().span(), ExpressionRules.a(t) + " cannot be added to the log-density");
    }

    private void assignment(Statement.Assignment a, Place place) {
        Type target = assignable(a.target(), place);
        Type value = expressions.check(a.value(), place).type();
        Type result = value;
        if (a.operator() != null) {
            Type combined = target.isArray() ? null : Operators.result(a.operator(), target, value);
            if (combined == null) {
                throw error(a.span(), "`" + a.operator() + "=` does not take " + ExpressionRules.a(target) + " and " + ExpressionRules.a(value));
            }
            result = combined;
        }
        if (!Types.fits(result, target) || result.base() == Type.Base.VOID) {
            throw error(a.span(), ExpressionRules.a(result) + " cannot be assigned to " + ExpressionRules.a(target));
        }
        new Aliasing(names).check(a);
    }

    /** The type of what can have something assigned. */
    private Type assignable(Expression target, Place place) {
        if (target instanceof Expression.TupleOf t) return Type.tuple(t.members().stream().map(m -> assignable(m, place)).toList());
        if (target instanceof Expression.Member m) return expressions.member(m, assignable(m.tuple(), place));
        if (target instanceof Expression.Indexed i) return expressions.indexed(i, assignable(i.base(), place), place);
        Expression.Name name = (Expression.Name) target;
        Type type = expressions.check(name, place).type();
        Names.Variable v = requireNonNull(names.variable(name.name()));
        String fixed = v.fixed();
        Program.Block block = v.block();
        if (fixed.isEmpty() && block != null && block != place.block()) fixed = "it is declared in the " + block + " block";
        if (!fixed.isEmpty()) throw error(target.span(), "nothing can be assigned to `" + name.name() + "` here: " + fixed);
        return type;
    }

    private void distributed(Statement.Distributed d, Place place) {
        if (!place.mayUseTarget()) throw error(d.span(), "`~` can only be used in the model block and in functions whose names end in _lp");
        List<Type> types = new ArrayList<>();
        types.add(expressions.check(d.value(), place).type());
        for (Expression argument : d.arguments()) types.add(expressions.check(argument, place).type());
        String name = d.distribution().name();
        CallRules calls = expressions.calls();
        if (List.of("_lpdf", "_lpmf", "_lupdf", "_lupmf", "_cdf", "_lcdf", "_lccdf", "_log", "_cdf_log",
                "_ccdf_log").stream().anyMatch(name::endsWith) && !calls.exists(name + "_lpdf") && !calls.exists(name + "_lpmf")) {
            throw error(d.distribution().span(), "after `~` stands the name of a distribution without a suffix such as _lpdf");
        }
        List<String> densities = List.of(name + "_lpdf", name + "_lpmf", name + "_log");
        if (densities.stream().noneMatch(calls::exists)) throw error(d.span(), "there is no distribution `" + name + "`");
        String density = densities.stream().filter(n -> calls.has(n, types)).findFirst().orElse(null);
        if (density == null) {
            throw error(d.span(), "`" + name + "` cannot be the distribution of " + ExpressionRules.a(types.get(0)) + " with parameters of types "
                    + types.subList(1, types.size()));
        }
        Statement.Truncation t = d.truncation();
        if (t != null) truncated(d, t, types, place);
    }

    private void truncated(Statement.Distributed d, Statement.Truncation t, List<Type> types, Place place) {
        for (Expression bound : new Expression[] {t.lower(), t.upper()}) {
            if (bound == null) continue;
            Type type = expressions.check(bound, place).type();
            if (!type.isNumber()) throw error(bound.span(), "a bound must be a number, but this is " + ExpressionRules.a(type));
        }
        String name = d.distribution().name();
        for (String suffix : List.of("_lcdf", "_lccdf")) {
            boolean needed = suffix.equals("_lcdf") ? t.upper() != null : t.lower() != null;
            boolean old = expressions.calls().has(name + (suffix.equals("_lcdf") ? "_cdf_log" : "_ccdf_log"), types);
            if (needed && !expressions.calls().has(name + suffix, types) && !old) {
                throw error(d.span(), "`" + name + "` cannot be truncated there: it has no " + name + suffix + " of these types");
            }
        }
    }

    private ModelException error(Span span, String sentence) {
        return expressions.error(span, sentence);
    }
}
