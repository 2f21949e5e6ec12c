package demos;

import static org.fluvia.dist.Distributions.binomialLogit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Base;
import org.fluvia.flows.Batches;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.HeldOut;
import org.fluvia.flows.Samples;
import org.fluvia.flows.Weights;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.training.Adam;
import org.fluvia.flows.training.GradientLearner;
import org.fluvia.flows.training.Plateaus;
import org.fluvia.flows.training.Slope;
import org.fluvia.flows.training.Stage;
import org.fluvia.flows.training.StopRule;
import org.fluvia.flows.training.Training;
import org.fluvia.flows.transformer.Parameter;

/**
 * A variational autoencoder (Kingma and Welling 2014) of the digits' images: a code z is standard normal, one network makes of it how likely ink
 * is at each pixel, and another makes of an image what the distribution q of its code depends on. That distribution is any flow.
 *
 * <p>A grey level counts how many of a pixel's 16 points have ink, so it is binomial and nothing need be added to make it continuous. An image is a
 * draw of the programs; what they maximise is log p(x | z) + log p(z) - log q(z | x) with z drawn from q, whose mean is a lower bound of
 * log p(x), the ELBO.
 */
final class Autoencoder {
    private static final int POINTS = 16;
    private static final Mlp NETWORK = Mlp.of(128).lastLayer(1);
    private static final int ENCODED = 64;
    /** Standard deviation of the noise that the encoder sees in training: it would know 1,300 images by heart. */
    private static final double BLUR = 0.3;
    /** Standard deviation of the weights of networks before there are data, for the same reason. */
    private static final double PRIOR = 0.3;
    private static final int BATCH = 128;
    private static final double RATE = 2e-3;

    private final Expr image = Expr.perDraw("image", Shape.of(Digits.PIXELS));
    private final Expr blur = Expr.perDraw("blur", Shape.of(Digits.PIXELS));
    private final Expr noise;
    private final Expr code;
    private final Expr bound;
    private final Conditioner decoder;
    private final Weights layout;
    private final double[] weights;

    /** The best weights after so many steps. */
    static Autoencoder trained(FlowSpec posterior, int codeSize, int[][] images, int steps, long seed) {
        return new Autoencoder(posterior, codeSize, images, steps, seed);
    }

    private Autoencoder(FlowSpec posterior, int codeSize, int[][] images, int steps, long seed) {
        noise = Expr.perDraw("noise", Shape.of(codeSize));
        Context encoded = NETWORK.embedding(Context.of(image.div(POINTS / 2.0).minus(1).plus(blur.times(BLUR))), ENCODED, seed + 1);
        decoder = NETWORK.build(codeSize, Digits.PIXELS, List.of(Parameter.of("log odds of ink", 0)), Context.none(), seed + 2);
        Flow q = posterior.build(codeSize, seed, encoded);

        Flow.Draw z = q.sample(noise);
        bound = logJoint(z.value()).minus(z.logDensity());
        code = z.value();

        List<Expr> all = new ArrayList<>(q.weights().inputs());
        all.addAll(decoder.weights());
        layout = Weights.of(all);
        weights = train(images, steps, seed);
    }

    /** Grey levels as numbers. */
    static Samples samples(Stream<int[]> images) {
        return Samples.of(images.map(image -> Arrays.stream(image).asDoubleStream().toArray()).toArray(double[][]::new));
    }

    private Expr logOdds(Expr z) {
        return decoder.parameters(z).get(0);
    }

    /** log p(x | z) + log p(z). */
    private Expr logJoint(Expr z) {
        Expr likelihood = binomialLogit(Expr.of(POINTS), logOdds(z)).logDensity(image).sum();
        return likelihood.plus(Base.standardNormal(z.shape().size()).logDensity(z));
    }

