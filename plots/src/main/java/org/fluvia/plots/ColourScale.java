package org.fluvia.plots;

/** Which colour is which value: the lowest of the map for low, the highest for high. */
record ColourScale(ColourMap colours, double low, double high) {
    static ColourScale of(String what, ColourMap colours, double low, double high) {
        if (!(low <= high && high - low < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": the range of colours must be finite and ascending, but was from " + low + " to " + high);
        }
        return new ColourScale(Checks.present(what, "colours", colours), low, high);
    }

    /** The index of a value's colour in the table of the map. */
    int index(double value) {
        return ColourMap.index(high > low ? (value - low) / (high - low) : 0);
    }
}
