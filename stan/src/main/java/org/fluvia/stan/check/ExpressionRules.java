package org.fluvia.stan.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;

/** The types of expressions. */
final class ExpressionRules {
    private final Names names;
    private final CallRules calls;
    private final Map<Expression, Checked> found = new IdentityHashMap<>();

    ExpressionRules(Names names) {
        this.names = names;
        this.calls = new CallRules(names, this);
    }

    Names names() {
        return names;
    }

    CallRules calls() {
        return calls;
    }

    /** What is known of each expression that was checked. */
    Map<Expression, Checked> found() {
        return found;
    }

    Checked check(Expression e, Place place) {
        Checked c = checked(e, place);
        found.put(e, c);
        return c;
    }

    private Checked checked(Expression e, Place place) {
        if (e instanceof Expression.IntLiteral) return new Checked(Type.INT, true);
        if (e instanceof Expression.RealLiteral) return new Checked(Type.REAL, true);
        if (e instanceof Expression.ImaginaryLiteral) return new Checked(Type.COMPLEX, true);
        if (e instanceof Expression.Grouped g) return check(g.inner(), place);
        if (e instanceof Expression.Name n) return name(n);
        if (e instanceof Expression.Sign s) return sign(s, place);
        if (e instanceof Expression.Binary b) return binary(b, place);
        if (e instanceof Expression.Transposed t) return transposed(t, place);
        if (e instanceof Expression.Conditional c) return conditional(c, place);
        if (e instanceof Expression.Indexed i) return indexed(i, place);
        if (e instanceof Expression.Call c) return calls.check(c, place);
        if (e instanceof Expression.ArrayOf a) return array(a, place);
        if (e instanceof Expression.RowOf r) return row(r, place);
        if (e instanceof Expression.TupleOf t) return tuple(t, place);
        if (e instanceof Expression.Member m) return member(m, place);
        if (!place.mayUseTarget()) throw error(e.span(), "target() can only be used in the model block and in functions whose names end in _lp");
        return new Checked(Type.REAL, false);
    }

    private Checked name(Expression.Name n) {
        Names.Variable v = names.variable(n.name());
        if (v != null) return new Checked(v.type(), v.isData());
        boolean isFunction = !names.functions(n.name()).isEmpty() || Signatures.has(n.name()) || HigherOrder.of(n.name()) != null;
        throw error(n.span(), "`" + n.name() + "` is " + (isFunction ? "a function, and no variable" : "not declared"));
    }

    private Checked sign(Expression.Sign s, Place place) {
        Checked operand = check(s.operand(), place);
        Type t = operand.type();
        boolean fits = s.sign() == '!' ? t.isNumber() : Pattern.isNumbers(t) || t.isComplex() && t.base() != Base.TUPLE;
        if (!fits) throw error(s.span(), "`" + s.sign() + "` does not take " + a(t));
        return s.sign() == '!' ? new Checked(Type.INT, operand.isData()) : operand;
    }

    private Checked binary(Expression.Binary b, Place place) {
        Checked left = check(b.left(), place);
        Checked right = check(b.right(), place);
        Type t = Operators.result(b.operator(), left.type(), right.type());
        if (t == null) throw error(b.span(), "`" + b.operator() + "` does not take " + a(left.type()) + " and " + a(right.type()));
        return new Checked(t, left.isData() && right.isData());
    }

    private Checked transposed(Expression.Transposed t, Place place) {
        Checked operand = check(t.operand(), place);
        Base base = operand.type().isArray() ? Base.VOID : operand.type().base();
        Base result = switch (base) {
            case VECTOR -> Base.ROW_VECTOR;
            case ROW_VECTOR -> Base.VECTOR;
            case MATRIX, COMPLEX_MATRIX -> base;
            case COMPLEX_VECTOR -> Base.COMPLEX_ROW_VECTOR;
            case COMPLEX_ROW_VECTOR -> Base.COMPLEX_VECTOR;
            default -> throw error(t.span(), "only vectors and matrices can be transposed, and this is " + a(operand.type()));
        };
        return new Checked(Type.of(result), operand.isData());
    }

    private Checked conditional(Expression.Conditional c, Place place) {
        Checked condition = check(c.condition(), place);
        if (!condition.type().isInt()) throw error(c.condition().span(), "a condition must be int, but this is " + a(condition.type()));
        Checked then = check(c.then(), place);
        Checked otherwise = check(c.otherwise(), place);
        Type common = Types.common(then.type(), otherwise.type());
        if (common == null || common.base() == Base.VOID || common.base() == Base.FUNCTION) {
            throw error(c.span(), "both values of a conditional must have one type, but are " + a(then.type()) + " and " + a(otherwise.type()));
        }
        return new Checked(common, condition.isData() && then.isData() && otherwise.isData());
    }

    private Checked indexed(Expression.Indexed e, Place place) {
        Checked base = check(e.base(), place);
        boolean data = base.isData();
        for (Expression.Index index : e.indices()) for (Expression at : Expressions.places(index)) data &= check(at, place).isData();
        return new Checked(indexed(e, base.type(), place), data);
    }

