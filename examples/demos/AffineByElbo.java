package demos;

import static org.fluvia.dist.Distributions.multiNormal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.plots.Colour;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * The smallest flow there is, y = shift + L x of a standard normal x, goes from where it was put to a normal distribution with a correlation
 * of 0.4, up the ELBO. By path gradients it arrives, to the last digit; by total ones, whose noise never ends, it stays on its way.
 */
public final class AffineByElbo {
    private static final int DRAWS = 2_000;
    private static final double RATE = 0.1;
    private static final List<Integer> SHOWN = List.of(0, 10, 20, 30, 50, 200);
    private static final double[] COVARIANCE = {1, 0.4, 0.4, 1};
    private static final Distribution TARGET = multiNormal(Expr.vector(0, 0), Expr.vector(COVARIANCE).reshape(Shape.of(2, 2)));
    private static final Grid.Over OVER = Grid.over(-3.6, 4.2, -4.2, 3.6);
    private static final Grid TARGET_DENSITY = Drawn.density(TARGET::logDensity, OVER);
    private static final double[] MASSES = {0.9, 0.5, 0.1};

    /**
     * Where the flow ended.
     *
     * @param elbo of fresh draws; at most 0, as the target's density is normalised
     * @param covarianceError the largest of an element
     */
    public record Result(double elbo, double covarianceError) {}

    private AffineByElbo() {}

    public static void main(String[] arguments) throws IOException {
        Result result = run(2_000, Path.of(arguments.length > 0 ? arguments[0] : "gallery"));
        System.out.printf("ELBO %.1e (0 is the best), covariance to %.1e%n", result.elbo(), result.covarianceError());
    }

    /** Trains in so many steps, and writes the pictures into a folder. */
    public static Result run(int steps, Path folder) throws IOException {
        Elbo path = new Elbo(flow(), TARGET::logDensity, true);
        Elbo total = new Elbo(flow(), TARGET::logDensity, false);
        double[] pathGap = new double[steps];
        double[] totalGap = new double[steps];
        List<Panel> panels = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            if (SHOWN.contains(step)) panels.add(panel("step " + step, path.fitted()));
            pathGap[step] = Math.abs(path.climb(DRAWS, RATE));
            totalGap[step] = Math.abs(total.climb(DRAWS, RATE));
        }
        Drawn.write(Picture.grid(3, panels), folder, "affine-by-elbo");
        double[] at = IntStream.range(0, steps).mapToDouble(i -> i).toArray();
        Drawn.write(Picture.of(Panel.titled("").axes("step", "|ELBO|, nats").logY().aspect(0.45)
                .line(at, totalGap, Look.named("total gradients").in(Colour.GREY).wide(0.8))
                .line(at, pathGap, Look.named("path gradients").in(Colour.BLUE).wide(0.8))).naturalWidth(640), folder, "affine-by-elbo-course");
        double elbo = Arrays.stream(path.logRatios(100_000, steps)).average().orElseThrow();
        return new Result(elbo, covarianceError(path.fitted().weights()));
    }

    /** Off the target, and too narrow. */
    private static Flow flow() {
        return Flow.of(LowerTriangularAffine.trainable(new double[] {3, -3}, new DMatrixRMaj(new double[][] {{0.3, 0}, {0, 0.3}})));
    }

    private static Panel panel(String title, FittedFlow flow) {
        Grid now = OVER.density(flow);
        return Panel.titled(title).axes("y\u2081", "y\u2082").equalAspect()
                .filledContours(TARGET_DENSITY, TARGET_DENSITY.levelsOfMass(MASSES))
                .contours(now, Look.named("flow").in(Colour.VERMILLION), now.levelsOfMass(MASSES));
    }

    /** The covariance is L L', with a diagonal of L whose logs are weights. */
    private static double covarianceError(double[] weights) {
        double a = Math.exp(weights[2]);
        double b = weights[4];
        double c = Math.exp(weights[3]);
        double[] covariance = {a * a, a * b, a * b, b * b + c * c};
        return IntStream.range(0, 4).mapToDouble(i -> Math.abs(covariance[i] - COVARIANCE[i])).max().orElseThrow();
    }
}
