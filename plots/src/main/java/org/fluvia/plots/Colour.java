package org.fluvia.plots;

/**
 * Colours that those who confuse red and green can tell apart: Okabe and Ito 2008, "Color Universal Design", with black,
 * grey and white. Series take them in this order.
 */
public enum Colour {
    BLUE(0x0072B2), VERMILLION(0xD55E00), GREEN(0x009E73), PURPLE(0xCC79A7), ORANGE(0xE69F00), SKY(0x56B4E9), YELLOW(0xF0E442),
    BLACK(0x000000), GREY(0x888888), WHITE(0xFFFFFF);

    private static final int SERIES = 6;
    private final int rgb;

    Colour(int rgb) {
        this.rgb = rgb;
    }

    /** The colour of a series, counted from 0; after six they begin again. */
    public static Colour series(int index) {
        return values()[Math.floorMod(index, SERIES)];
    }

    int rgb() {
        return rgb;
    }
}
