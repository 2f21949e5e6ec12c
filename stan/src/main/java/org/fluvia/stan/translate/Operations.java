package org.fluvia.stan.translate;

import static java.util.Objects.requireNonNull;

import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.Refusal;

/** Writes operators: those of Java between its numbers, methods of expressions else. */
final class Operations {
    private Operations() {}

    static Code of(Operator operator, Code a, Code b, Scope scope) {
        if (a.form() == Code.Form.COUNTER && b.isInt() && operator == Operator.PLUS) return moved(a, b, 1);
        if (b.form() == Code.Form.COUNTER && a.isInt() && operator == Operator.PLUS) return moved(b, a, 1);
        if (a.form() == Code.Form.COUNTER && b.isInt() && operator == Operator.MINUS) return moved(a, b, -1);
        Code left = counted(a, scope);
        Code right = counted(b, scope);
        if (!left.isExpr() && !right.isExpr()) return numbers(operator, left, right);
        return exprs(operator, left, right, scope);
    }

    /** The variable of a loop, and a number added to it. */
    private static Code moved(Code counter, Code n, int sign) {
        String more = n.text().isEmpty() ? "" : sign > 0 ? n.text() : "-" + (n.binding() < Code.PRODUCT ? "(" + n.text() + ")" : n.text());
        String text = counter.text().isEmpty() || more.isEmpty() ? counter.text() + more : joined(counter.text(), more);
        return new Code(Code.Form.COUNTER, Type.INT, text, counter.offset() + sign * n.offset(), Code.SUM, true);
    }

    private static Code numbers(Operator operator, Code a, Code b) {
        boolean ints = a.isInt() && b.isInt();
        switch (operator) {
            case PLUS:
                return ints ? sum(a, b) : Code.number(a.within(Code.SUM) + " + " + b.within(Code.SUM), Code.SUM);
            case MINUS:
                return ints ? difference(a, b) : Code.number(a.within(Code.SUM) + " - " + b.within(Code.PRODUCT), Code.SUM);
            case TIMES, ELEMENT_TIMES:
                return result(ints, a.within(Code.PRODUCT) + " * " + b.within(Code.WHOLE), Code.PRODUCT);
            case DIVIDE, INTEGER_DIVIDE, ELEMENT_DIVIDE:
                return result(ints, a.within(Code.PRODUCT) + " / " + b.within(Code.WHOLE), Code.PRODUCT);
            case MODULO:
                return result(ints, a.within(Code.PRODUCT) + " % " + b.within(Code.WHOLE), Code.PRODUCT);
            case POWER, ELEMENT_POWER:
                return Code.number("Math.pow(" + a.java() + ", " + b.java() + ")", Code.WHOLE);
            case AND, OR:
                String left = asCondition(a).within(Code.SUM);
                return Code.condition(left + " " + operator.symbol() + " " + asCondition(b).within(Code.SUM), Code.LOGIC);
            case LEFT_DIVIDE:
                throw new Refusal("`\\` is not translated here");
            default:
                return comparison(operator, a, b);
        }
    }

    private static Code comparison(Operator operator, Code a, Code b) {
        if (a.isInt() && b.isInt() && b.text().isEmpty() && !a.text().isEmpty()) { // i + 1 == 1 is i == 0
            return Code.condition(a.text() + " " + operator.symbol() + " " + (b.offset() - a.offset()), Code.LOGIC);
        }
        return Code.condition(a.within(Code.SUM) + " " + operator.symbol() + " " + b.within(Code.SUM), Code.LOGIC);
    }

    private static Code result(boolean ints, String text, int binding) {
        return ints ? Code.integer(text, 0, binding) : Code.number(text, binding);
    }

    private static Code sum(Code a, Code b) {
        String text = a.text().isEmpty() ? b.text() : b.text().isEmpty() ? a.text() : joined(a.text(), b.text());
        int binding = a.text().isEmpty() ? b.binding() : b.text().isEmpty() ? a.binding() : Code.SUM;
        return Code.integer(text, a.offset() + b.offset(), binding);
    }

    private static String joined(String a, String b) {
        return b.startsWith("-") ? a + " - " + b.substring(1) : a + " + " + b;
    }

    private static Code difference(Code a, Code b) {
        if (b.text().isEmpty()) return Code.integer(a.text(), a.offset() - b.offset(), a.binding());
        String subtracted = b.binding() < Code.PRODUCT ? "(" + b.text() + ")" : b.text();
        return Code.integer(a.text().isEmpty() ? "-" + subtracted : a.text() + " - " + subtracted, a.offset() - b.offset(), Code.SUM);
    }

