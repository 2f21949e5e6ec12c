package org.fluvia.stan.translate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Mentions;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;

/** Writes declarations and assignments. */
final class VariableWriter {
    private static final String INT_OF_ARRAYS = "an int that is made of arrays of data or of conditions is not translated: give it with the data";

    private final Scope scope;
    private final ExpressionWriter expressions;
    private final StatementWriter statements;
    private final Set<Span> toReport = new HashSet<>();
    /** Variables that are reported, in the order of declaration, until they are. */
    private final Map<String, Variable> reported = new LinkedHashMap<>();
    /** How often each name is assigned in the block. */
    private final Map<String, Integer> assignments = new HashMap<>();
    private final Map<Variable, Integer> depths = new IdentityHashMap<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private final Set<Variable> positive = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Names of matrices of which columns are assigned. */
    private final Set<String> columns = new HashSet<>();
    private final Set<Variable> unit = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Variable> inLanes = new HashSet<>();

    VariableWriter(Scope scope, ExpressionWriter expressions, StatementWriter statements) {
        this.scope = scope;
        this.expressions = expressions;
        this.statements = statements;
    }

    /** What an attempt may have to be undone to. */
    record State(Map<Variable, String> names, Map<Variable, Integer> depths, Map<String, Variable> reported) {}

    State state() {
        Map<Variable, String> names = new IdentityHashMap<>();
        depths.keySet().forEach(v -> names.put(v, v.java));
        return new State(names, new IdentityHashMap<>(depths), new LinkedHashMap<>(reported));
    }

    void restore(State s) {
        s.names.forEach((v, java) -> v.java = java);
        depths.keySet().retainAll(s.depths.keySet());
        reported.clear();
        reported.putAll(s.reported);
        endLanes();
    }

    void endLanes() {
        inLanes.clear();
        scope.given.clear();
    }

    /** What a block assigns, which is looked at before it is written. */
    void prepare(List<? extends Statement> block) {
        for (Statement s : block) {
            Mentions.each(s, inner -> {
                if (!(inner instanceof Statement.Assignment a)) return;
                Expression root = a.target();
                int count = 0;
                while (root instanceof Expression.Indexed i) {
                    count += i.indices().size();
                    root = i.base();
                }
                if (!(root instanceof Expression.Name n)) return;
                assignments.merge(n.name(), 1, Integer::sum);
                if (count > 0) indices.putIfAbsent(n.name(), count);
                if (isColumn(a.target())) columns.add(n.name());
            });
        }
    }

    /** {@code x[, j]}. */
    private static boolean isColumn(Expression target) {
        return target instanceof Expression.Indexed i && i.base() instanceof Expression.Name && i.indices().size() == 2
                && i.indices().get(0) instanceof Expression.All && i.indices().get(1) instanceof Expression.At;
    }

    /** The variables of a block are reported under their names, each as soon as it has its value and those declared before are. */
    void report(List<? extends Statement> block) {
        for (Statement s : block) if (s instanceof Statement.Declaration d) toReport.add(d.span());
    }

    void declare(Statement.Declaration d) {
        SizedType t = d.type();
        if (t.kind() == SizedType.Kind.TUPLE || t.type().isComplex()) {
            throw new Refusal("tuples and complex numbers are not translated. Write their parts as variables of their own");
        }
        Variable.Storage storage = scope.storages.getOrDefault(d.span(), t.type().isInt() ? Variable.Storage.INT : Variable.Storage.EXPR);
        List<Code> sizes = new ArrayList<>();
        if (scope.first == null || storage == Variable.Storage.ELEMENTS) {
            for (Expression e : t.arraySizes()) sizes.add(expressions.integer(e));
            for (Expression e : t.sizes()) sizes.add(expressions.integer(e));
        }
        Variable v = new Variable(t.type(), storage, d.span(), sizes, "");
        depths.put(v, statements.lines().depth());
        if (scope.first != null) inLanes.add(v);
        if (toReport.contains(d.span())) reported.put(d.name().name(), v);
        Expression value = d.value();
        if (value != null) {
            Code c = t.type().isInt() ? expressions.numbers(value) : expressions.value(value);
            scope.put(d.name().name(), v);
            if (storage == Variable.Storage.ELEMENTS) throw both(d.name().name());
            assignments.merge(d.name().name(), 1, Integer::sum);
            first(d.name().name(), v, c);
            return;
        }
        scope.put(d.name().name(), v);
        if (storage == Variable.Storage.ELEMENTS) elements(d, v);
        else if (storage == Variable.Storage.EARLY) early(d, v);
    }

    private void early(Statement.Declaration d, Variable v) {
        v.java = scope.names.name(d.name().name());
        boolean isInt = v.type.isInt();
        statements.lines().add((isInt ? "int " : "Expr ") + v.java + " = " + (isInt ? "Integer.MIN_VALUE" : "Expr.of(Double.NaN)") + ";");
    }

