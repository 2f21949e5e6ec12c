package demos;

import java.util.function.LongUnaryOperator;

/**
 * A distribution of the integers from low to high - 1, in parts of 2^30, none of which is empty: any of them can be pushed on a stack.
 *
 * @param below how many of the 2^30 parts belong to integers below this one: 0 for low, 2^30 for high, strictly increasing between
 */
record Symbols(long low, long high, LongUnaryOperator below) {
    private static final long PARTS = 1L << Rans.PRECISION;

    /** Equal probabilities of 0 to count - 1. */
    static Symbols uniform(long count) {
        return new Symbols(0, count, symbol -> symbol * PARTS / count);
    }

    /**
     * Of a distribution function F, of which only differences count: P(i) is F(i + 1) - F(i), divided by their sum, and one part for each in
     * any case. So a function that is off, or NaN, makes codes long, but not wrong.
     *
     * @param cdf does not decrease
     */
    static Symbols of(long low, long high, Cdf cdf) {
        double first = cdf.at(low);
        double all = cdf.at(high) - first;
        long free = PARTS - (high - low);
        return new Symbols(low, high, symbol -> symbol == high ? PARTS : symbol - low + (long) (free * ((cdf.at(symbol) - first) / all)));
    }

    /** A function of an integer. */
    @FunctionalInterface
    interface Cdf {
        double at(long symbol);
    }

    /** The symbol that a part from 0 to 2^30 - 1 belongs to. */
    long of(long part) {
        long from = low;
        long to = high;
        while (to - from > 1) {
            long middle = (from + to) >> 1;
            if (below.applyAsLong(middle) <= part) from = middle;
            else to = middle;
        }
        return from;
    }

    /** @throws IllegalArgumentException if it is none of these integers */
    void push(Rans stack, long symbol) {
        if (symbol < low || symbol >= high) {
            throw new IllegalArgumentException("Symbols: the symbol must be from " + low + " to " + (high - 1) + ", but was " + symbol
                    + ". If it is of a stack that is unpacked, the stack is damaged or of another flow.");
        }
        long start = below.applyAsLong(symbol);
        stack.push(start, below.applyAsLong(symbol + 1) - start);
    }

    long pop(Rans stack) {
        long symbol = of(stack.top());
        long start = below.applyAsLong(symbol);
        stack.pop(start, below.applyAsLong(symbol + 1) - start);
        return symbol;
    }
}