    private static Code exprs(Operator operator, Code a, Code b, Scope scope) {
        boolean lanes = a.isLanes() || b.isLanes();
        if (operator == Operator.TIMES && !a.isScalar() && !b.isScalar()) return product(a, b, scope);
        boolean mixed = lanes && (!a.isScalar() || !b.isScalar());
        if (mixed) throw new NotLifted();
        Type shaped = a.isScalar() ? b.type() : a.type();
        Type type = shaped.base() == Base.INT ? new Type(Base.REAL, shaped.arrays(), shaped.members()) : shaped;
        String left = a.expr();
        String right = b.argument();
        String text = switch (operator) {
            case PLUS -> a.isExpr() ? left + ".plus(" + right + ")" : b.text() + ".plus(" + a.java() + ")";
            case MINUS -> left + ".minus(" + right + ")";
            case TIMES, ELEMENT_TIMES -> a.isExpr() ? left + ".times(" + right + ")" : b.text() + ".times(" + a.java() + ")";
            case DIVIDE, ELEMENT_DIVIDE -> divided(a, b);
            case POWER, ELEMENT_POWER -> right.equals("2") || right.equals("2.0") ? left + ".square()" : left + ".pow(" + right + ")";
            case LESS -> left + ".lt(" + right + ")";
            case AT_MOST -> left + ".le(" + right + ")";
            case GREATER -> b.expr() + ".lt(" + a.argument() + ")";
            case AT_LEAST -> b.expr() + ".le(" + a.argument() + ")";
            case EQUAL -> a.isExpr() ? left + ".eq(" + right + ")" : b.text() + ".eq(" + a.argument() + ")";
            case NOT_EQUAL -> left + ".eq(" + right + ").eq(0)";
            case AND -> truth(a) + ".times(" + truth(b) + ")";
            case OR -> truth(a) + ".max(" + truth(b) + ")";
            case LEFT_DIVIDE -> solved(a, b, scope);
            default -> throw new Refusal("`" + operator + "` of arrays of data is not translated: compute it before, and give it with the data");
        };
        return Code.expr(operator.isLogical() ? Type.INT : operator == Operator.LEFT_DIVIDE ? b.type() : type, text, lanes);
    }

    private static String divided(Code a, Code b) {
        if (a.type().isInt() && b.type().isInt()) throw new Refusal("a division of ints of arrays is not translated: compute it before, and give it with the data");
        if (!b.isScalar() && b.type().is(Base.MATRIX)) throw new Refusal("a division by a matrix is not translated. Write mdivide_left of transposed ones");
        return a.isInt() && a.text().isEmpty() && a.offset() == 1 ? b.text() + ".reciprocal()" : a.expr() + ".div(" + b.argument() + ")";
    }

    private static String truth(Code c) {
        boolean isTruth = c.text().matches(".*\\.(lt|le|eq)\\([^()]*\\)$");
        return isTruth || !c.isExpr() ? c.expr() : c.text() + ".eq(0).eq(0)";
    }

    private static String solved(Code a, Code b, Scope scope) {
        scope.importStatic("org.fluvia.autodiff.Matrices");
        return "solve(" + a.text() + ", " + b.text() + ")";
    }

    private static Code product(Code a, Code b, Scope scope) {
        boolean row = a.type().is(Base.ROW_VECTOR);
        boolean vector = b.type().is(Base.VECTOR);
        if (row && vector) return dot(a, b, scope);
        if (a.isLanes() || b.isLanes()) throw new NotLifted();
        if (a.type().is(Base.VECTOR)) {
            scope.importStatic("org.fluvia.autodiff.Matrices");
            return Code.expr(Type.MATRIX, "outer(" + a.text() + ", " + b.text() + ")", false);
        }
        if (row) return Code.expr(Type.ROW_VECTOR, b.text() + ".transpose().matmul(" + a.text() + ")", false);
        return Code.expr(vector ? Type.VECTOR : Type.MATRIX, a.text() + ".matmul(" + b.text() + ")", false);
    }

    /** The sum of products: of vectors, or of each of a matrix's rows. */
    static Code dot(Code a, Code b, Scope scope) {
        if (a.isLanes() && b.isLanes()) {
            scope.importStatic("org.fluvia.autodiff.Functions");
            return Code.expr(Type.REAL, "sum(" + a.text() + ".times(" + b.text() + "), 1)", true);
        }
        if (a.isLanes()) return Code.expr(Type.REAL, a.text() + ".matmul(" + b.text() + ")", true);
        if (b.isLanes()) return Code.expr(Type.REAL, b.text() + ".matmul(" + a.text() + ")", true);
        return Code.expr(Type.REAL, a.text() + ".dot(" + b.text() + ")", false);
    }

    /** The numbers that the variable of a loop has, one for each of its iterations. */
    static Code counted(Code c, Scope scope) {
        if (c.form() != Code.Form.COUNTER) return c;
        scope.importStatic("org.fluvia.autodiff.Functions");
        return Code.expr(Type.INT, "range(" + first(c, scope).java() + ", " + last(c, scope).plus(1).java() + ")", true);
    }

    static Code first(Code counter, Scope scope) {
        return of(Operator.PLUS, requireNonNull(scope.first), shift(counter), scope);
    }

    static Code last(Code counter, Scope scope) {
        return of(Operator.PLUS, requireNonNull(scope.last), shift(counter), scope);
    }

    private static Code shift(Code counter) {
        return Code.integer(counter.text(), counter.offset(), counter.text().isEmpty() ? Code.WHOLE : Code.SUM);
    }

    /** As a condition of Java. */
    static Code asCondition(Code c) {
        if (c.form() == Code.Form.CONDITION) return c;
        if (c.isInt()) return Code.condition(c.within(Code.SUM) + " != 0", Code.LOGIC);
        throw new Refusal("a branch on a number of an array or of a parameter is not translated: write `x = condition ? a : b`, which becomes Expr.where");
    }
}
