package org.fluvia.stan.translate;

import org.fluvia.stan.tree.Type;

/**
 * Java that has a value. Immutable.
 *
 * @param type that the value has in the program; within a loop that is written as one statement that of one iteration
 * @param text of a whole number without what is added to it; empty where that is all of it
 * @param offset what is added to a whole number
 * @param binding how tightly the text holds together
 * @param isLanes whether it has a value for each iteration of a loop that is written as one statement
 */
record Code(Form form, Type type, String text, int offset, int binding, boolean isLanes) {
    static final int LOGIC = 0;
    static final int SUM = 1;
    static final int PRODUCT = 2;
    static final int WHOLE = 3;

    /** What it is in Java. */
    enum Form {
        /** An {@code int}. */
        INT,
        /** A {@code double}. */
        NUMBER,
        /** A {@code boolean}. */
        CONDITION,
        /** An {@code Expr}. */
        EXPR,
        /** The variable of a loop that is written as one statement, and what is added to it. */
        COUNTER,
    }

    static Code integer(String text, int offset, int binding) {
        return new Code(Form.INT, Type.INT, text, offset, binding, false);
    }

    static Code constant(int value) {
        return integer("", value, WHOLE);
    }

    static Code number(String text, int binding) {
        return new Code(Form.NUMBER, Type.REAL, text, 0, binding, false);
    }

    static Code condition(String text, int binding) {
        return new Code(Form.CONDITION, Type.INT, text, 0, binding, false);
    }

    static Code expr(Type type, String text, boolean isLanes) {
        return new Code(Form.EXPR, type, text, 0, WHOLE, isLanes);
    }

    boolean isExpr() {
        return form == Form.EXPR;
    }

    boolean isInt() {
        return form == Form.INT;
    }

    boolean isScalar() {
        return type.isNumber();
    }

    Code plus(int more) {
        return new Code(form, type, text, offset + more, binding, isLanes);
    }

    Code as(Type other) {
        return new Code(form, other, text, offset, binding, isLanes);
    }

    /** As a whole. */
    String java() {
        if (form != Form.INT || offset == 0 && !text.isEmpty()) return text;
        if (text.isEmpty()) return String.valueOf(offset);
        return (binding < SUM ? "(" + text + ")" : text) + (offset < 0 ? " - " + -offset : " + " + offset);
    }

    /** As a part of something that holds together as tightly, in parentheses if it needs them. */
    String within(int tightness) {
        int own = form != Form.INT || offset == 0 && !text.isEmpty() ? binding : text.isEmpty() ? offset < 0 ? SUM : WHOLE : SUM;
        return own < tightness ? "(" + java() + ")" : java();
    }

    /** Counted from 0 where the program counts from 1. */
    String place() {
        return plus(-1).java();
    }

    /** As an {@code Expr}. */
    String expr() {
        return switch (form) {
            case INT, NUMBER -> "Expr.of(" + java() + ")";
            case CONDITION -> "Expr.of(" + within(SUM) + " ? 1 : 0)";
            default -> text;
        };
    }

    /** As an {@code Expr} or a number of Java. */
    String argument() {
        return form == Form.CONDITION ? within(SUM) + " ? 1 : 0" : java();
    }

    /** Whether it is the same number of Java. */
    boolean same(Code other) {
        return text.equals(other.text) && offset == other.offset;
    }
}
