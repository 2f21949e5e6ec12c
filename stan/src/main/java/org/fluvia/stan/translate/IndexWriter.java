package org.fluvia.stan.translate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.Refusal;
import org.jspecify.annotations.Nullable;

/** Writes variables and their elements. Java counts from 0, the program from 1. */
final class IndexWriter {
    private final Scope scope;
    private final ExpressionWriter expressions;

    IndexWriter(Scope scope, ExpressionWriter expressions) {
        this.scope = scope;
        this.expressions = expressions;
    }

    Code whole(Variable v) {
        if (scope.given.contains(v)) throw new NotLifted();
        return read(v);
    }

    private Code read(Variable v) {
        switch (v.storage) {
            case COUNTER:
                return new Code(Code.Form.COUNTER, Type.INT, "", 0, Code.WHOLE, true);
            case INT:
                if (!v.isDeclared()) throw new Refusal("this int is used before it has a value");
                return Code.integer(v.java, v.offset, Code.WHOLE);
            case ELEMENTS:
                if (v.isColumns) return Code.expr(v.type, "Expr.columns(" + v.java + ")", false);
                return elements(v.java, v.type, v.indices);
            default:
                if (!v.isDeclared() && v.type.dimensions() == 1 && v.sizes.size() == 1 && v.sizes.get(0).same(Code.constant(0))) {
                    return Code.expr(v.type, "Expr.vector()", false);
                }
                if (!v.isDeclared() && scope.first != null) throw new NotLifted();
                if (!v.isDeclared()) throw new Refusal("this is used before it has a value");
                return Code.expr(v.type, v.java, v.isLanes);
        }
    }

    /** The sum of ints of data or of the program, or the largest or least, as a number of Java; null for other calls. */
    @Nullable Code ofInts(Expression.Call c) {
        String end = switch (c.name()) {
            case "sum" -> ".sum()";
            case "max", "min" -> "." + c.name() + "().orElseThrow()";
            default -> "";
        };
        if (end.isEmpty() || c.arguments().size() != 1) return null;
        Expression x = c.arguments().get(0);
        Type type = scope.type(x);
        if (!type.holdsInts() || type.dimensions() != 1) return null;
        String all = ints(x);
        if (all == null) return null;
        scope.importClass("java.util.Arrays");
        return Code.integer("Arrays.stream(" + all + ")" + end, 0, Code.WHOLE);
    }

    /** Ints as an array of Java, and what part of it; null if they are none. */
    private @Nullable String ints(Expression x) {
        if (x instanceof Expression.Name n) {
            Variable v = scope.find(n.name());
            if (v == null) return scope.data.containsKey(n.name()) ? scope.dataVariable(n.name(), "integers") : null;
            return v.storage == Variable.Storage.ELEMENTS ? v.java : null;
        }
        if (!(x instanceof Expression.Indexed i) || !(i.base() instanceof Expression.Name n) || i.indices().size() != 1 || !isSingle(i.indices().get(0))) {
            return null;
        }
        Code place = expressions.integer(((Expression.At) i.indices().get(0)).place());
        Variable v = scope.find(n.name());
        if (v != null) return v.storage == Variable.Storage.ELEMENTS ? v.java + "[" + place.place() + "]" : null;
        Statement.Declaration d = scope.data.get(n.name());
        if (d == null) return null;
        String width = sizes(d).get(1).within(Code.WHOLE);
        return scope.dataVariable(n.name(), "integers") + ", " + place.plus(-1).within(Code.PRODUCT) + " * " + width + ", " + place.within(Code.PRODUCT)
                + " * " + width;
    }