    private void elements(Statement.Declaration d, Variable v) {
        if (scope.first != null) throw new NotLifted();
        v.java = scope.names.name(d.name().name());
        v.indices = indices.getOrDefault(d.name().name(), 1);
        if (v.indices > v.sizes.size()) throw new Refusal("this is not translated: declare all of its sizes");
        StringBuilder b = new StringBuilder();
        v.isColumns = columns.contains(d.name().name()) && v.type.is(Type.Base.MATRIX);
        if (v.isColumns) {
            v.indices = 1;
            statements.lines().add("Expr[] " + v.java + " = new Expr[" + v.sizes.get(1).java() + "];");
            return;
        }
        for (Code size : v.sizes.subList(0, v.indices)) b.append("[").append(size.java()).append("]");
        String of = v.type.holdsInts() ? "int" : "Expr";
        statements.lines().add(of + "[]".repeat(v.indices) + " " + v.java + " = new " + of + b + ";");
    }

    /** The first value of a variable. */
    private void first(String name, Variable v, Code c) {
        boolean isInt = v.storage == Variable.Storage.INT;
        if (isInt && !c.isInt()) {
            if (c.isLanes() || c.form() == Code.Form.COUNTER) throw new NotLifted();
            throw new Refusal(INT_OF_ARRAYS);
        }
        v.java = scope.names.name(name);
        v.isLanes = c.isLanes() || c.form() == Code.Form.COUNTER;
        Code value = Operations.counted(c, scope);
        String text = isInt ? c.java() : value.expr();
        know(v, text);
        boolean isNext = !reported.isEmpty() && reported.values().iterator().next() == v;
        boolean isOnly = assignments.getOrDefault(name, 0) <= 1 && statements.lines().depth() == Translation.METHOD;
        if (isNext && isOnly && !isInt) {
            reported.remove(name);
            text = "m.derive(\"" + name + "\", " + text + ")";
        }
        statements.lines().add((isInt ? "int " : "Expr ") + v.java + " = " + text + ";");
    }

    /** What is seen of a value by what it is computed by. */
    private void know(Variable v, String text) {
        positive.remove(v);
        unit.remove(v);
        if (text.matches(".*\\.(exp|sqrt|square|sigmoid|softplus|abs)\\(\\)")) positive.add(v);
        if (text.endsWith(".sigmoid()")) unit.add(v);
    }

    /** Reports what was not yet. */
    void reportAll() {
        for (Map.Entry<String, Variable> e : reported.entrySet()) {
            try {
                statements.lines().add("m.derive(\"" + e.getKey() + "\", " + expressions.whole(e.getValue()).expr() + ");");
            } catch (Refusal x) {
                throw scope.at(requireNonNull(e.getValue().declaration), x);
            }
        }
        reported.clear();
    }

    /** Whether a value is positive by what it was last computed by. */
    boolean isPositive(Variable v) {
        return positive.contains(v);
    }

    /** Whether it is at most 1. */
    boolean isUnit(Variable v) {
        return unit.contains(v);
    }

    void forget(String name) {
        reported.remove(name);
    }

    void assign(Statement.Assignment a) {
        Expression root = a.target();
        List<Expression.Index> all = new ArrayList<>();
        while (root instanceof Expression.Indexed i) {
            all.addAll(0, i.indices());
            root = i.base();
        }
        if (!(root instanceof Expression.Name n)) throw new Refusal("tuples are not translated. Write their members as variables of their own");
        Variable v = requireNonNull(scope.find(n.name()));
        if (scope.first != null && !inLanes.contains(v)) {
            inAllLanes(a, n, v, all);
        } else if (all.isEmpty()) {
            whole(a, n.name(), v);
        } else {
            element(a, n.name(), v, all);
        }
    }

    private static Refusal both(String name) {
        return new Refusal("`" + name + "` is given a value as a whole, and elements of it are too, which is not translated. Give it all at once");
    }

    private void whole(Statement.Assignment a, String name, Variable v) {
        if (v.storage == Variable.Storage.ELEMENTS) throw both(name);
        Code c = v.type.isInt() ? expressions.numbers(a.value()) : expressions.value(a.value());
        Operator operator = a.operator();
        if (operator != null) c = Operations.of(operator, expressions.whole(v), c, scope);
        if (v.isDeclared()) {
            v.isLanes |= c.isLanes();
            Code value = Operations.counted(c, scope);
            boolean isInt = v.storage == Variable.Storage.INT || v.storage == Variable.Storage.EARLY && v.type.isInt();
            if (isInt && !c.isInt()) throw new Refusal(INT_OF_ARRAYS);
            if (v.offset != 0) throw new IllegalStateException("stan: the variable of a loop is assigned");
            know(v, isInt ? "" : value.expr());
            statements.lines().add(v.java + " = " + (isInt ? c.java() : value.expr()) + ";");
        } else if (Objects.equals(depths.get(v), statements.lines().depth())) {
            first(name, v, c);
        } else {
            restart(v, Variable.Storage.EARLY);
        }
    }

