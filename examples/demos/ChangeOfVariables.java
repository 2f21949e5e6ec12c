package demos;

import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.uniform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.plots.Colour;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * Change of variables, the rule that every flow is made of: if x has the density p, then y = f(x) has the density p(x) / |f'(x)|. Where f
 * expands the line, |f'| > 1, the density falls; where f contracts it, the density rises; each coloured area stays as large as it was.
 */
public final class ChangeOfVariables {
    private static final int SAMPLES = 10_000;
    private static final int POINTS = 400;
    private static final long SEED = 2;
    private static final Look EXPANDS = Look.named("expands, |f'| > 1").in(Colour.VERMILLION).opaque(0.5);
    private static final Look CONTRACTS = Look.named("contracts, |f'| < 1").in(Colour.SKY).opaque(0.6);

    /**
     * A map of a distribution whose result is known.
     *
     * @param low where the rule begins to be evaluated; it ends at high
     * @param x0 the left end of both axes; the right end is x1, and densities are drawn up to top
     */
    private record Case(String title, String name, Distribution x, double low, double high, UnaryOperator<Expr> f, Distribution y,
                        double x0, double x1, double top) {}

    private static final List<Case> CASES = List.of(
            new Case("y = 3 u", "u", uniform(0, 1), 0, 1, u -> u.times(3), uniform(0, 3), -0.2, 3.2, 1.3),
            new Case("y = u\u00b2", "u", uniform(0, 1), 0, 1, Expr::square, beta(0.5, 1), -0.1, 1.1, 3.9),
            new Case("y = 0.75 z + 1", "z", normal(0, 1), -4, 4, z -> z.times(0.75).plus(1), normal(1, 0.75), -4.2, 4.2, 0.7));

    /**
     * How well a case agrees with what is known.
     *
     * @param densityError the largest difference of log-densities, the rule's and the closed form
     * @param distance the largest difference of the samples' distribution function and the closed form (Kolmogorov and Smirnov), times the root of
     *     their number: above 1.63 for one seed in a hundred
     */
    public record Check(String title, double densityError, double distance) {}

    private ChangeOfVariables() {}

    public static void main(String[] arguments) throws IOException {
        for (Check check : run(Path.of(arguments.length > 0 ? arguments[0] : "gallery"))) {
            System.out.printf("%-15s log-density to %.1e, samples %.2f apart (1.63 would be far)%n",
                    check.title(), check.densityError(), check.distance());
        }
    }

    /** Writes the picture into a folder. */
    public static List<Check> run(Path folder) throws IOException {
        List<Check> checks = new ArrayList<>();
        List<Panel> before = new ArrayList<>();
        List<Panel> after = new ArrayList<>();
        for (Case c : CASES) {
            UnaryOperator<Expr> slope = x -> Gradient.of(c.f.apply(x), x).abs();
            UnaryOperator<Expr> rule = x -> c.x.logDensity(x).minus(slope.apply(x).log());

            double[] at = IntStream.range(0, POINTS).mapToDouble(i -> c.low + (i + 0.5) * (c.high - c.low) / POINTS).toArray();
            double[] slopes = Drawn.values(slope, at);
            double[] byRule = Drawn.values(rule, at);
            double[] samples = c.x.sample(new SplittableRandom(SEED), Shape.of(SAMPLES));
            double[] mapped = Drawn.values(c.f, samples);
            before.add(panel(c.title, c.name, samples, at, exp(Drawn.values(c.x::logDensity, at)), slopes).range(c.x0, c.x1, 0, c.top));
            after.add(panel("", "y", mapped, Drawn.values(c.f, at), exp(byRule), slopes).range(c.x0, c.x1, 0, c.top));

            double[] known = Drawn.values(x -> c.y.logDensity(c.f.apply(x)), at);
            checks.add(new Check(c.title, largestDifference(byRule, known), distance(mapped, c.y)));
        }
        Picture picture = Picture.rows(List.of(before, after));
        Drawn.write(picture, folder, "change-of-variables");
        return checks;
    }

    /** The histogram of samples, their density, and beneath it in colour what expands and what contracts. */
    private static Panel panel(String title, String name, double[] samples, double[] at, double[] density, double[] slopes) {
        Panel panel = Panel.titled(title).axes(name, "density").histogram(samples, Look.of(Colour.GREY).opaque(0.3));
        for (boolean expands : new boolean[] {false, true}) {
            int[] those = IntStream.range(0, at.length).filter(i -> slopes[i] > 1 == expands).toArray();
            if (those.length == 0) continue;
            double[] top = Arrays.stream(those).mapToDouble(i -> density[i]).toArray();
            panel = panel.band(Arrays.stream(those).mapToDouble(i -> at[i]).toArray(), new double[top.length], top, expands ? EXPANDS : CONTRACTS);
        }
        return panel.line(at, density, Look.of(Colour.BLACK));
    }

    private static double[] exp(double[] logs) {
        return Arrays.stream(logs).map(StrictMath::exp).toArray();
    }

    private static double largestDifference(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow();
    }

    private static double distance(double[] samples, Distribution from) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double[] cdf = exp(Drawn.values(from::logCdf, sorted));
        int n = sorted.length;
        return Math.sqrt(n) * IntStream.range(0, n).mapToDouble(i -> Math.max(cdf[i] - (double) i / n, (i + 1.0) / n - cdf[i])).max().orElseThrow();
    }
}