    private Code elements(String java, Type type, int indices) {
        if (type.holdsInts()) {
            if (indices > 1) throw new Refusal("ints that are given element by element, and used as a whole, are not translated. Use one row after the other");
            scope.importClass("java.util.Arrays");
            return Code.expr(type, "Expr.vector(Arrays.stream(" + java + ").asDoubleStream().toArray())", false);
        }
        if (indices > 2) throw new Refusal("this is given element by element, and used as a whole: it is not translated. Use a matrix for each entry");
        if (indices == 2) {
            scope.importStatic("org.fluvia.autodiff.Functions");
            scope.importClass("java.util.stream.Stream");
            String row = type.dimensions() == 2 ? "Expr::concat" : "Functions::stack";
            if (type.dimensions() != 2) scope.importClass("org.fluvia.autodiff.Functions");
            return Code.expr(type, "stack(Stream.of(" + java + ").map(" + row + ").toArray(Expr[]::new))", false);
        }
        boolean scalars = type.dimensions() == 1;
        if (!scalars) scope.importStatic("org.fluvia.autodiff.Functions");
        return Code.expr(type, (scalars ? "Expr.concat(" : "stack(") + java + ")", false);
    }

    Code indexed(Expression.Indexed e) {
        List<Expression.Index> all = new ArrayList<>(e.indices());
        Expression root = e.base();
        while (root instanceof Expression.Indexed inner && inner.indices().stream().allMatch(i -> isSingle(i))) {
            all.addAll(0, inner.indices());
            root = inner.base();
        }
        Type type = scope.type(e);
        if (!(root instanceof Expression.Name n)) return parts(expressions.value(root), List.of(), all, type);
        Variable v = scope.find(n.name());
        if (v == null) return data(n, all, type);
        if (scope.given.contains(v) && !isOwn(all)) throw new NotLifted();
        if (v.storage != Variable.Storage.ELEMENTS || v.isColumns) return parts(read(v), v.sizes, all, type);
        return element(v, all, type);
    }

    /** Whether each iteration reads the element that it has given. */
    private boolean isOwn(List<Expression.Index> all) {
        if (all.size() != 1 || !isSingle(all.get(0))) return false;
        Code c = expressions.value(((Expression.At) all.get(0)).place());
        return c.form() == Code.Form.COUNTER && c.text().isEmpty() && c.offset() == 0;
    }

    boolean isSingle(Expression.Index i) {
        return i instanceof Expression.At at && scope.type(at.place()).isInt();
    }

    private Code element(Variable v, List<Expression.Index> all, Type type) {
        if (all.size() < v.indices) {
            StringBuilder b = new StringBuilder(v.java);
            for (Expression.Index i : all) b.append("[").append(place(i)).append("]");
            return elements(b.toString(), type, v.indices - all.size());
        }
        if (!all.subList(0, v.indices).stream().allMatch(this::isSingle)) return parts(read(v), v.sizes, all, type);
        StringBuilder b = new StringBuilder(v.java);
        for (Expression.Index i : all.subList(0, v.indices)) b.append("[").append(place(i)).append("]");
        List<Expression.Index> rest = all.subList(v.indices, all.size());
        Type element = type;
        if (!rest.isEmpty()) element = v.type.arrays() >= v.indices ? new Type(v.type.base(), v.type.arrays() - v.indices, v.type.members()) : Type.REAL;
        if (type.isInt() && v.type.holdsInts()) return Code.integer(b.toString(), 0, Code.WHOLE);
        Code c = Code.expr(element, b.toString(), false);
        return rest.isEmpty() ? c : parts(c, List.of(), rest, type);
    }

    /** An index that is one number, counted from 0. */
    String place(Expression.Index i) {
        if (!(i instanceof Expression.At at) || !isSingle(i)) throw new Refusal("ranges of what is given element by element are not translated");
        return expressions.integer(at.place()).place();
    }

