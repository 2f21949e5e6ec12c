package org.fluvia.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * An SVG has the same bytes on every machine and JDK. Where the look is changed on purpose: look at plots/target/golden.svg, then
 * {@code cp plots/target/golden.svg plots/src/test/resources/org/fluvia/plots}.
 */
class GoldenPictureTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/fluvia/plots/golden.svg");
    private static final Path MADE = Path.of("target/golden.svg");

    /** One of every kind of mark. */
    private static Picture picture() {
        Random random = new Random(1);
        double[] x = IntStream.range(0, 60).mapToDouble(i -> random.nextGaussian()).toArray();
        double[] y = IntStream.range(0, 60).mapToDouble(i -> x[i] / 2 + random.nextGaussian() / 2).toArray();
        int[] group = IntStream.range(0, 60).map(i -> i % 3).toArray();
        Grid density = Grid.over(-3, 3, -2, 2).cells(24, 16).kernelDensity(x, y);
        double[] levels = density.levelsOfMass(0.5, 0.9);
        Panel image = Panel.titled("image and lines").axes("x₁", "x₂").equalAspect().density(density).colourBar("density")
                .contours(density, Look.of(Colour.WHITE), levels);
        Panel areas = Panel.titled("areas and points").axes("x₁", "x₂").equalAspect().filledContours(density, levels).points(x, y, group, "a", "b", "c & d");
        Panel bars = Panel.titled("a histogram").axes("x", "density").histogram(x, 8, Look.named("values"))
                .curve(-3, 3, v -> StrictMath.exp(-v * v / 2) / StrictMath.sqrt(2 * StrictMath.PI), Look.named("normal"));
        Panel lines = Panel.titled("lines").axes("step", "loss").logY().line(new double[] {1, 2, 3, 4, 5}, new double[] {1e3, 10, Double.NaN, 1e-3, 1e-6}, "a")
                .band(new double[] {1, 5}, new double[] {1e-2, 1e-7}, new double[] {1e4, 1}, Look.named("b")).verticalLine(2.5, Look.of(Colour.GREY).dash());
        Panel values = Panel.titled("by value").axes("", "").strip(-1, 0, Look.named("strip")).points(x, y, y, ColourMap.DIVERGING).colourBar("")
                .arrows(new double[] {-1}, new double[] {-1}, new double[] {1}, new double[] {1}, Look.of(Colour.BLACK)).note(0, 1, "note");
        Panel images = Panel.images("images", List.of(new double[] {0, 1, 2, 3}, new double[] {3, 2, 1, 0}), 2, 2, 2);
        return Picture.grid(3, List.of(image, areas, bars, lines, values, images)).titled("One of each");
    }

    @Test
    void anSvgHasTheSameBytesEverywhere() throws IOException {
        String svg = picture().svg();
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, svg);
        List<String> golden = Files.readAllLines(GOLDEN);
        List<String> made = svg.lines().toList();
        for (int i = 0; i < Math.min(golden.size(), made.size()); i++) assertEquals(golden.get(i), made.get(i), "line " + (i + 1));
        assertEquals(golden.size(), made.size());
    }

    @Test
    void aPictureIsDrawnTheSameTwice() {
        assertEquals(picture().svg(), picture().svg());
    }
}
