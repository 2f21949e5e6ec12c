package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;
import org.fluvia.flows.distance.C2st;
import org.fluvia.plots.Colour;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * The posterior of a simulator's parameters, learned once for all observations from simulations alone: "two moons" of the benchmark of
 * simulation-based inference (Lueckmann et al. 2021, T.8). theta is uniform on [-1, 1]^2, and
 * x = (r cos a + 1/4, r sin a) + (-|theta_1 + theta_2|, theta_2 - theta_1) / sqrt(2), with a uniform on [-pi/2, pi/2] and r ~ N(0.1, 0.01).
 * Given x the noise can be drawn and solved for theta, which is the exact posterior that the flow is compared with.
 */
public final class TwoMoonsPosterior {
    private static final double[] OBSERVED = {0, 0};
    private static final int SHOWN = 3_000;
    private static final double ROOT_HALF = Math.sqrt(0.5);

    private TwoMoonsPosterior() {}

    public static void main(String[] arguments) throws IOException {
        C2st c2st = run(10_000, 150, 10_000, Path.of(arguments.length > 0 ? arguments[0] : "gallery"));
        System.out.printf("C2ST %.3f +- %.3f (0.5 is the best)%n", c2st.accuracy(), c2st.standardError());
    }

    /**
     * Learns from so many simulations, in at most so many passes through them, compares so many draws with exact ones, and writes the picture
     * into a folder.
     */
    public static C2st run(int simulations, int epochs, int draws, Path folder) throws IOException {
        LearnedFlow flow = Learning.of(Flows.splineCoupling().hidden(64, 64)).epochs(epochs).run(simulated(simulations, 1));
        FittedFlow posterior = flow.conditional(OBSERVED);
        DMatrixRMaj learned = posterior.sample(draws, 2);
        DMatrixRMaj exact = exact(draws, 3);
        C2st distance = C2st.between(exact, learned);
        Grid density = Grid.over(-0.4, 0.4, -0.4, 0.4).density(posterior);
        Picture picture = Picture.of(framed("exact draws").points(exact(SHOWN, 3), Look.of(Colour.BLUE).sized(1.2).opaque(0.5)),
                framed("draws of the flow").points(posterior.sample(SHOWN, 2), Look.of(Colour.BLUE).sized(1.2).opaque(0.5)),
                framed("density of the flow").density(density));
        Drawn.write(picture.titled(String.format("The posterior given x = (0, 0), from %,d simulations: C2ST %.2f", simulations, distance.accuracy())), folder,
                "two-moons-posterior");
        return distance;
    }

    /** Parameters, and what the simulator makes of each as its context. */
    static Samples simulated(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] r = NormalNoise.of(seed).values(n);
        double[] theta = new double[2 * n];
        double[] x = new double[2 * n];
        for (int j = 0; j < n; j++) {
            double one = 2 * random.nextDouble() - 1;
            double two = 2 * random.nextDouble() - 1;
            double[] noise = noise(r[j], random);
            theta[2 * j] = one;
            theta[2 * j + 1] = two;
            x[2 * j] = noise[0] - Math.abs(one + two) * ROOT_HALF;
            x[2 * j + 1] = noise[1] + (two - one) * ROOT_HALF;
        }
        return Samples.ofRows(theta, 2).context(Samples.ofRows(x, 2));
    }

    private static double[] noise(double z, SplittableRandom random) {
        double angle = Math.PI * (random.nextDouble() - 0.5);
        double radius = 0.1 + 0.01 * z;
        return new double[] {radius * StrictMath.cos(angle) + 0.25, radius * StrictMath.sin(angle)};
    }

    /** Draws of the posterior: noise that the observation can have had, and one of the two parameters that make it, if within the prior. */
    static DMatrixRMaj exact(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj theta = new DMatrixRMaj(2, n);
        for (int j = 0, k = 0; j < n; k++) {
            double[] noise = noise(NormalNoise.of(seed).step(k).values(1)[0], random);
            double sum = (noise[0] - OBSERVED[0]) / ROOT_HALF * (random.nextBoolean() ? 1 : -1);
            double difference = (OBSERVED[1] - noise[1]) / ROOT_HALF;
            double one = (sum - difference) / 2;
            double two = (sum + difference) / 2;
            if (noise[0] < OBSERVED[0] || Math.abs(one) > 1 || Math.abs(two) > 1) continue;
            theta.set(0, j, one);
            theta.set(1, j++, two);
        }
        return theta;
    }

    private static Panel framed(String title) {
        return Panel.titled(title).range(-0.4, 0.4, -0.4, 0.4).equalAspect().axes("theta 1", "theta 2");
    }
}