    /** The type of what the indices choose of a type. */
    Type indexed(Expression.Indexed e, Type type, Place place) {
        if (e.indices().size() > type.dimensions()) {
            throw error(e.span(), "there are " + e.indices().size() + " indices, but " + a(type) + " has " + type.dimensions()
                    + (type.dimensions() == 1 ? " dimension" : " dimensions"));
        }
        boolean[] single = new boolean[e.indices().size()];
        for (int i = 0; i < single.length; i++) single[i] = isSingle(e.indices().get(i), place);
        int arrays = 0;
        for (int i = 0; i < type.arrays(); i++) if (i >= single.length || !single[i]) arrays++;
        boolean row = type.arrays() < single.length && single[type.arrays()];
        boolean column = type.arrays() + 1 < single.length && single[type.arrays() + 1];
        Base inner = switch (type.base()) {
            case VECTOR, ROW_VECTOR -> row ? Base.REAL : type.base();
            case COMPLEX_VECTOR, COMPLEX_ROW_VECTOR -> row ? Base.COMPLEX : type.base();
            case MATRIX -> row && column ? Base.REAL : row ? Base.ROW_VECTOR : column ? Base.VECTOR : Base.MATRIX;
            case COMPLEX_MATRIX -> row && column ? Base.COMPLEX : row ? Base.COMPLEX_ROW_VECTOR : column ? Base.COMPLEX_VECTOR : type.base();
            default -> type.base();
        };
        return new Type(inner, arrays, inner == Base.TUPLE ? type.members() : List.of());
    }

    private boolean isSingle(Expression.Index index, Place place) {
        for (Expression at : Expressions.places(index)) {
            Type t = check(at, place).type();
            boolean several = index instanceof Expression.At && t.equals(Type.INT.array(1));
            if (!t.isInt() && !several) throw error(at.span(), "an index must be int"
                    + (index instanceof Expression.At ? " or an array of it" : "") + ", but this is " + a(t));
            if (index instanceof Expression.At && !several) return true;
        }
        return false;
    }

    private Checked array(Expression.ArrayOf a, Place place) {
        Type common = null;
        boolean data = true;
        for (Expression element : a.elements()) {
            Checked c = check(element, place);
            Type with = common == null ? c.type() : Types.common(common, c.type());
            if (with == null || with.base() == Base.VOID || with.base() == Base.FUNCTION) {
                throw error(element.span(), "all elements of an array must have one type, but here are "
                        + a(common == null ? c.type() : common) + " and " + a(c.type()));
            }
            common = with;
            data &= c.isData();
        }
        if (common == null) throw error(a.span(), "an array must have elements here");
        return new Checked(common.array(1), data);
    }

    private Checked row(Expression.RowOf r, Place place) {
        boolean data = true;
        boolean complex = false;
        Boolean rows = null;
        for (Expression element : r.elements()) {
            Checked c = check(element, place);
            boolean isRow = c.type().is(Base.ROW_VECTOR) || c.type().is(Base.COMPLEX_ROW_VECTOR);
            boolean isNumber = c.type().isNumber() || c.type().is(Base.COMPLEX);
            if (!isRow && !isNumber || rows != null && rows != isRow) {
                throw error(element.span(), "a row vector is made of numbers and a matrix of row vectors, but here is " + a(c.type()));
            }
            rows = isRow;
            complex |= c.type().isComplex();
            data &= c.isData();
        }
        Base base = rows != null && rows ? complex ? Base.COMPLEX_MATRIX : Base.MATRIX : complex ? Base.COMPLEX_ROW_VECTOR : Base.ROW_VECTOR;
        return new Checked(Type.of(base), data);
    }

    private Checked tuple(Expression.TupleOf t, Place place) {
        List<Type> members = new ArrayList<>();
        boolean data = true;
        for (Expression member : t.members()) {
            Checked c = check(member, place);
            if (c.type().base() == Base.VOID) throw error(member.span(), "a tuple cannot hold what has no value");
            members.add(c.type());
            data &= c.isData();
        }
        return new Checked(Type.tuple(members), data);
    }

    private Checked member(Expression.Member m, Place place) {
        Checked tuple = check(m.tuple(), place);
        return new Checked(member(m, tuple.type()), tuple.isData());
    }

    Type member(Expression.Member m, Type type) {
        if (!type.is(Base.TUPLE)) throw error(m.span(), "only a tuple has members, and this is " + a(type));
        if (m.position() < 1 || m.position() > type.members().size()) {
            throw error(m.span(), "this tuple has members from 1 to " + type.members().size() + ", but not " + m.position());
        }
        return type.members().get(m.position() - 1);
    }

    ModelException error(Span span, String sentence) {
        return names.text().error(span, sentence);
    }

    /** The type with its article. */
    static String a(Type t) {
        String name = t.toString();
        return name.startsWith("int") || name.startsWith("array") ? "an " + name : name.startsWith("void") ? "nothing" : "a " + name;
    }
}
