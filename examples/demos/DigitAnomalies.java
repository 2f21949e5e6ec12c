package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Learning;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * Finds images that are unlike those that a flow learned from by how unlikely they are: for each digit, a flow that learned from the other
 * nine, and noise.
 *
 * <pre>./fluvia run examples/demos/DigitAnomalies.java [folder]</pre>
 */
public final class DigitAnomalies {
    private static final int DIGITS = 10;
    private static final int ACROSS = 10;
    private static final int SHOWN = 60;
    private static final long NOISE_SEED = 11;

    private DigitAnomalies() {}

    /**
     * How well the log-probability tells images from those of digits that were learned from.
     *
     * @param digit that was left out of what was learned from
     * @param auc the probability that an image of it is less likely than one held out of the others: 1 if all are, 1/2 if it tells nothing
     * @param aucOfNoise that of images of uniform noise
     */
    record Result(int digit, double auc, double aucOfNoise, Picture picture) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "gallery");
        FlowSpec glow = Flows.glow(1, Digits.SIDE, Digits.SIDE).steps(4);
        System.out.println("AUC of minus the log-probability");
        System.out.println("  left out   that digit   noise");
        for (int digit = 0; digit < DIGITS; digit++) {
            Result result = run(digit, glow, learning -> learning.epochs(10).patience(2));
            System.out.printf("  %-9d  %-11.3f  %.3f%n", digit, result.auc, result.aucOfNoise);
            if (digit == 4 || digit == 1) {
                result.picture.write(folder.resolve("digit-anomalies-" + digit + ".png"));
                result.picture.write(folder.resolve("digit-anomalies-" + digit + ".svg"));
            }
        }
    }

    static Result run(int digit, FlowSpec glow, UnaryOperator<Learning> how) throws IOException {
        Digits all = Digits.all();
        DigitFlow flow = DigitFlow.learn(glow, all.toLearn().of(label -> label != digit), how);
        Digits usual = all.heldOut().of(label -> label != digit);
        Digits leftOut = all.of(label -> label == digit);
        double[] ofUsual = bits(flow, usual);
        double[] ofLeftOut = bits(flow, leftOut);
        double[] ofNoise = bits(flow, noise(leftOut.size()));
        Digits mixed = new Digits(concat(usual.images(), leftOut.images()), new int[usual.size() + leftOut.size()]);
        double[] ofMixed = IntStream.range(0, mixed.size()).mapToDouble(i -> i < ofUsual.length ? ofUsual[i] : ofLeftOut[i - ofUsual.length]).toArray();
        Panel histogram = Panel.titled("a flow that never saw a " + digit).axes("bits per pixel", "density")
                .histogram(ofUsual, Look.named("other digits, held out")).histogram(ofLeftOut, Look.named("images of " + digit));
        Picture picture = Picture.of(histogram, images("least likely of both", mixed, ofMixed, -1), images("most likely of both", mixed, ofMixed, 1));
        return new Result(digit, auc(ofUsual, ofLeftOut), auc(ofUsual, ofNoise), picture);
    }

    private static int[][] concat(int[][] a, int[][] b) {
        int[][] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static double[] bits(DigitFlow flow, Digits digits) {
        return Arrays.stream(flow.logProbability(digits)).map(nats -> -nats / (Digits.PIXELS * Math.log(2))).toArray();
    }

    /** Images of which each pixel is any level with equal probability. */
    static Digits noise(int size) {
        int[][] images = new int[size][Digits.PIXELS];
        for (int j = 0; j < size; j++) {
            for (int i = 0; i < Digits.PIXELS; i++) {
                images[j][i] = (int) Long.remainderUnsigned(SplitMix.at(NOISE_SEED, (long) j * Digits.PIXELS + i), Digits.LEVELS);
            }
        }
        return new Digits(images, new int[size]);
    }

    private static Panel images(String title, Digits digits, double[] bits, int sign) {
        List<double[]> shown = IntStream.range(0, bits.length).boxed().sorted(Comparator.comparingDouble(i -> sign * bits[i])).limit(SHOWN)
                .map(i -> Arrays.stream(digits.images()[i]).asDoubleStream().toArray()).toList();
        return Panel.images(title, shown, Digits.SIDE, Digits.SIDE, ACROSS, 0, Digits.LEVELS - 1);
    }

    /** The probability that a high value is above a low one, half of it where they are equal: the rank sum of Mann and Whitney (1947), rescaled. */
    static double auc(double[] low, double[] high) {
        double[] sorted = low.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (double x : high) sum += 0.5 * (below(sorted, x) + below(sorted, Math.nextUp(x)));
        return sum / ((double) low.length * high.length);
    }

    /** How many are less than x. */
    private static int below(double[] sorted, double x) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < x) from = middle + 1;
            else to = middle;
        }
        return from;
    }
}
