package demos;

import static org.fluvia.autodiff.Functions.logAddExp;
import static org.fluvia.autodiff.Functions.sin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * The four potentials of Rezende and Mohamed 2015, table 1, densities exp(-U(z)) that no normal distribution is like, and what flows make of them
 * up the ELBO: planar maps, each with one bend, and couplings by splines. The potentials grow with the steps from a tenth to the whole, as there,
 * so that a flow finds all parts before there are gaps between them.
 *
 * <p>U2 to U4 go on for ever to both sides; as in De Cao et al. 2019, relu(|z_i| - 6)^2 is added for both elements. With it the densities have
 * integrals that are known, and so has the KL divergence: log Z - ELBO.
 */
public final class FourPotentials {
    private static final int BATCH = 256;
    private static final int JUDGED = 100_000;
    private static final double WEAKEST = 0.1;
    private static final double LOG_Z_OF_ONE = Math.log((12 + Math.sqrt(Math.PI)) * Math.sqrt(2 * Math.PI));
    private static final Grid.Over OVER = Grid.over(-7, 7, -5, 3).cells(280, 160);

    /**
     * @param logDensity -U
     * @param logZ of exp(-U) with the walls: of U1 by quadrature, of the others in closed form
     */
    private record Potential(String name, UnaryOperator<Expr> logDensity, double logZ) {}

    private static final List<Potential> POTENTIALS = List.of(
            new Potential("U1", z -> bump(z.dot(z).sqrt().minus(2), 0.4)
                    .plus(logAddExp(bump(z.get(0).minus(2), 0.6), bump(z.get(0).plus(2), 0.6))), 1.877502),
            new Potential("U2", z -> bump(offWave(z), 0.4), LOG_Z_OF_ONE + Math.log(0.4)),
            new Potential("U3", z -> logAddExp(bump(offWave(z), 0.35),
                    bump(offWave(z).plus(bump(z.get(0).minus(1), 0.6).exp().times(3)), 0.35)), LOG_Z_OF_ONE + Math.log(0.7)),
            new Potential("U4", z -> logAddExp(bump(offWave(z), 0.4),
                    bump(offWave(z).plus(z.get(0).minus(1).div(0.3).sigmoid().times(3)), 0.35)), LOG_Z_OF_ONE + Math.log(0.75)));

    /** A recipe; each begins with a normal distribution, which is trained too. */
    private record Kind(String name, FlowSpec maps, double rate) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("planar, 2", Flows.planar().layers(2), 0.005),
            new Kind("planar, 8", Flows.planar().layers(8), 0.005),
            new Kind("planar, 32", Flows.planar().layers(32), 0.005),
            new Kind("spline", Flows.splineCoupling().layers(4).hidden(16, 16).bound(8), 0.002));

    /**
     * What a flow came to.
     *
     * @param kl KL(q || p), nats
     * @param logZError of log Z by importance sampling
     */
    public record Fitted(String potential, String flow, double kl, double logZError) {}

    private FourPotentials() {}

    public static void main(String[] arguments) throws IOException {
        for (Fitted f : run(POTENTIALS.size(), 3_000, Path.of(arguments.length > 0 ? arguments[0] : "gallery"))) {
            System.out.printf("%s by %-10s  KL %.3f nats, log Z to %.4f%n", f.potential(), f.flow(), f.kl(), f.logZError());
        }
    }

    /** Fits all flows to the first of the potentials in so many steps each, and writes the picture into a folder. */
    public static List<Fitted> run(int potentials, int steps, Path folder) throws IOException {
        List<Fitted> all = new ArrayList<>();
        List<List<Panel>> rows = new ArrayList<>();
        for (Potential p : POTENTIALS.subList(0, potentials)) {
            List<Panel> row = new ArrayList<>();
            Grid truth = Drawn.density(z -> p.logDensity.apply(z).minus(walls(z)).minus(p.logZ), OVER);
            double[] levels = truth.levelsOfMass(0.95, 0.8, 0.6, 0.4, 0.2);
            row.add(panel(p.name, truth, levels));
            for (Kind kind : KINDS) {
                Elbo elbo = fit(p, kind, steps);
                double[] ratios = elbo.logRatios(JUDGED, steps);
                Fitted fitted = new Fitted(p.name, kind.name, p.logZ - Arrays.stream(ratios).average().orElseThrow(), logMeanExp(ratios) - p.logZ);
                all.add(fitted);
                row.add(panel(String.format("%s: KL %.3f", kind.name, fitted.kl), OVER.density(elbo.fitted()), levels).axes("z\u2081", "").withoutLabelsY());
            }
            rows.add(row);
        }
        Drawn.write(Picture.rows(rows), folder, "four-potentials");
        return all;
    }

    private static Elbo fit(Potential p, Kind kind, int steps) {
        Expr strength = Expr.shared("strength", Shape.of(), 1);
        FlowSpec spec = Flows.fullRank().then(kind.maps).towards(FlowSpec.Use.DRAWS);
        Elbo elbo = new Elbo(spec.build(2, 1), z -> p.logDensity.apply(z).times(strength).minus(walls(z)), true);
        for (int step = 0; step < steps; step++) {
            double done = step / (double) steps;
            elbo.set(strength, Math.min(1, WEAKEST + (1 - WEAKEST) * 2 * done)); // whole after half of the steps
            elbo.climb(BATCH, kind.rate * Math.min(1, 2 * (1 - done)));
        }
        elbo.set(strength, 1);
        return elbo;
    }

    private static Panel panel(String title, Grid density, double[] levels) {
        return Panel.titled(title).axes("z\u2081", "z\u2082").equalAspect().range(-7, 7, -5, 3).filledContours(density, levels);
    }

    private static Expr bump(Expr x, double sd) {
        return x.div(sd).square().times(-0.5);
    }

    private static Expr offWave(Expr z) {
        return z.get(1).minus(sin(z.get(0).times(Math.PI / 2)));
    }

    private static Expr walls(Expr z) {
        return z.abs().minus(6).max(Expr.of(0)).square().sum();
    }

    private static double logMeanExp(double[] x) {
        double largest = Arrays.stream(x).max().orElseThrow();
        return largest + Math.log(Arrays.stream(x).map(v -> Math.exp(v - largest)).average().orElseThrow());
    }
}
