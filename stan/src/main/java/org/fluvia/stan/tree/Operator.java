package org.fluvia.stan.tree;

/** An operator between two expressions. */
public enum Operator {
    OR("||", 1), AND("&&", 2), EQUAL("==", 3), NOT_EQUAL("!=", 3), LESS("<", 4), AT_MOST("<=", 4), GREATER(">", 4), AT_LEAST(">=", 4),
    PLUS("+", 5), MINUS("-", 5), TIMES("*", 6), DIVIDE("/", 6), MODULO("%", 6), ELEMENT_TIMES(".*", 6), ELEMENT_DIVIDE("./", 6),
    INTEGER_DIVIDE("%/%", 7), LEFT_DIVIDE("\\", 8), POWER("^", 10), ELEMENT_POWER(".^", 10);

    /** What a comparison binds less than. */
    public static final int ARITHMETIC = 5;
    /** How tightly a sign before an operand binds. */
    public static final int SIGN = 9;

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    public String symbol() {
        return symbol;
    }

    /** How tightly it binds. */
    public int precedence() {
        return precedence;
    }

    /** Whether it groups from the right. */
    public boolean isRightAssociative() {
        return this == POWER || this == ELEMENT_POWER;
    }

    /** Whether its value is 1 or 0. */
    public boolean isLogical() {
        return precedence < ARITHMETIC;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
