package demos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.fluvia.flows.Samples;

/**
 * Handwritten digits: 1,797 images of 8 x 8 pixels with grey levels from 0 to 16, and which digit each is. SOURCE.md says where they are from.
 *
 * @param images row by row; not modified
 * @param labels from 0 to 9; not modified
 */
record Digits(int[][] images, int[] labels) {
    static final int SIDE = 8;
    static final int PIXELS = SIDE * SIDE;
    static final int LEVELS = 17;
    private static final int HELD_OUT = 5;

    /** All of them, in the order of the file. */
    static Digits all() throws IOException {
        List<int[]> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Digits.class.getResourceAsStream("digits.csv.gz")), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray());
            }
        }
        return new Digits(rows.stream().map(row -> Arrays.copyOf(row, PIXELS)).toArray(int[][]::new),
                rows.stream().mapToInt(row -> row[PIXELS]).toArray());
    }

    /** Every fifth. */
    Digits heldOut() {
        return at(i -> i % HELD_OUT == HELD_OUT - 1);
    }

    /** All but every fifth. */
    Digits toLearn() {
        return at(i -> i % HELD_OUT != HELD_OUT - 1);
    }

    /** Those of some digits. */
    Digits of(IntPredicate digit) {
        return at(i -> digit.test(labels[i]));
    }

    /** As many from the beginning, or all. */
    Digits first(int most) {
        return at(i -> i < most);
    }

    private Digits at(IntPredicate rows) {
        int[] chosen = IntStream.range(0, labels.length).filter(rows).toArray();
        return new Digits(Arrays.stream(chosen).mapToObj(i -> images[i]).toArray(int[][]::new),
                Arrays.stream(chosen).map(i -> labels[i]).toArray());
    }

    int size() {
        return labels.length;
    }

    /** The images with uniform noise on [0, 1) added to each grey level. */
    Samples dequantised(long seed) {
        return Samples.of(Arrays.stream(images).map(image -> Arrays.stream(image).asDoubleStream().toArray()).toArray(double[][]::new))
                .dequantised(seed);
    }
}
