package org.fluvia.plots;

import java.util.Optional;

/**
 * How a mark looks and what it is called, where the usual does not do. Immutable.
 *
 * @param name in the legend; empty for none
 * @param colour of the mark; if none is told, the next one of {@link Colour#series}
 * @param opacity from 0 to 1; NaN for the usual of the mark, which for points depends on how many there are
 * @param width of lines, in points of a picture at its natural size; NaN for the usual
 * @param size the radius of points, as width; NaN for the usual
 * @param dashed whether lines are
 */
public record Look(String name, Optional<Colour> colour, double opacity, double width, double size, boolean dashed) {
    private static final Look USUAL = new Look("", Optional.empty(), Double.NaN, Double.NaN, Double.NaN, false);

    public Look {
        Checks.present("Look", "name", name);
        Checks.present("Look", "colour", colour);
        positive("opacity", opacity);
        positive("width", width);
        positive("size", size);
        if (opacity > 1) throw new IllegalArgumentException("Look: opacity must be at most 1, but was " + opacity);
    }

    private static void positive(String argument, double value) {
        if (!Double.isNaN(value) && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Look: " + argument + " must be positive and finite, but was " + value);
        }
    }

    /** The usual look. */
    public static Look usual() {
        return USUAL;
    }

    /** With a name in the legend. */
    public static Look named(String name) {
        return USUAL.as(name);
    }

    /** In a colour. */
    public static Look of(Colour colour) {
        return USUAL.in(colour);
    }

    public Look as(String name) {
        return new Look(name, colour, opacity, width, size, dashed);
    }

    public Look in(Colour colour) {
        return new Look(name, Optional.of(Checks.present("Look", "colour", colour)), opacity, width, size, dashed);
    }

    public Look opaque(double opacity) {
        return new Look(name, colour, opacity, width, size, dashed);
    }

    public Look wide(double width) {
        return new Look(name, colour, opacity, width, size, dashed);
    }

    public Look sized(double size) {
        return new Look(name, colour, opacity, width, size, dashed);
    }

    public Look dash() {
        return new Look(name, colour, opacity, width, size, true);
    }

    /** The value told, or this one where none was. */
    static double or(double told, double usual) {
        return Double.isNaN(told) ? usual : told;
    }

    int rgb() {
        return colour.orElse(Colour.BLACK).rgb();
    }
}
