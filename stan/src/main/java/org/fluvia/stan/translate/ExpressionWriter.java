package org.fluvia.stan.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.Refusal;

/** Writes expressions. */
final class ExpressionWriter {
    private final Scope scope;
    private final IndexWriter indices;
    private final Densities densities;

    ExpressionWriter(Scope scope) {
        this.scope = scope;
        this.indices = new IndexWriter(scope, this);
        this.densities = new Densities(scope, this);
    }

    Densities densities() {
        return densities;
    }

    Code value(Expression e) {
        try {
            return written(e);
        } catch (RuntimeException x) {
            throw scope.at(e.span(), x);
        }
    }

    /** With numbers of Java for those of data, as conditions of statements and ints need them. */
    Code numbers(Expression e) {
        scope.wantsNumbers = scope.first == null;
        try {
            return value(e);
        } finally {
            scope.wantsNumbers = false;
        }
    }

    /** A number of Java. */
    Code integer(Expression e) {
        Code c = value(e);
        if (c.isLanes() || c.form() == Code.Form.COUNTER) throw new NotLifted();
        if (!c.isInt()) throw scope.at(e.span(), new Refusal("an int that is made of arrays of data is not translated where Java needs a number: give it"
                + " with the data"));
        return c;
    }

    private Code written(Expression e) {
        if (e instanceof Expression.IntLiteral i) return Code.constant(i.value());
        if (e instanceof Expression.RealLiteral) return Code.number(scope.source(e.span()), Code.WHOLE);
        if (e instanceof Expression.Grouped g) return value(g.inner());
        if (e instanceof Expression.Name n) return name(n);
        if (e instanceof Expression.Indexed i) return indices.indexed(i);
        if (e instanceof Expression.Binary b) return Operations.of(b.operator(), value(b.left()), value(b.right()), scope);
        if (e instanceof Expression.Sign s) return sign(s);
        if (e instanceof Expression.Transposed t) return transposed(value(t.operand()));
        if (e instanceof Expression.Conditional c) return conditional(c);
        if (e instanceof Expression.Call c) return call(c);
        if (e instanceof Expression.ArrayOf a) return row(scope.type(e), a.elements());
        if (e instanceof Expression.RowOf r) return row(scope.type(e), r.elements());
        if (e instanceof Expression.Target) throw new Refusal("target() is not translated. Keep the terms that you need in a variable");
        throw new Refusal("tuples and complex numbers are not translated. Write their parts as variables of their own");
    }

    private Code name(Expression.Name n) {
        Variable v = scope.find(n.name());
        if (v != null) return indices.whole(v);
        Statement.Declaration d = scope.data.get(n.name());
        if (d == null) throw new Refusal("`" + n.name() + "` has no value here");
        boolean isInt = d.type().type().isInt();
        if (scope.wantsNumbers && d.type().type().isNumber() && !isInt) return Code.number(scope.dataVariable(n.name(), "number"), Code.WHOLE);
        String java = scope.dataVariable(n.name(), isInt ? "integer" : "data");
        return isInt ? Code.integer(java, 0, Code.WHOLE) : Code.expr(d.type().type(), java, false);
    }

    private Code sign(Expression.Sign s) {
        Code x = value(s.operand());
        if (s.sign() == '+') return x;
        if (s.sign() == '!') {
            if (x.isExpr()) return Code.expr(Type.INT, x.text() + ".eq(0)", x.isLanes());
            return x.isInt() ? Code.condition(x.within(Code.SUM) + " == 0", Code.LOGIC) : Code.condition("!" + x.within(Code.WHOLE), Code.WHOLE);
        }
        if (x.isInt() && x.text().isEmpty()) return Code.constant(-x.offset());
        if (x.isInt()) return Code.integer("-" + x.within(Code.WHOLE), 0, Code.SUM);
        if (x.form() == Code.Form.NUMBER) return Code.number("-" + x.within(Code.WHOLE), Code.SUM);
        return Code.expr(x.type(), x.expr() + ".unaryMinus()", x.isLanes());
    }

    private static Code transposed(Code x) {
        if (x.type().is(Base.VECTOR)) return x.as(Type.ROW_VECTOR);
        if (x.type().is(Base.ROW_VECTOR)) return x.as(Type.VECTOR);
        if (x.isLanes()) throw new NotLifted();
        return Code.expr(Type.MATRIX, x.text() + ".transpose()", false);
    }

    private Code conditional(Expression.Conditional c) {
        Code condition = value(c.condition());
        Code then = value(c.then());
        Code otherwise = value(c.otherwise());
        boolean lanes = condition.isLanes() || then.isLanes() || otherwise.isLanes();
        Type type = scope.type(c);
        if (condition.isExpr()) {
            return Code.expr(type, "Expr.where(" + condition.text() + ", " + then.expr() + ", " + otherwise.expr() + ")", lanes);
        }
        String test = Operations.asCondition(condition).within(Code.SUM) + " ? ";
        if (then.isInt() && otherwise.isInt()) return Code.integer("(" + test + then.java() + " : " + otherwise.java() + ")", 0, Code.WHOLE);
        if (!then.isExpr() && !otherwise.isExpr()) return Code.number("(" + test + then.java() + " : " + otherwise.java() + ")", Code.WHOLE);
        return Code.expr(type, "(" + test + then.expr() + " : " + otherwise.expr() + ")", lanes);
    }

    private Code row(Type type, List<Expression> elements) {
        List<Code> all = elements.stream().map(this::value).toList();
        boolean lanes = all.stream().anyMatch(Code::isLanes);
        if (lanes) throw new NotLifted();
        boolean numbers = all.stream().allMatch(c -> c.isInt() || c.form() == Code.Form.NUMBER);
        if (numbers) return Code.expr(type, "Expr.vector(" + all.stream().map(Code::java).collect(Collectors.joining(", ")) + ")", false);
        String inner = all.stream().map(Code::expr).collect(Collectors.joining(", "));
        if (type.dimensions() == 1) return Code.expr(type, "Expr.concat(" + inner + ")", false);
        scope.importStatic("org.fluvia.autodiff.Functions");
        return Code.expr(type, "stack(" + inner + ")", false);
    }

    private Code call(Expression.Call c) {
        FunctionDefinition own = scope.functions.get(c.name().replaceFirst("_lup([dm]f)$", "_lp$1"));
        if (own != null) return own(c, own);
        if (Equations.has(c.name())) return Equations.solved(c, scope, this);
        Code density = densities.function(c);
        if (density != null) return density;
        Code ofInts = scope.wantsNumbers ? indices.ofInts(c) : null;
        if (ofInts != null) return ofInts;
        List<Code> arguments = c.arguments().stream().map(this::value).toList();
        return Calls.of(scope, c, arguments);
    }

    /** A call of a function of the program. */
    Code own(Expression.Call c, FunctionDefinition f) {
        List<String> given = new ArrayList<>();
        if (f.name().name().endsWith("_lp")) given.add("m");
        for (int i = 0; i < c.arguments().size(); i++) {
            Code x = value(c.arguments().get(i));
            if (x.isLanes()) throw new NotLifted();
            given.add(f.arguments().get(i).type().isInt() ? integer(c.arguments().get(i)).java() : x.expr());
        }
        String call = JavaNames.camelCase(f.name().name(), false) + "(" + String.join(", ", given) + ")";
        return f.returned().isInt() ? Code.integer(call, 0, Code.WHOLE) : Code.expr(f.returned(), call, false);
    }

    Code whole(Variable v) {
        return indices.whole(v);
    }

    String place(Expression.Index i) {
        return indices.place(i);
    }
}
