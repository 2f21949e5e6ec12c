package org.fluvia.plots;

/**
 * Colours that those who confuse red and green can tell apart: the eight of Okabe and Ito 2008, "Color Universal Design", which series
 * take in this order, then grey and white.
 */
public enum Colour {
    BLUE(0x0072B2), VERMILLION(0xD55E00), GREEN(0x009E73), PURPLE(0xCC79A7), ORANGE(0xE69F00), SKY(0x56B4E9), BLACK(0x000000),
    YELLOW(0xF0E442), GREY(0x888888), WHITE(0xFFFFFF);

    private static final int SERIES = 8;
    private final int rgb;

    Colour(int rgb) {
        this.rgb = rgb;
    }

    /** The colour of a series, counted from 0; after eight they begin again. */
    public static Colour series(int index) {
        return values()[Math.floorMod(index, SERIES)];
    }

    int rgb() {
        return rgb;
    }
}
