package demos;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;

/**
 * The map of standard normal numbers to y = levels from 0 on plus uniform noise on [0, 1), each position with its own probabilities of the
 * levels: y = F^-1(Phi(x)), where F is a distribution function that is linear within a level. Last in a flow it leaves to those before it
 * only how positions depend on each other. Where levels are rare or never occur, a smooth flow would have to learn steps. Immutable.
 */
final class Marginals implements Bijection {
    /** What each position is taken to have been seen besides, shared by all levels. */
    private static final double PRIOR = 0.5;
    /** Probability is kept so far from 0 and 1, so that x is finite. */
    private static final double EDGE = 1e-9;
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * StrictMath.PI);

    private final double[][] probabilities;

    private Marginals(double[][] probabilities) {
        this.probabilities = probabilities;
    }

    /**
     * How often each level occurs at each position.
     *
     * @param images rows of levels from 0 to levels - 1; not modified
     */
    static Marginals of(int[][] images, int levels) {
        double[][] p = new double[levels][images[0].length];
        for (int k = 0; k < levels; k++) {
            for (int i = 0; i < p[k].length; i++) {
                double count = PRIOR / levels;
                for (int[] image : images) count += image[i] == k ? 1 : 0;
                p[k][i] = count / (images.length + PRIOR);
            }
        }
        return new Marginals(p);
    }

    int levels() {
        return probabilities.length;
    }

    double probability(int position, int level) {
        return probabilities[level][position];
    }

    /** What a code for these alone takes for a pixel. */
    double bitsPerPixel(Digits digits) {
        double bits = 0;
        for (int[] image : digits.images()) {
            for (int i = 0; i < image.length; i++) bits -= Math.log(probability(i, image[i])) / Math.log(2);
        }
        return bits / (digits.size() * dimension());
    }

    @Override
    public int dimension() {
        return probabilities[0].length;
    }

    @Override
    public List<Expr> weights() {
        return List.of();
    }

    @Override
    public Transformed forward(Expr x) {
        Expr left = Functions.normalCdf(x).minus(EDGE).div(1 - 2 * EDGE);
        Expr y = Functions.zeros(dimension());
        for (double[] p : probabilities) {
            y = y.plus(left.div(Expr.vector(p)).clamp(0, 1));
            left = left.minus(Expr.vector(p));
        }
        return new Transformed(y, logSlope(x, y).unaryMinus());
    }

    @Override
    public Transformed inverse(Expr y) {
        Expr below = Functions.zeros(dimension());
        for (int k = 0; k < levels(); k++) below = below.plus(y.minus(k).clamp(0, 1).times(Expr.vector(probabilities[k])));
        Expr x = Functions.normalQuantile(below.times(1 - 2 * EDGE).plus(EDGE));
        return new Transformed(x, logSlope(x, y));
    }

    /** log |det dx/dy|: the log of a level's probability, and minus that of the normal density. */
    private Expr logSlope(Expr x, Expr y) {
        Expr level = Functions.zeros(dimension());
        for (int k = 0; k < levels(); k++) {
            Expr here = Expr.of(k).le(y);
            level = level.plus(here.times(Expr.vector(steps(k))));
        }
        return level.plus(x.square().times(0.5)).sum().plus(dimension() * (HALF_LOG_TWO_PI + StrictMath.log1p(-2 * EDGE)));
    }

    /** By how much the log-probabilities of a level exceed those of the level before it. */
    private double[] steps(int k) {
        double[] steps = new double[dimension()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = StrictMath.log(probabilities[k][i]) - (k == 0 ? 0 : StrictMath.log(probabilities[k - 1][i]));
        }
        return steps;
    }
}
