package org.fluvia.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PictureTest {
    private static final double[] XS = new Random(1).doubles(300).toArray();
    private static final double[] YS = new Random(2).doubles(300).toArray();
    private static final Panel POINTS = Panel.titled("points").axes("x₁", "x₂").points(XS, YS);

    @TempDir
    private Path folder;

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Picture picture) throws Exception {
        NodeList nodes = parsed(picture.svg()).getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> nodes.item(i).getTextContent()).toList();
    }

    private static BufferedImage pixels(Picture picture, int width) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.png(width)));
    }

    @Test
    void svgIsXmlWithItsWordsAsText() throws Exception {
        List<String> texts = texts(Picture.of(POINTS.note(0.5, 0.5, "a < b & \"c\" \u0000")).titled("the <picture>"));
        assertTrue(texts.containsAll(List.of("the <picture>", "points", "x₁", "x₂", "0.0", "1.0", "a < b & \"c\" \uFFFD")), texts.toString());
        assertEquals("the <picture>", parsed(Picture.of(POINTS).titled("the <picture>").svg()).getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void everyPointIsInTheSvg() throws Exception {
        NodeList paths = parsed(Picture.of(POINTS).svg()).getElementsByTagName("path");
        long dots = IntStream.range(0, paths.getLength()).mapToObj(i -> paths.item(i).getAttributes().getNamedItem("d").getNodeValue())
                .flatMap(d -> d.chars().mapToObj(c -> (char) c)).filter(c -> c == 'h').count();
        assertEquals(300, dots);
    }

    @Test
    void theEndingTellsTheFormatAndMissingFoldersAreMade() throws Exception {
        Path png = folder.resolve("a/b/picture.PNG");
        Picture.of(POINTS).write(png, 500);
        BufferedImage image = ImageIO.read(png.toFile());
        assertEquals(500, image.getWidth());
        Path svg = folder.resolve("picture.svg");
        Picture.of(POINTS).write(svg, 500);
        assertEquals("500", parsed(Files.readString(svg)).getDocumentElement().getAttribute("width"));
        assertMessage("must end in .png or .svg, but was", () -> Picture.of(POINTS).write(folder.resolve("picture.jpg")));
        assertMessage("must end in .png or .svg, but was", () -> Picture.of(POINTS).write(folder.resolve("png")));
        assertThrows(IOException.class, () -> Picture.of(POINTS).write(png.resolve("below-a-file.svg")));
        assertMessage("50 to 10000 pixels wide", () -> Picture.of(POINTS).write(png, 0));
    }

    @Test
    void aPictureIsWhiteWithItsMarksInTheirColours() throws IOException {
        Panel half = Panel.titled("").bare().aspect(1).range(0, 1, 0, 1).strip(0, 0.5, Look.of(Colour.BLUE).opaque(1)).line(new double[] {0.5, 1},
                new double[] {0.5, 0.5}, Look.of(Colour.VERMILLION).wide(20));
        BufferedImage image = pixels(Picture.of(half), 400);
        int height = image.getHeight();
        assertEquals(0xFFFFFF, image.getRGB(1, 1) & 0xFFFFFF);
        assertEquals(Colour.BLUE.rgb(), image.getRGB(100, height / 2) & 0xFFFFFF);
        assertEquals(Colour.VERMILLION.rgb(), image.getRGB(300, height / 2) & 0xFFFFFF);
        assertEquals(0xFFFFFF, image.getRGB(300, height / 4) & 0xFFFFFF);
    }

    @Test
    void anImageIsTheRightWayUp() throws IOException {
        Grid grid = Grid.over(0, 1, 0, 1).of((x, y) -> x > 0.5 && y > 0.5 ? 1 : 0);
        BufferedImage image = pixels(Picture.of(Panel.titled("").bare().equalAspect().density(grid)), 400);
        int height = image.getHeight();
        int[] viridis = ColourMap.VIRIDIS.table();
        assertEquals(viridis[255], image.getRGB(300, height / 4) & 0xFFFFFF, "above on the right");
        assertEquals(viridis[0], image.getRGB(300, height * 3 / 4) & 0xFFFFFF, "below on the right");
        assertEquals(viridis[0], image.getRGB(100, height / 4) & 0xFFFFFF, "above on the left");
    }

    @Test
    void greyImagesAreRowByRowFromTheTop() throws IOException {
        double[] upper = {1, 1, 0, 0};
        BufferedImage image = pixels(Picture.of(Panel.images("", List.of(upper), 2, 2, 5)), 400);
        assertEquals(0x000000, image.getRGB(200, image.getHeight() / 4) & 0xFFFFFF);
        assertEquals(0xFFFFFF, image.getRGB(200, image.getHeight() * 3 / 4) & 0xFFFFFF);
    }

    @Test
    void theLegendOfPanelsThatShareOneIsThereOnce() throws Exception {
        Panel p = Panel.titled("").line(XS, YS, "a curve");
        assertEquals(1, texts(Picture.of(p, p, p)).stream().filter("a curve"::equals).count());
        assertEquals(1, texts(Picture.of(p, p.line(XS, YS, "another"))).stream().filter("a curve"::equals).count());
        Panel otherwise = Panel.titled("").line(XS, YS, Look.named("a curve").in(Colour.GREEN));
        assertEquals(2, texts(Picture.of(p, otherwise)).stream().filter("a curve"::equals).count(), "one name for two looks");
        Panel same = Panel.titled("").line(XS, YS, "another curve");
        assertEquals(2, texts(Picture.of(p, p, same)).stream().filter("a curve"::equals).count(), "one look for two names");
    }

    @Test
    void panelsWithoutValuesHaveAxesAllTheSame() throws Exception {
        assertTrue(texts(Picture.of(Panel.titled("").line(new double[] {Double.NaN}, new double[] {Double.NaN}))).contains("0.0"));
        assertTrue(texts(Picture.of(Panel.blank(), POINTS)).contains("points"));
    }

    @Test
    void hostileValuesAreDrawn() throws Exception {
        for (double end : new double[] {0, 4.9e-324, 1e-300, 1e-12, 1, 1e12, 1e300}) {
            Panel p = Panel.titled("").axes("x", "y").points(new double[] {end, -end}, new double[] {end, end});
            parsed(Picture.of(p, p.equalAspect(), p.line(new double[] {0, end, Double.POSITIVE_INFINITY}, new double[] {Double.NaN, end, 1}))
                    .svg());
            if (end > 0) parsed(Picture.of(Panel.titled("").logX().logY().points(new double[] {end}, new double[] {end})).svg());
        }
    }

    @Test
    void wordsOfAnyAlphabetAreDrawn() throws IOException {
        BufferedImage with = pixels(Picture.of(Panel.titled("θ ≤ Ω, 密度").bare()), 400);
        assertTrue(IntStream.range(0, with.getWidth()).anyMatch(x -> with.getRGB(x, 16) != with.getRGB(0, 0)));
    }

    @Test
    void badArgumentsAreRefusedWithAWordAboutThem() {
        double[] three = {1, 2, 3};
        double[] bad = {1, Double.NaN, 3};
        Panel p = Panel.titled("");
        assertMessage("points: y must be finite, but was NaN at index 1", () -> p.points(three, bad));
        assertMessage("points: x and y must be of the same length, but were of length 3 and 2", () -> p.points(three, new double[2]));
        assertMessage("points: x must not be empty", () -> p.points(new double[0], new double[0]));
        assertMessage("line: x and y must be of the same length, but were of length 3 and 1", () -> p.line(three, new double[1]));
        assertMessage("histogram: values must be finite, but was NaN", () -> p.histogram(bad, Look.usual()));
        assertMessage("histogram: bins must be at least 1, but was 0", () -> p.histogram(three, 0, Look.usual()));
        assertMessage("points: group must be from 0 to 2, but was -1", () -> p.points(three, three, new int[] {0, 2, -1}));
        assertMessage("points: there must be a name for each of the 3 groups, but there were 1", () -> p.points(three, three, new int[] {0, 1, 2}, "a"));
        assertMessage("range: ends must be ascending", () -> p.range(1, 1, 0, 1));
        assertMessage("range: ends of a logarithmic axis must be positive, but one was 0.0", () -> Picture.of(p.logX().rangeX(0, 1)).svg());
        assertMessage("points: x must be positive on a logarithmic axis, but was -1.0 at index 0",
                () -> Picture.of(p.logX().points(new double[] {-1}, new double[] {1})).svg());
        assertMessage("colourBar: the panel must have a density, or points coloured by a value, but has none", () -> Picture.of(p.colourBar("density")).svg());
        assertMessage("Picture: there must be at least one panel", () -> Picture.of());
        assertMessage("Picture: 30 panels side by side need more room", () -> Picture.of(many(30)).naturalWidth(400).svg());
        assertMessage("images: each must have 2 x 2 values, but image 0 has 3", () -> Panel.images("", List.of(three), 2, 2, 1));
        assertMessage("Grid: the range of x must be finite and ascending", () -> Grid.over(1, 0, 0, 1));
        assertMessage("Grid: values must be finite or minus infinity, but was NaN at (", () -> Grid.over(0, 1, 0, 1).of((x, y) -> Double.NaN));
        assertMessage("Look: opacity must be at most 1, but was 2.0", () -> Look.usual().opaque(2));
        assertMessage("Panel: look must not be null", () -> p.line(three, three, (Look) null));
    }

    private static Panel[] many(int n) {
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < n; i++) panels.add(POINTS);
        return panels.toArray(Panel[]::new);
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
