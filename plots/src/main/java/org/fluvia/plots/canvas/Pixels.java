package org.fluvia.plots.canvas;

import java.util.function.IntUnaryOperator;

/**
 * An image of at most 256 colours, row by row from the top.
 *
 * @param indices into the palette, width x height, as unsigned bytes
 * @param palette 0xRRGGBB
 */
public record Pixels(int width, int height, byte[] indices, int[] palette) {
    /** The image whose pixel i, row by row from the top, has this colour of the palette. */
    public static Pixels of(int width, int height, int[] palette, IntUnaryOperator colour) {
        byte[] indices = new byte[width * height];
        for (int i = 0; i < indices.length; i++) indices[i] = (byte) colour.applyAsInt(i);
        return new Pixels(width, height, indices, palette);
    }

    /** The colour of a pixel. */
    public int rgb(int column, int row) {
        return palette[indices[row * width + column] & 0xFF];
    }
}