    private void restart(Variable v, Variable.Storage storage) {
        Span declaration = v.declaration;
        if (scope.first != null || declaration == null) throw new NotLifted();
        throw new Restart(declaration, storage);
    }

    private void element(Statement.Assignment a, String name, Variable v, List<Expression.Index> all) {
        if (v.storage != Variable.Storage.ELEMENTS) {
            if (v.isDeclared()) throw both(name);
            restart(v, Variable.Storage.ELEMENTS);
        }
        if (scope.first != null) throw new NotLifted();
        if (v.isColumns && isColumn(a.target())) all.remove(0);
        if (all.size() != v.indices) throw new Refusal("elements of `" + name + "` are given by different numbers of indices, which is not translated");
        StringBuilder b = new StringBuilder(v.java);
        for (Expression.Index i : all) b.append("[").append(expressions.place(i)).append("]");
        boolean isInt = v.type.holdsInts();
        Code c = isInt ? expressions.numbers(a.value()) : expressions.value(a.value());
        Operator operator = a.operator();
        Code before = isInt ? Code.integer(b.toString(), 0, Code.WHOLE) : Code.expr(scope.type(a.value()), b.toString(), false);
        if (operator != null) c = Operations.of(operator, before, c, scope);
        if (isInt && !c.isInt()) throw new Refusal(INT_OF_ARRAYS);
        statements.lines().add(b + " = " + (isInt ? c.java() : c.expr()) + ";");
    }

    /** {@code for (n in 1:N) mu[n] = ...} of all N elements, or a sum over the iterations. */
    private void inAllLanes(Statement.Assignment a, Expression.Name n, Variable v, List<Expression.Index> all) {
        Code last = requireNonNull(scope.last);
        Code first = requireNonNull(scope.first);
        if (v.isDeclared()) {
            anew(a, n.name(), v, all);
            return;
        }
        boolean isAll = all.size() == 1 && v.type.dimensions() == 1 && first.same(Code.constant(1)) && v.sizes.size() == 1 && v.sizes.get(0).same(last)
                && v.storage == Variable.Storage.EXPR && a.operator() == null && assignments.getOrDefault(n.name(), 0) == 1
                && statements.lines().depth() == depths.getOrDefault(v, -1);
        if (!isAll || !isCounter(all.get(0))) throw new NotLifted();
        Code c = expressions.value(a.value());
        if (!c.isLanes() && c.form() != Code.Form.COUNTER) throw new NotLifted();
        first(n.name(), v, c);
        v.isLanes = false;
        scope.given.add(v);
    }

    private boolean isCounter(Expression.Index index) {
        if (!(index instanceof Expression.At at)) return false;
        Code c = expressions.value(at.place());
        return c.form() == Code.Form.COUNTER && c.text().isEmpty() && c.offset() == 0;
    }

    /** {@code for (n in 1:N) mu[n] = exp(mu[n])} of all N elements of what has a value, or {@code for (n in 1:N) K[n, n] += x}. */
    private void anew(Statement.Assignment a, String name, Variable v, List<Expression.Index> all) {
        boolean isKept = v.storage == Variable.Storage.EXPR || v.storage == Variable.Storage.EARLY;
        boolean isAll = requireNonNull(scope.first).same(Code.constant(1)) && !v.sizes.isEmpty() && v.sizes.get(0).same(requireNonNull(scope.last));
        if (!isKept || !isAll || v.isLanes || !all.stream().allMatch(this::isCounter)) throw new NotLifted();
        if (all.size() == 2 && v.type.is(Type.Base.MATRIX)) {
            diagonal(a, name, v);
            return;
        }
        if (all.size() != 1 || v.type.dimensions() != 1) throw new NotLifted();
        Code c = expressions.value(a.value());
        Operator operator = a.operator();
        if (operator != null) c = Operations.of(operator, Code.expr(Type.REAL, v.java, true), c, scope);
        if (!c.isLanes()) throw new NotLifted();
        know(v, c.expr());
        statements.lines().add(v.java + " = " + c.expr() + ";");
    }

    private void diagonal(Statement.Assignment a, String name, Variable v) {
        Expression added = a.operator() == Operator.PLUS ? a.value() : null;
        if (a.operator() == null && a.value() instanceof Expression.Binary b && b.operator() == Operator.PLUS && b.left() instanceof Expression.Indexed i
                && i.base() instanceof Expression.Name n && n.name().equals(name) && i.indices().size() == 2
                && i.indices().stream().allMatch(this::isCounter)) added = b.right();
        if (added == null) throw new NotLifted();
        Code x = Operations.counted(expressions.value(added), scope);
        scope.importStatic("org.fluvia.autodiff.Matrices");
        positive.remove(v);
        statements.lines().add(v.java + " = addToDiagonal(" + v.java + ", " + x.argument() + ");");
    }
}
