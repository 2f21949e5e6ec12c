package demos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * Packs handwritten digits into as many bits as a flow that learned from others says that they have, and unpacks them: {@link LocalBitsBack}.
 *
 * <pre>./fluvia run examples/demos/DigitCompression.java [folder]</pre>
 */
public final class DigitCompression {
    /** What brings levels from 0 to 16 to the range of a grey byte. */
    private static final int GREY = 15;

    private DigitCompression() {}

    /**
     * Sizes, in bits per pixel, of images that were held out.
     *
     * @param png of one picture of all images, one below the other
     * @param deflate of the levels, a byte each
     * @param alone the ideal of a code by each pixel's own distribution
     * @param ideal what the flow's density says: the mean of minus its log
     * @param net what an image added to the stack, on average
     * @param packed all bytes, with those that hold the bits that the first image took
     * @param equal whether what was unpacked is what was packed
     */
    record Result(int images, double png, double deflate, double alone, double ideal, double net, double packed, boolean equal, Picture picture) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "gallery");
        Digits digits = Digits.all();
        Result result = run(DigitFlow.glow(digits.toLearn()), digits.heldOut());
        System.out.printf("bits per pixel of %d images held out%n", result.images);
        System.out.printf("  PNG                        %.3f%n", result.png);
        System.out.printf("  deflate, as in gzip        %.3f%n", result.deflate);
        System.out.printf("  each pixel alone, ideally  %.3f%n", result.alone);
        System.out.printf("  Glow, ideally              %.3f%n", result.ideal);
        System.out.printf("  Glow, net                  %.3f%n", result.net);
        System.out.printf("  Glow, all bytes            %.3f%n", result.packed);
        System.out.println(result.equal ? "unpacked: the same images" : "unpacked: OTHER images");
        result.picture.write(folder.resolve("digit-compression.png"));
        result.picture.write(folder.resolve("digit-compression.svg"));
    }

    static Result run(DigitFlow flow, Digits heldOut) throws IOException {
        LocalBitsBack coder = new LocalBitsBack(flow.copula(), flow.marginals());
        double[] ideal = Arrays.stream(flow.logProbability(heldOut)).map(nats -> -nats / Math.log(2)).toArray();
        double[] net = new double[heldOut.size()];
        Rans stack = new Rans();
        for (int i = 0; i < net.length; i++) {
            double before = stack.bits() - stack.suppliedBits();
            coder.push(stack, heldOut.images()[i]);
            net[i] = stack.bits() - stack.suppliedBits() - before;
        }
        byte[] packed = LocalBitsBack.packed(heldOut.size(), stack);
        boolean equal = Arrays.deepEquals(coder.decode(packed), heldOut.images());
        double pixels = (double) heldOut.size() * Digits.PIXELS;
        double low = Math.min(Arrays.stream(ideal).min().orElseThrow(), Arrays.stream(net).min().orElseThrow());
        double high = Math.max(Arrays.stream(ideal).max().orElseThrow(), Arrays.stream(net).max().orElseThrow());
        Panel panel = Panel.titled("each image held out").axes("bits by the flow's density", "bits on the stack").equalAspect()
                .curve(low, high, x -> x, Look.named("equal")).points(ideal, net, Look.named("images"));
        return new Result(heldOut.size(), 8 * png(heldOut).length / pixels, 8 * deflated(heldOut).length / pixels, flow.marginals().bitsPerPixel(heldOut),
                Arrays.stream(ideal).sum() / pixels, Arrays.stream(net).sum() / pixels, 8 * packed.length / pixels, equal, Picture.of(panel));
    }

    private static byte[] png(Digits digits) throws IOException {
        BufferedImage strip = new BufferedImage(Digits.SIDE, Digits.SIDE * digits.size(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < strip.getHeight(); y++) {
            for (int x = 0; x < Digits.SIDE; x++) {
                strip.getRaster().setSample(x, y, 0, GREY * digits.images()[y / Digits.SIDE][y % Digits.SIDE * Digits.SIDE + x]);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(strip, "png", bytes);
        return bytes.toByteArray();
    }

    private static byte[] deflated(Digits digits) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION))) {
            for (int[] image : digits.images()) {
                for (int level : image) out.write(level);
            }
        }
        return bytes.toByteArray();
    }
}
