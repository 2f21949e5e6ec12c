package org.fluvia.plots.canvas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The outlines of letters: those of Roboto, so that a text has the same width on every machine and can be drawn where no fonts are
 * installed. Letters without an outline are drawn as a crossed box.
 */
public final class Glyphs {
    /** In what units outlines are: this many make the size of the font. */
    public static final double UNITS = 2048;
    private static final int MISSING = 0xFFFD;
    private static final Map<Integer, Glyph> ALL = read();

    /**
     * @param advance how far on the next letter begins
     * @param outline steps, a letter and its numbers: M, L and Q with y upwards, Z
     */
    record Glyph(int advance, String outline) {}

    private Glyphs() {}

    private static Map<Integer, Glyph> read() {
        try (InputStream in = Glyphs.class.getResourceAsStream("glyphs.txt")) {
            if (in == null) throw new IllegalStateException("glyphs.txt must be beside Glyphs, but is not. Fluvia's jar is incomplete.");
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            Map<Integer, Glyph> all = new HashMap<>();
            lines.readLine(); // whose they are
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", 3);
                all.put(Integer.parseInt(parts[0], 16), new Glyph(Integer.parseInt(parts[1]), parts[2]));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Glyph of(int codePoint) {
        Glyph found = ALL.get(codePoint);
        return found != null ? found : ALL.getOrDefault(MISSING, new Glyph(0, ""));
    }

    /** How wide a text is, for a font of this size. */
    public static double width(String text, double size) {
        return text.codePoints().mapToLong(c -> of(c).advance()).sum() * size / UNITS;
    }
}
