package demos;

import static org.fluvia.autodiff.Functions.logDiffExp;
import static org.fluvia.autodiff.Functions.logNormalCdf;
import static org.fluvia.autodiff.Functions.stack;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;

/**
 * The distributions of points in the plane that flows are usually shown on, as Grathwohl et al. 2019 make them (FFJORD, toy_data.py), with
 * their densities. Each is an even mixture of parts. A part is a curve, drawn by a square pen, with normal noise added.
 */
public enum ToyData {
    /** Points on a circle of radius 4, noise of sd 0.5, all divided by 1.414. */
    EIGHT_GAUSSIANS("8 Gaussians", 8, 0, 0.5 / 1.414, Rule.closed(1),
            (part, u) -> circle(4 / 1.414, part / 8.0)),

    /** Arms of one and a half turns, by a pen of width 1/6; noise of sd 0.1. */
    TWO_SPIRALS("2 spirals", 2, 1.0 / 6, 0.1, Rule.open(560), (part, u) -> {
        double turn = 3 * Math.PI * Math.sqrt(u);
        double sign = 1 - 2 * part;
        return new double[] {sign * (0.25 - StrictMath.cos(turn) * turn) / 3, sign * (0.25 + StrictMath.sin(turn) * turn) / 3};
    }),

    /** The black squares of a board of 4 x 4, each of side 2. */
    CHEQUERBOARD("chequerboard", 8, 2, 0, Rule.closed(1),
            (part, u) -> new double[] {part / 2 * 2 - 3, part % 2 * 4 + part / 2 % 2 * 2 - 3}),

    /** Half circles of radius 2, of which each has an end in the other; noise of sd 0.2. */
    TWO_MOONS("two moons", 2, 0, 0.2, Rule.open(240), (part, u) -> {
        double[] x = circle(2, u / 2);
        return part == 0 ? new double[] {x[0] - 1, x[1] - 0.2} : new double[] {1 - x[0], 0.8 - x[1]};
    }),

    /** Circles of radius 0.75, 1.5, 2.25 and 3; noise of sd 0.08. */
    RINGS("rings", 4, 0, 0.08, Rule.closed(300),
            (part, u) -> circle(0.75 * (part + 1), u));

    private static final double HALF_LOG_2PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final String title;
    private final int parts;
    private final double pen;
    private final double noise;
    private final Rule rule;
    private final Curve curve;

    ToyData(String title, int parts, double pen, double noise, Rule rule, Curve curve) {
        this.title = title;
        this.parts = parts;
        this.pen = pen;
        this.noise = noise;
        this.rule = rule;
        this.curve = curve;
    }

    /** Where a part's curve is at u, which is uniform on [0, 1]. */
    private interface Curve {
        double[] at(int part, double u);
    }

    private static double[] circle(double radius, double turns) {
        return new double[] {radius * StrictMath.cos(2 * Math.PI * turns), radius * StrictMath.sin(2 * Math.PI * turns)};
    }

    /** What it is called in pictures. */
    public String title() {
        return title;
    }

    /** How many parts it has. */
    public int parts() {
        return parts;
    }

    /** n draws, 2 x n, the same for the same seed; the first do not depend on n. */
    public DMatrixRMaj sample(int n, long seed) {
        DMatrixRMaj x = new DMatrixRMaj(2, n);
        NormalNoise.of(seed).fill(0, n, 2, x.data, 0, n);
        SplittableRandom random = new SplittableRandom(~seed);
        int[] part = partsOf(n, seed);
        for (int j = 0; j < n; j++) {
            double[] at = curve.at(part[j], random.nextDouble());
            for (int i = 0; i < 2; i++) x.set(i, j, noise * x.get(i, j) + at[i] + pen * (random.nextDouble() - 0.5));
        }
        return x;
    }

    /** Which part each of the draws of a seed is from. */
    public int[] partsOf(int n, long seed) {
        return new SplittableRandom(seed).ints(n, 0, parts).toArray();
    }

    /** The log-density in nats at a point (2). */
    public Expr logDensity(Expr x) {
        Expr[] all = IntStream.range(0, parts).mapToObj(part -> logDensity(part, x)).toArray(Expr[]::new);
        return stack(all).logSumExp().minus(StrictMath.log(parts));
    }

    /** The log-density of one part. */
    public Expr logDensity(int part, Expr x) {
        double[] to = new double[rule.size()];
        Expr[] along = new Expr[2];
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < to.length; k++) to[k] = curve.at(part, rule.node(k))[i];
            along[i] = logDensityAt(x.get(i).minus(Expr.vector(to)));
        }
        return along[0].plus(along[1]).plus(rule.logWeights()).logSumExp();
    }

    /** What is around a point of the curve, along one axis. */
    private Expr logDensityAt(Expr distance) {
        if (pen == 0) return distance.div(noise).square().times(-0.5).minus(HALF_LOG_2PI + StrictMath.log(noise));
        Expr even = Expr.of(-StrictMath.log(pen));
        Expr none = Expr.of(Double.NEGATIVE_INFINITY);
        if (noise == 0) return Expr.where(distance.lt(-pen / 2), none, Expr.where(distance.lt(pen / 2), even, none));
        Expr away = distance.abs().div(-noise);
        return logDiffExp(logNormalCdf(away.plus(pen / 2 / noise)), logNormalCdf(away.minus(pen / 2 / noise))).plus(even);
    }

    /** How a density is summed along a curve: so finely that what is around one node reaches its neighbours. */
    private record Rule(double[] nodes, double[] weights) {
        /** Even steps: what is summed goes on where it began. */
        static Rule closed(int n) {
            return of(n, k -> (k + 0.5) / n, k -> 1.0 / n);
        }

        /** Steps that shrink towards the ends: the tanh-sinh rule of Takahasi and Mori 1974. */
        static Rule open(int n) {
            double step = 6.4 / (n - 1);
            DoubleUnaryOperator inner = k -> Math.PI * StrictMath.sinh(k * step - 3.2);
            return of(n, k -> 1 / (1 + StrictMath.exp(-inner.applyAsDouble(k))), k -> step * Math.PI * StrictMath.cosh(k * step - 3.2)
                    / (2 + 2 * StrictMath.cosh(inner.applyAsDouble(k))));
        }

        private static Rule of(int n, DoubleUnaryOperator node, DoubleUnaryOperator weight) {
            return new Rule(IntStream.range(0, n).mapToDouble(node::applyAsDouble).toArray(),
                    IntStream.range(0, n).mapToDouble(weight::applyAsDouble).toArray());
        }

        int size() {
            return nodes.length;
        }

        double node(int k) {
            return nodes[k];
        }

        Expr logWeights() {
            return Expr.vector(Arrays.stream(weights).map(StrictMath::log).toArray());
        }
    }
}