    /** Data, of which ints are numbers of Java where they have no lanes. */
    private Code data(Expression.Name n, List<Expression.Index> all, Type type) {
        Statement.Declaration d = scope.data.get(n.name());
        if (d == null) throw new Refusal("`" + n.name() + "` has no value here");
        Type whole = d.type().type();
        List<Code> sizes = sizes(d);
        boolean isInt = whole.base() == Base.INT;
        if (type.isNumber() && (isInt || scope.wantsNumbers) && all.size() <= 2 && all.stream().allMatch(this::isSingle)) {
            List<Code> places = all.stream().map(i -> expressions.value(((Expression.At) i).place())).toList();
            if (places.stream().allMatch(Code::isInt)) {
                String row = places.size() == 1 ? "" : places.get(0).plus(-1).within(Code.PRODUCT) + " * " + sizes.get(1).within(Code.WHOLE) + " + ";
                String element = scope.dataVariable(n.name(), isInt ? "integers" : "numbers") + "[" + row + places.get(places.size() - 1).place() + "]";
                return isInt ? Code.integer(element, 0, Code.WHOLE) : Code.number(element, Code.WHOLE);
            }
        }
        return parts(Code.expr(whole, scope.dataVariable(n.name(), "data"), false), sizes, all, type);
    }

    private List<Code> sizes(Statement.Declaration d) {
        List<Code> sizes = new ArrayList<>();
        for (Expression e : d.type().arraySizes()) sizes.add(size(e));
        for (Expression e : d.type().sizes()) sizes.add(size(e));
        return sizes;
    }

    /** A size that is only looked at. */
    private Code size(Expression e) {
        Scope.Mark mark = scope.mark();
        Code first = scope.first;
        Code last = scope.last;
        Code c = expressions.value(e);
        if (e instanceof Expression.Name) return c;
        scope.undo(mark);
        scope.first = first;
        scope.last = last;
        return c;
    }

    /** What indices choose of a value. */
    private Code parts(Code base, List<Code> sizes, List<Expression.Index> all, Type type) {
        if (base.isLanes()) return ofRows(base, all, type);
        List<@Nullable Code> places = new ArrayList<>();
        boolean lanes = false;
        for (Expression.Index i : all) {
            Code c = i instanceof Expression.At at ? expressions.value(at.place()) : null;
            places.add(c);
            lanes |= c != null && (c.isLanes() || c.form() == Code.Form.COUNTER);
        }
        if (lanes) return inLanes(base, sizes, all, places, type);
        String b = base.text();
        for (int i = 0; i < all.size(); i++) {
            Expression.Index index = all.get(i);
            Code place = places.get(i);
            boolean isOne = place != null && isSingle(index);
            if (isOne && !place.isInt()) {
                throw new Refusal("an index that is no number of Java is not translated: give it with the data, or sum over all cases");
            }
            if (isOne && i + 1 < all.size() && i + 2 == base.type().dimensions() && places.get(i + 1) != null && isSingle(all.get(i + 1))) {
                return Code.expr(type, b + ".get(" + place.place() + ", " + requireNonNull(places.get(i + 1)).place() + ")", false);
            }
            if (isOne) {
                b += ".get(" + place.place() + ")";
                continue;
            }
            boolean isLast = all.subList(i + 1, all.size()).stream().allMatch(x -> x instanceof Expression.All);
            boolean isColumn = index instanceof Expression.All && i + 2 == all.size() && i + 2 == base.type().dimensions();
            if (isColumn) return column(b, all.get(i + 1), places.get(i + 1), type);
            if (!isLast) throw new Refusal("such indices together are not translated: choose along one dimension after the other");
            return Code.expr(type, along(b, index, place), false);
        }
        return Code.expr(type, b, false);
    }

    private Code column(String b, Expression.Index index, @Nullable Code place, Type type) {
        if (place != null && isSingle(index)) return Code.expr(type, b + ".column(" + expressions.integer(((Expression.At) index).place()).place() + ")", false);
        if (index instanceof Expression.All) return Code.expr(type, b, false);
        scope.importStatic("org.fluvia.autodiff.Functions");
        String[] range = range(index);
        if (range[1].isEmpty()) range[1] = b + ".shape().dim(1)";
        return Code.expr(type, "part(" + b + ", " + range[0] + ", " + range[1] + ")", false);
    }

    /** Some of the first dimension. */
    private String along(String b, Expression.Index index, @Nullable Code place) {
        if (index instanceof Expression.All) return b;
        if (place != null) return b + ".get(" + from0(place) + ")";
        String[] range = range(index);
        return b + ".slice(" + range[0] + ", " + (range[1].isEmpty() ? b + ".shape().dim(0)" : range[1]) + ")";
    }

