package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.plots.Colour;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * A variational autoencoder of handwritten digits whose posterior is a flow, beside its twin whose posterior is a normal distribution with
 * independent elements, as is usual. Both have the same networks; the flow's draws of a code are the twin's, moved on by an inverse
 * autoregressive flow that is conditional on the image (Kingma et al. 2016).
 */
public final class VariationalAutoencoder {
    private static final FlowSpec NORMAL = Flows.diagonal();
    private static final FlowSpec FLOW = Flows.diagonal().then(Flows.iaf().layers(2).hidden(64));
    private static final int STEPS = 3000;
    private static final long SEED = 1;
    private static final int BOUND_DRAWS = 128;
    /** Half the side of the square in which one image's codes are shown. */
    private static final double SIDE = 0.9;
    /** The colours there are for ten digits: the last is as the second, and paler. */
    private static final List<Look> COLOURS = IntStream.rangeClosed(0, 9).mapToObj(digit -> {
        Look look = Look.named(Integer.toString(digit)).sized(3);
        return digit < 9 ? look.in(Colour.values()[digit]) : look.in(Colour.VERMILLION).opaque(0.35);
    }).toList();

    private VariationalAutoencoder() {}

    /**
     * What held-out images say, in nats an image.
     *
     * @param gain of the flow's ELBO over the normal posterior's
     * @param error of the gain, a standard error over the images
     */
    public record Result(double normalElbo, double normalIwae, double flowElbo, double flowIwae, double gain, double error) {}

    /** Trained alike. */
    private record Twins(Autoencoder normal, Autoencoder flow) {
        static Twins trained(Digits digits, int codeSize, int steps) {
            return new Twins(Autoencoder.trained(NORMAL, codeSize, digits.images(), steps, SEED),
                    Autoencoder.trained(FLOW, codeSize, digits.images(), steps, SEED));
        }

        Result judged(Digits digits) {
            DMatrixRMaj images = columns(digits);
            Bounds first = normal.bounds(images, BOUND_DRAWS, SEED);
            Bounds second = flow.bounds(images, BOUND_DRAWS, SEED);
            return new Result(first.meanElbo(), first.meanIwae(), second.meanElbo(), second.meanIwae(), second.gainOver(first),
                    second.errorOfGainOver(first));
        }
    }

