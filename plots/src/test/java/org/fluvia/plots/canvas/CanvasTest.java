package org.fluvia.plots.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.fluvia.plots.canvas.Canvas.Anchor;
import org.fluvia.plots.canvas.Canvas.Ink;
import org.fluvia.plots.canvas.Canvas.Stroke;
import org.junit.jupiter.api.Test;

class CanvasTest {
    @Test
    void aStoredPngIsReadByOthers() throws IOException {
        Random random = new Random(1);
        int[] palette = IntStream.range(0, 256).map(i -> random.nextInt(0x1000000)).toArray();
        for (int size : new int[] {1, 7, 300}) { // more than one block of 65,535 bytes
            Pixels pixels = Pixels.of(size, size + 1, palette, i -> random.nextInt(256));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(StoredPng.of(pixels)));
            assertEquals(size, image.getWidth());
            assertEquals(size + 1, image.getHeight());
            for (int i = 0; i < size * (size + 1); i++) {
                assertEquals(pixels.rgb(i % size, i / size), image.getRGB(i % size, i / size) & 0xFFFFFF);
            }
        }
    }

    @Test
    void numbersAreWrittenToAHundredth() {
        assertEquals(List.of("0", "0", "1", "-1.5", "0.05", "-0.05", "12.3", "1000000"),
                IntStream.range(0, 8).mapToObj(i -> SvgCanvas.number(new double[] {0, -0.001, 1, -1.5, 0.05, -0.05, 12.299, 1e6}[i])).toList());
    }

    @Test
    void lettersAreAsWideAsTheirAdvanceAndAreDrawnThere() {
        assertEquals(0, Glyphs.width("", 10));
        assertEquals(2 * Glyphs.width("θ", 10), Glyphs.width("θθ", 10), 1e-12);
        assertTrue(Glyphs.width("W", 10) > Glyphs.width("i", 10));
        for (Anchor anchor : Anchor.values()) {
            PixelCanvas canvas = new PixelCanvas(200, 40, 1);
            canvas.text("MMM", 100, 30, 20, anchor, false, Ink.of(0));
            double left = IntStream.range(0, 200).filter(x -> isDark(canvas.image(), x)).min().orElseThrow();
            double width = Glyphs.width("MMM", 20);
            double expected = 100 - (anchor == Anchor.START ? 0 : anchor == Anchor.MIDDLE ? width / 2 : width);
            assertEquals(expected, left, 3, anchor.toString());
        }
    }

    private static boolean isDark(BufferedImage image, int x) {
        return IntStream.range(0, image.getHeight()).anyMatch(y -> (image.getRGB(x, y) & 0xFF) < 128);
    }

    @Test
    void whatIsOutsideABoxIsCutOff() {
        PixelCanvas canvas = new PixelCanvas(100, 100, 1);
        canvas.within(new Box(20, 20, 30, 30), () -> canvas.line(new double[] {0, 30, 100, 30}, Ink.of(0), new Stroke(10, 0)));
        assertTrue(isDark(canvas.image(), 30));
        assertFalse(isDark(canvas.image(), 10) || isDark(canvas.image(), 60));
        canvas.line(new double[] {0, 30, 100, 30}, Ink.of(0), new Stroke(10, 0));
        assertTrue(isDark(canvas.image(), 60));
    }
}