    private double[] train(int[][] images, int steps, long seed) {
        DMatrixRMaj judged = samples(IntStream.range(0, images.length).filter(i -> i % 10 == 0).mapToObj(i -> images[i])).columns();
        double[] each = new double[judged.numCols];
        Arrays.fill(each, 1);
        int[] learned = IntStream.range(0, images.length).filter(i -> i % 10 != 0).toArray();
        Batches batches = new Batches(samples(Arrays.stream(images)), learned, BATCH, seed);

        Expr penalty = Expr.of(0);
        for (Expr w : layout.inputs()) penalty = penalty.plus(w.square().sum().div(2 * PRIOR * PRIOR * learned.length));
        List<Expr> gradients = layout.gradients(penalty.minus(bound));
        Workspace workspace = Program.of(gradients).workspace();
        workspace.expectMuchWork();
        workspace.set(image, batches.values());
        NormalNoise random = NormalNoise.of(seed);
        NormalNoise blurred = NormalNoise.of(seed + 1);
        Slope slope = (w, step, gradient) -> {
            batches.next();
            layout.set(workspace, w);
            workspace.set(noise, random.step(step));
            workspace.set(blur, blurred.step(step));
            workspace.run(BATCH);
            layout.read(workspace, gradients, gradient);
            return BATCH;
        };
        GradientLearner<HeldOut> learner = new GradientLearner<>(layout.initial(), slope, () -> new Adam(layout.size()),
                w -> HeldOut.of(Bounds.of(logRatios(w, judged, 4, seed + 2)).elbo(), each), 5, 0.05);
        Training.run(learner, new Plateaus(RATE, 0.3, 3, 10), new StopRule(steps, 50, 0, 0), Stage.unwatched());
        return learner.best();
    }

    /** log p(x | z) + log p(z) - log q(z | x) of each image for each of some draws of its code. */
    private double[][] logRatios(double[] w, DMatrixRMaj images, int draws, long seed) {
        Workspace workspace = ready(w, images, bound);
        double[][] all = new double[draws][];
        for (int k = 0; k < draws; k++) {
            workspace.set(noise, NormalNoise.of(seed).step(k));
            workspace.run(images.numCols);
            all[k] = Arrays.copyOf(workspace.perDraw(bound).data, images.numCols);
        }
        return all;
    }

    private Workspace ready(double[] w, DMatrixRMaj images, Expr output) {
        Workspace workspace = Program.of(output).workspace();
        layout.set(workspace, w);
        workspace.set(image, DrawSource.of(images));
        workspace.set(blur, DrawSource.of(new DMatrixRMaj(images.numRows, images.numCols)));
        return workspace;
    }

    /** Bounds of the log-probability of each image, by so many draws of its code. */
    Bounds bounds(DMatrixRMaj images, int draws, long seed) {
        return Bounds.of(logRatios(weights, images, draws, seed));
    }

    /** A draw of each image's code. */
    DMatrixRMaj codes(DMatrixRMaj images, long seed) {
        Workspace workspace = ready(weights, images, code);
        workspace.set(noise, NormalNoise.of(seed));
        workspace.run(images.numCols);
        return workspace.perDraw(code).copy();
    }

    /** log p(x | z) + log p(z) of an image at codes: the log-density of the true posterior, but for a constant. */
    double[] logJoint(double[] of, DMatrixRMaj codes) {
        Expr z = Expr.perDraw("code", Shape.of(codes.numRows));
        Expr joint = logJoint(z);
        Workspace workspace = ready(weights, repeated(of, codes.numCols), joint);
        workspace.set(z, DrawSource.of(codes));
        workspace.run(codes.numCols);
        return Arrays.copyOf(workspace.perDraw(joint).data, codes.numCols);
    }

    /** Draws of one image's code. */
    DMatrixRMaj codes(double[] of, int draws, long seed) {
        return codes(repeated(of, draws), seed);
    }

    private static DMatrixRMaj repeated(double[] image, int times) {
        DMatrixRMaj all = new DMatrixRMaj(image.length, times);
        for (int i = 0; i < image.length; i++) Arrays.fill(all.data, i * times, (i + 1) * times, image[i]);
        return all;
    }

    /** The mean grey levels of the images that codes stand for. */
    DMatrixRMaj decoded(DMatrixRMaj codes) {
        Expr z = Expr.perDraw("code", Shape.of(codes.numRows));
        Expr grey = logOdds(z).sigmoid().times(POINTS);
        Workspace workspace = Program.of(grey).workspace();
        layout.set(workspace, weights);
        workspace.set(z, DrawSource.of(codes));
        workspace.run(codes.numCols);
        return workspace.perDraw(grey).copy();
    }
}