    /** Trains both with codes of two numbers and judges them on images that neither has seen. */
    public static Result run(int steps) throws IOException {
        return Twins.trained(Digits.all().toLearn(), 2, steps).judged(Digits.all().heldOut());
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "gallery");
        Digits learned = Digits.all().toLearn();
        Digits heldOut = Digits.all().heldOut();
        System.out.printf("nats an image, held out     ELBO (normal, flow)   IWAE bound of %d draws (normal, flow)   the flow's gain%n", BOUND_DRAWS);
        Twins plane = Twins.trained(learned, 2, STEPS);
        print("codes of two numbers", plane.judged(heldOut));
        codes(plane, heldOut).write(folder.resolve("autoencoder-codes.png"));
        posterior(plane, heldOut).write(folder.resolve("autoencoder-posterior.png"));
        Twins eight = Twins.trained(learned, 8, STEPS);
        print("codes of eight", eight.judged(heldOut));
        images(eight.flow(), heldOut).write(folder.resolve("autoencoder-images.png"));
    }

    private static DMatrixRMaj columns(Digits digits) {
        return Autoencoder.samples(Arrays.stream(digits.images())).columns();
    }

    /** A draw of each image's code, the digit written where it is. */
    private static Picture codes(Twins twins, Digits digits) {
        DMatrixRMaj normal = twins.normal.codes(columns(digits), SEED);
        DMatrixRMaj flow = twins.flow.codes(columns(digits), SEED);
        double reach = 1.05 * Math.max(CommonOps_DDRM.elementMaxAbs(normal), CommonOps_DDRM.elementMaxAbs(flow));
        return Picture.of(codes("normal posterior", normal, reach, digits), codes("flow posterior", flow, reach, digits))
                .titled("Codes of images that were held out");
    }

    private static Panel codes(String title, DMatrixRMaj codes, double reach, Digits digits) {
        Panel panel = Panel.titled(title).axes("z₁", "z₂").equalAspect().range(-reach, reach, -reach, reach);
        double[] x = Arrays.copyOf(codes.data, codes.numCols);
        double[] y = Arrays.copyOfRange(codes.data, codes.numCols, codes.data.length);
        return panel.points(x, y, digits.labels(), COLOURS);
    }

    /**
     * Where the codes of one image are: the truth, and the draws of both posteriors. Of the image
     * for which the flow gains most, of those whose codes the normal posterior finds: to within 2 nats.
     */
    private static Picture posterior(Twins twins, Digits digits) {
        DMatrixRMaj images = columns(digits);
        double[] normal = twins.normal.bounds(images, BOUND_DRAWS, SEED).gap();
        double[] flow = twins.flow.bounds(images, BOUND_DRAWS, SEED).gap();
        int i = IntStream.range(0, normal.length).filter(k -> normal[k] < 2).boxed().max(Comparator.comparingDouble(k -> normal[k] - flow[k])).orElseThrow();
        double[] image = Arrays.stream(digits.images()[i]).asDoubleStream().toArray();
        return Picture.of(posterior("normal posterior", twins.normal, image), posterior("flow posterior", twins.flow, image))
                .titled("Codes of one image: the true posterior (with 10, 30, 50, 70 and 90 % inside) and 400 draws");
    }

    private static Panel posterior(String title, Autoencoder autoencoder, double[] image) {
        DMatrixRMaj draws = autoencoder.codes(image, 400, SEED);
        double[] x = Arrays.copyOf(draws.data, draws.numCols);
        double[] y = Arrays.copyOfRange(draws.data, draws.numCols, draws.data.length);
        double[] middle = {Arrays.stream(x).average().orElseThrow(), Arrays.stream(y).average().orElseThrow()};
        Grid.Over over = Grid.over(middle[0] - SIDE, middle[0] + SIDE, middle[1] - SIDE, middle[1] + SIDE).cells(160, 160);
        double[] logJoint = autoencoder.logJoint(image, over.nodes());
        double most = Arrays.stream(logJoint).max().orElseThrow();
        Grid truth = over.values(Arrays.stream(logJoint).map(v -> Math.exp(v - most)).toArray());
        return Panel.titled(title).axes("z₁", "z₂").equalAspect().points(x, y, Look.of(Colour.SKY).sized(1.5))
                .contours(truth, truth.levelsOfMass(0.1, 0.3, 0.5, 0.7, 0.9));
    }

    private static Picture images(Autoencoder autoencoder, Digits digits) {
        int shown = 40;
        DMatrixRMaj images = columns(digits);
        DMatrixRMaj means = autoencoder.decoded(autoencoder.codes(images, SEED));
        List<double[]> pairs = new ArrayList<>();
        for (int row = 0; row < shown; row += 10) {
            for (int i = row; i < row + 10; i++) pairs.add(column(images, i));
            for (int i = row; i < row + 10; i++) pairs.add(column(means, i));
        }
        DMatrixRMaj noise = new DMatrixRMaj(8, 2 * shown);
        NormalNoise.of(SEED).fill(0, noise.numCols, noise.numRows, noise.data, 0, noise.numCols);
        DMatrixRMaj made = autoencoder.decoded(noise);
        List<double[]> drawn = IntStream.range(0, noise.numCols).mapToObj(i -> column(made, i)).toList();
        return Picture.of(Panel.images("held-out images, and what their codes say", pairs, Digits.SIDE, Digits.SIDE, 10),
                Panel.images("images of codes that were drawn", drawn, Digits.SIDE, Digits.SIDE, 10));
    }

    private static double[] column(DMatrixRMaj m, int j) {
        return IntStream.range(0, m.numRows).mapToDouble(i -> m.get(i, j)).toArray();
    }

    private static void print(String what, Result r) {
        System.out.printf(Locale.ROOT, "%-25s   %.2f %.2f       %.2f %.2f                      %.2f +- %.2f%n", what, r.normalElbo(), r.flowElbo(), r.normalIwae(),
                r.flowIwae(), r.gain(), r.error());
    }
}
