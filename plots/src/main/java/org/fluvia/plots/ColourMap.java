package org.fluvia.plots;

/** Colours for numbers, from the lowest to the highest. */
public final class ColourMap {
    static final int SIZE = 256;
    /** From dark blue to yellow: viridis, every 17th of the 256 colours of matplotlib's table (CC0), lightness rising evenly. */
    public static final ColourMap VIRIDIS = new ColourMap(false, 0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e,
            0x1f988b, 0x22a884, 0x35b779, 0x54c568, 0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725);
    /** From white to dark blue: what is nothing looks like the page. */
    public static final ColourMap BLUES = new ColourMap(false, 0xffffff, 0xd6e8f3, 0x9ccae3, 0x56a3cf, 0x0072b2, 0x00426b);
    /** From blue by white, which is 0 unless a range is told, to vermillion: for numbers of both signs. */
    public static final ColourMap DIVERGING = new ColourMap(true, 0x00426b, 0x0072b2, 0x7ab6d8, 0xffffff, 0xf0b183, 0xd55e00, 0x7d3700);
    /** From white to black, as ink on paper. */
    public static final ColourMap INK = new ColourMap(false, 0xffffff, 0x000000);

    private final boolean signed;
    private final int[] table = new int[SIZE];

    private ColourMap(boolean signed, int... stops) {
        this.signed = signed;
        for (int i = 0; i < SIZE; i++) {
            double at = i * (stops.length - 1.0) / (SIZE - 1);
            int stop = Math.min((int) at, stops.length - 2);
            table[i] = mixed(stops[stop], stops[stop + 1], at - stop);
        }
    }

    private static int mixed(int one, int other, double part) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double from = one >> shift & 0xFF;
            rgb |= (int) Math.round(from + part * ((other >> shift & 0xFF) - from)) << shift;
        }
        return rgb;
    }

    /** Whether its middle is 0. */
    boolean isSigned() {
        return signed;
    }

    /** All colours, 0xRRGGBB, a copy. */
    int[] table() {
        return table.clone();
    }

    /** Where in the table a part of the way from the lowest to the highest is. */
    static int index(double part) {
        return (int) Math.round(Math.min(Math.max(part, 0), 1) * (SIZE - 1));
    }

    int at(double part) {
        return table[index(part)];
    }
}
