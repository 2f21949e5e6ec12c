package org.fluvia.plots.axis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Values to be written beside an axis: multiples of 1, 2 or 5 times a power of ten (Heckbert, Nice numbers for graph labels, Graphics
 * Gems 1990), computed as decimals, so that they are exact and labels have no digits of rounding.
 *
 * @param values in ascending order, within the range
 * @param labels of the values; empty for those of a logarithmic axis that are marked only
 * @param note what labels are to be multiplied by, or added to, such as "×10³"; empty if nothing
 */
public record Ticks(List<Double> values, List<String> labels, String note) {
    /** Numbers from here on, and below the inverse of ten times this, are written with a power of ten. */
    private static final int LARGEST_POWER = 5;
    private static final int SMALLEST_POWER = -3;
    private static final int MOST_DIGITS = 6;
    /** The double 0.1 is a little more than 0.1, which is to be on an axis that begins there. */
    private static final MathContext ROUNDED = new MathContext(15);
    /** Of more powers of ten than this, only those are marked that are named. */
    private static final int MOST_POWERS = 12;

    /**
     * About as many values as wanted, at least two where that can be.
     *
     * @param range {@link Range#widened}
     */
    public static Ticks of(Range range, boolean logarithmic, int wanted) {
        return logarithmic ? powers(range, Math.max(wanted, 2)) : multiples(range, Math.max(wanted, 2));
    }

    private static Ticks multiples(Range range, int wanted) {
        BigDecimal low = new BigDecimal(range.low());
        BigDecimal high = new BigDecimal(range.high());
        BigDecimal step = step(high.subtract(low), wanted);
        long first = low.divide(step, ROUNDED).setScale(0, RoundingMode.CEILING).longValueExact();
        long last = high.divide(step, ROUNDED).setScale(0, RoundingMode.FLOOR).longValueExact();
        List<BigDecimal> exact = new ArrayList<>();
        for (long i = first; i <= last; i++) exact.add(step.multiply(BigDecimal.valueOf(i)));
        return labelled(exact, step);
    }

    /** The nice number next to the range divided by the number wanted. */
    private static BigDecimal step(BigDecimal width, int wanted) {
        BigDecimal rough = width.divide(BigDecimal.valueOf(wanted), MathContext.DECIMAL64);
        int power = power(rough);
        double mantissa = rough.scaleByPowerOfTen(-power).doubleValue();
        int nice = mantissa < 1.5 ? 1 : mantissa < 3 ? 2 : mantissa < 7 ? 5 : 10;
        return BigDecimal.valueOf(nice).scaleByPowerOfTen(power);
    }

    private static int power(BigDecimal positive) {
        return positive.precision() - positive.scale() - 1;
    }

    private static Ticks labelled(List<BigDecimal> exact, BigDecimal step) {
        List<Double> values = exact.stream().map(BigDecimal::doubleValue).toList();
        BigDecimal largest = exact.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::max);
        if (largest.signum() == 0) return new Ticks(values, exact.stream().map(v -> "0").toList(), "");
        int power = power(largest);
        BigDecimal offset = BigDecimal.ZERO;
        if (power - power(step) >= MOST_DIGITS) { // all begin with the same digits, which need not be read on each
            offset = exact.get(0);
            largest = exact.get(exact.size() - 1).subtract(offset);
            power = largest.signum() == 0 ? power(step) : power(largest);
        }
        int shift = power >= LARGEST_POWER || power < SMALLEST_POWER ? power : 0;
        int decimals = Math.max(0, shift - power(step));
        List<String> labels = new ArrayList<>();
        for (BigDecimal v : exact) {
            labels.add(minus(v.subtract(offset).scaleByPowerOfTen(-shift).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()));
        }
        String note = shift == 0 ? "" : "×10" + raised(shift);
        if (offset.signum() != 0) note += (note.isEmpty() ? "" : " ") + (offset.signum() > 0 ? "+" : "") + minus(shortest(offset));
        return new Ticks(values, labels, note);
    }

    private static String shortest(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return Math.abs(power(stripped.abs())) < 15 ? stripped.toPlainString() : stripped.toString();
    }

    /** Powers of ten, or multiples of them by 2 and 5 where the range has hardly any. */
    private static Ticks powers(Range range, int wanted) {
        int low = power(new BigDecimal(range.low()));
        int high = power(new BigDecimal(range.high()));
        int every = Math.max(1, (high - low + wanted - 1) / wanted);
        boolean few = high - low < 2;
        if (few && range.high() / range.low() < 3) return multiples(range, wanted);
        List<Double> values = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int p = low; p <= high; p++) {
            for (int m = 1; m <= 9; m++) {
                double value = BigDecimal.valueOf(m).scaleByPowerOfTen(p).doubleValue();
                boolean named = m == 1 ? Math.floorMod(p, every) == 0 : few && (m == 2 || m == 5 || m == 3 && range.high() / range.low() < 10);
                boolean marked = named || m == 1 && high - low <= MOST_POWERS || every == 1;
                if (!marked || value < range.low() || value > range.high()) continue;
                values.add(value);
                labels.add(named ? ofPower(m, p) : "");
            }
        }
        return new Ticks(values, labels, "");
    }

    private static String ofPower(int mantissa, int power) {
        if (power >= SMALLEST_POWER && power < LARGEST_POWER) return BigDecimal.valueOf(mantissa).scaleByPowerOfTen(power).toPlainString();
        return (mantissa == 1 ? "" : mantissa + "×") + "10" + raised(power);
    }

    /** A number as an exponent. */
    static String raised(int number) {
        StringBuilder b = new StringBuilder();
        for (char c : String.valueOf(number).toCharArray()) b.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        return b.toString();
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }
}
