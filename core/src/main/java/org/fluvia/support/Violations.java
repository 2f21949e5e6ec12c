package org.fluvia.support;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.jspecify.annotations.Nullable;

/** Says in words why a value does not lie in a region. */
final class Violations {
    /** How far sums, lengths and symmetry may be off, as in Stan. */
    static final double TOLERANCE = 1e-8;
    private static final MathContext DIGITS = new MathContext(10);

    private Violations() {}

    /** What is wrong with one event. */
    interface Complaint {
        /**
         * For example " must sum to 1, but sums to 1.2".
         *
         * @param event which of the events, counted from 0
         * @param x the event's elements
         * @param label the name of an element with its indices, for example "theta[2]"
         */
        String of(int event, double[] x, IntFunction<String> label);
    }

    /** What is wrong with the first event outside; empty if there is none, or if that differs from draw to draw. */
    static Optional<String> first(Region region, String name, Expr value, Complaint complaint) {
        Expr contains = region.contains(value);
        if (contains.isPerDraw()) return Optional.empty();
        double[] inside = SharedValues.of(contains);
        for (int event = 0; event < inside.length; event++) {
            if (inside[event] == 0) {
                Shape shape = value.shape();
                Shape leading = Events.leading(shape, region.eventRank());
                int size = leading.size() == 0 ? 0 : shape.size() / leading.size();
                int from = leading.isScalar() ? 0 : event * size; // a scalar is compared with each of several bounds
                double[] x = Arrays.copyOfRange(SharedValues.of(value), from, from + size);
                String label = leading.isScalar() ? name : leading.label(name, event);
                return Optional.of(label + complaint.of(event, x, i -> shape.label(name, from + i)));
            }
        }
        return Optional.empty();
    }

    /** " must not be negative, but theta[2] is -0.1": what is wrong with element i. */
    static String of(String constraint, int i, double[] x, IntFunction<String> label) {
        return " must " + constraint + ", but " + label.apply(i) + " is " + number(x[i]);
    }

    /** Names the first element that is not finite; null if all are. */
    static @Nullable String notFinite(double[] x, IntFunction<String> label) {
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i])) return of("be finite", i, x, label);
        }
        return null;
    }

    /** Names the first element that is not finite or below the one before. */
    static String descent(double[] x, IntFunction<String> label) {
        String bad = notFinite(x, label);
        for (int i = 1; i < x.length && bad == null; i++) {
            if (x[i] < x[i - 1]) {
                bad = of("be in ascending order", i, x, label) + " after " + label.apply(i - 1) + " = " + number(x[i - 1]);
            }
        }
        return String.valueOf(bad);
    }

    /** A number as people write it, to ten digits. */
    static String number(double x) {
        if (!Double.isFinite(x)) return Double.toString(x);
        BigDecimal rounded = new BigDecimal(x).round(DIGITS).stripTrailingZeros();
        double size = Math.abs(x);
        return size == 0 ? "0" : size >= 1e15 || size < 1e-5 ? rounded.toString() : rounded.toPlainString();
    }
}
