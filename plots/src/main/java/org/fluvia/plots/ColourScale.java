package org.fluvia.plots;

/** Which colour is which value: the lowest of the map for low, the highest for high. */
record ColourScale(ColourMap colours, double low, double high) {
    static ColourScale of(String what, ColourMap colours, double low, double high) {
        if (!(low <= high && high - low < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": the range of colours must be finite and ascending, but was from " + low + " to " + high);
        }
        return new ColourScale(Checks.present(what, "colours", colours), low, high);
    }

    /** For values of this range: all of it, and as far on the other side of 0 where the map has colours for both signs. */
    static ColourScale spanning(String what, ColourMap colours, double low, double high) {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        return Checks.present(what, "colours", colours).isSigned() ? of(what, colours, -largest, largest) : of(what, colours, low, high);
    }

    /** The index of a value's colour in the table of the map. */
    int index(double value) {
        return ColourMap.index(high > low ? (value - low) / (high - low) : 0);
    }
}