    /** From, counted from 0, and to; empty for the end. */
    private String[] range(Expression.Index index) {
        if (index instanceof Expression.From f) return new String[] {expressions.integer(f.first()).place(), ""};
        if (index instanceof Expression.UpTo u) return new String[] {"0", expressions.integer(u.last()).java()};
        if (index instanceof Expression.Between b) return new String[] {expressions.integer(b.first()).place(), expressions.integer(b.last()).java()};
        throw new Refusal("such an index is not translated: choose along one dimension after the other");
    }

    /** Indices counted from 0. */
    private static String from0(Code index) {
        String t = index.text();
        if (t.matches("Expr\\.vector\\([0-9, ]+\\)")) {
            StringBuilder b = new StringBuilder("Expr.vector(");
            for (String s : t.substring(12, t.length() - 1).split(", ", 0)) b.append(b.length() > 12 ? ", " : "").append(Integer.parseInt(s) - 1);
            return b.append(")").toString();
        }
        return t + ".minus(1)";
    }

    /** An element or a row for each of the iterations. */
    private Code inLanes(Code base, List<Code> sizes, List<Expression.Index> all, List<@Nullable Code> places, Type type) {
        for (Expression.Index i : all) if (!isSingle(i) && !(i instanceof Expression.All)) throw new NotLifted();
        boolean isCounter = places.get(0) != null && places.get(0).form() == Code.Form.COUNTER;
        Code first = places.get(0);
        boolean wholeRows = all.size() == 1 || all.subList(1, all.size()).stream().allMatch(i -> i instanceof Expression.All);
        if (wholeRows) {
            if (first == null || base.type().dimensions() > 2) throw new NotLifted();
            if (isCounter) return Code.expr(type, run(base.text(), sizes, first), true);
            return Code.expr(type, base.text() + ".get(" + from0(first) + ")", true);
        }
        Code second = places.get(1);
        if (all.size() != 2 || base.type().dimensions() != 2 || first == null || second == null) throw new NotLifted();
        if (isCounter && second.isInt()) return Code.expr(type, run(base.text(), sizes, first) + ".column(" + second.place() + ")", true);
        String row = laneIndex(first);
        if (first.isInt() && second.form() == Code.Form.COUNTER) {
            return Code.expr(type, run(base.text() + ".get(" + first.place() + ")", sizes.isEmpty() ? sizes : sizes.subList(1, 2), second), true);
        }
        if (first.isInt() || second.isInt()) throw new NotLifted();
        return Code.expr(type, base.text() + ".get(" + row + ", " + laneIndex(second) + ")", true);
    }

    private String laneIndex(Code index) {
        if (index.form() != Code.Form.COUNTER) return index.isInt() ? index.place() : from0(index);
        scope.importStatic("org.fluvia.autodiff.Functions");
        return "range(" + Operations.first(index, scope).place() + ", " + Operations.last(index, scope).java() + ")";
    }

    /** The elements that a counter runs through: all of them, or a slice. */
    private String run(String base, List<Code> sizes, Code counter) {
        Code from = Operations.first(counter, scope);
        Code to = Operations.last(counter, scope);
        boolean isAll = !sizes.isEmpty() && sizes.get(0).isInt() && sizes.get(0).same(to) && from.same(Code.constant(1));
        return isAll ? base : base + ".slice(" + from.place() + ", " + to.java() + ")";
    }

    /** Of rows, one for each of the iterations: elements at one place. */
    private Code ofRows(Code base, List<Expression.Index> all, Type type) {
        if (all.size() != 1 || base.type().dimensions() != 1 || !isSingle(all.get(0))) throw new NotLifted();
        Code place = expressions.value(((Expression.At) all.get(0)).place());
        if (!place.isInt()) throw new NotLifted();
        return Code.expr(type, base.text() + ".column(" + place.place() + ")", true);
    }
}
