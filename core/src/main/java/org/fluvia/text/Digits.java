package org.fluvia.text;

import java.util.Locale;

/** Numbers as people read them. */
public final class Digits {
    private static final double LARGE = 1e6;
    private static final double SMALL = 1e-4;

    private Digits() {}

    /** Four significant digits. */
    public static String four(double x) {
        if (x == 0) return "0";
        if (!Double.isFinite(x)) return Double.isNaN(x) ? "NaN" : x > 0 ? "infinite" : "-infinite";
        double magnitude = Math.abs(x);
        if (magnitude >= LARGE || magnitude < SMALL) return String.format(Locale.ROOT, "%.3e", x);
        int decimals = Math.max(0, 3 - (int) Math.floor(StrictMath.log10(magnitude)));
        return String.format(Locale.ROOT, "%." + decimals + "f", x);
    }
}
