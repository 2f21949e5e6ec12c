package org.fluvia.dist;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.support.Support;
import org.fluvia.support.Whole;

/**
 * A probability distribution of a number, or of each element of an array independently. Its parameters are scalars or have
 * the array's shape, and are data or depend on a model's parameters. Immutable and thread-safe.
 */
public interface Distribution {

    /** The name by which {@link Distributions} makes it, for example "studentT". */
    String name();

    /** The parameters, in the order in which {@link Distributions} takes them. */
    List<Expr> parameters();

    /** Where values may lie. */
    Support support();

    /**
     * The log-density, or log-mass, of each element of x, in nats and with all constants. Minus infinity outside the
     * support, NaN where x or a parameter is NaN.
     *
     * <p>Where the density is finite, a derivative is infinite only if it is too large for a double, or if it is so at the
     * edge of the support. Outside the support derivatives are 0 for an x per draw. For an x that
     * is data only the derivative in x is 0: data outside make the whole density zero, and are refused by
     * {@link #outsideSupport} beforehand.
     *
     * @param x a scalar or of the parameters' shape; of any shape if the parameters are scalars
     */
    Expr logDensity(Expr x);

    /**
     * Draws one element.
     *
     * @param p the element's parameters in the order of {@link #parameters()}; not modified
     */
    double sample(RandomGenerator random, double[] p);

    /** The common shape of the parameters. */
    default Shape shape() {
        Shape shape = Shape.scalar();
        for (Expr p : parameters()) shape = shape.isScalar() ? p.shape() : shape;
        return shape;
    }

    /** Whether values are whole numbers, and {@link #logDensity} a log-mass. */
    default boolean isDiscrete() {
        return support() instanceof Whole;
    }

    /**
     * The number of trailing axes of a value that make one event: 0 for a number, 1 for a vector such as that of a
     * multivariate normal, 2 for a matrix. The axes before them count independent events, and {@link #logDensity} has
     * these axes only.
     */
    default int eventRank() {
        return 0;
    }

    /**
     * Draws an array, row-major.
     *
     * @param shape that of the parameters, or any if they are scalars
     * @throws IllegalArgumentException if the shape does not fit, or a parameter differs from draw to draw
     */
    default double[] sample(RandomGenerator random, Shape shape) {
        return sample(random, shape, parameters().stream().map(SharedValues::of).toList());
    }

    /**
     * Draws an array, row-major, at values of the parameters, such as those of one posterior draw.
     *
     * @param shape that of the parameters, or any if they are scalars
     * @param values for each of {@link #parameters()} its elements, row-major; not modified
     * @throws IllegalArgumentException if the shape does not fit
     */
    default double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        if (!shape().isScalar() && !shape().equals(shape)) {
            throw new IllegalArgumentException(name() + ": the shape of a sample must be that of the parameters, " + shape()
                    + ", but was " + shape + Source.suffix());
        }
        double[] p = new double[values.size()];
        double[] x = new double[shape.size()];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < p.length; k++) p[k] = values.get(k)[parameters().get(k).shape().isScalar() ? 0 : i];
            x[i] = sample(random, p);
        }
        return x;
    }

    /**
     * Describes the first element of observed data that cannot come from this distribution, for example
     * "y[3] = -1 is outside the support of poisson (whole numbers from 0)". Empty if there is none, or if the support
     * depends on parameters.
     *
     * @param observed data, in a shape that {@link #logDensity} takes
     */
    default Optional<String> outsideSupport(Expr observed) {
        Expr contains = support().contains(observed);
        if (contains.isPerDraw()) return Optional.empty();
        double[] inside = SharedValues.of(contains);
        for (int i = 0; i < inside.length; i++) {
            if (inside[i] == 0) {
                double[] y = SharedValues.of(observed);
                int at = y.length == 1 ? 0 : i;
                String label = observed.name() == null ? "the value" : observed.name();
                return Optional.of(Element.label(label, observed.shape(), at) + " = " + Element.text(y[at])
                        + " is outside the support of " + name() + " (" + support() + ")");
            }
        }
        return Optional.empty();
    }
}
