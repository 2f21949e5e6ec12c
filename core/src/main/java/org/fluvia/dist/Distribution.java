package org.fluvia.dist;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.support.Support;

/**
 * A probability distribution of events: numbers ({@link Univariate}), vectors or matrices. An event is the last
 * {@link #eventRank} axes of a value; the axes before them count independent events. The parameters are data or depend on
 * a model's parameters. Immutable and thread-safe.
 */
public interface Distribution {

    /** The name by which {@link Distributions} makes it, for example "studentT". */
    String name();

    /** The parameters, in the order in which {@link Distributions} takes them. */
    List<Expr> parameters();

    /** Where events may lie. */
    Support support();

    /**
     * The number of trailing axes of a value that make one event: 0 for a number, 1 for a vector such as that of a
     * multivariate normal, 2 for a matrix.
     */
    int eventRank();

    /**
     * The shape of a value as far as the parameters fix it: a scalar if they fix nothing, the shape of one event if they
     * leave the number of events open, else the whole shape.
     */
    Shape shape();

    /**
     * The log-density, or log-mass, of each event of x, in nats and with all constants: an expression of x's leading axes.
     * Minus infinity outside the support, NaN where x or a parameter is NaN.
     *
     * <p>Where the density is finite, a derivative is infinite only if it is too large for a double, or if it is so at the
     * edge of the support. Outside the support derivatives are 0 for an x per draw. For an x that
     * is data only the derivative in x is 0: data outside make the whole density zero, and are refused by
     * {@link #outsideSupport} beforehand.
     *
     * @param x of a shape that {@link #misfit} accepts
     */
    Expr logDensity(Expr x);

    /**
     * The sum of {@link #logDensity} over all events of x, which can cost less where x is data. Data are taken at the values
     * that they were declared with, for ever.
     */
    default Expr totalLogDensity(Expr x) {
        return logDensity(x).sum();
    }

    /**
     * log P(X &lt;= x), element by element. Stan's {@code _lcdf}.
     *
     * @throws IllegalArgumentException if it is not known: it is for each {@link Cumulative}
     */
    default Expr logCdf(Expr x) {
        throw noDistributionFunction();
    }

    /**
     * log P(X > x), element by element. Stan's {@code _lccdf}.
     *
     * @throws IllegalArgumentException if it is not known: it is for each {@link Cumulative}
     */
    default Expr logCcdf(Expr x) {
        throw noDistributionFunction();
    }

    private IllegalArgumentException noDistributionFunction() {
        return new IllegalArgumentException(name() + ": its distribution function is not known" + Source.suffix());
    }

    /**
     * Draws an array, row-major, at values of the parameters, such as those of one posterior draw.
     *
     * @param shape one that {@link #misfit} accepts
     * @param values for each of {@link #parameters()} its elements, row-major; not modified
     * @throws IllegalArgumentException if the shape does not fit
     */
    double[] sample(RandomGenerator random, Shape shape, List<double[]> values);

    /**
     * Draws an array, row-major.
     *
     * @param shape one that {@link #misfit} accepts
     * @throws IllegalArgumentException if the shape does not fit, or a parameter differs from draw to draw
     */
    default double[] sample(RandomGenerator random, Shape shape) {
        return sample(random, shape, parameters().stream().map(SharedValues::of).toList());
    }

    /** Whether values are whole numbers, and {@link #logDensity} a log-mass. */
    default boolean isDiscrete() {
        return support().isDiscrete();
    }

    /**
     * Whether single values have a probability above 0, as those of counts and of censored data have. Such a distribution
     * cannot be the prior of a parameter.
     */
    default boolean hasAtoms() {
        return isDiscrete();
    }

    /**
     * The distribution of replicates of observed values: this, with what the values fix and the parameters leave open, such
     * as a multinomial's number of trials.
     */
    default Distribution replicating(Expr observed) {
        return this;
    }

    /**
     * Why a value cannot have this shape, for example "an event of multiNormal has shape (3)"; empty if it can. Events have
     * the shape that the parameters fix, where they do; so have the axes before. A number is compared with each element of
     * an array.
     */
    default Optional<String> misfit(Shape value) {
        return Events.misfit(this, value);
    }

    /**
     * Describes the first event of observed data that cannot come from this distribution, for example
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
                String outside = " outside the support of " + name() + " (" + support() + ")";
                String name = observed.name() == null ? "the value" : observed.name();
                return Optional.of(support().eventRank() == 0 ? Events.text(observed, contains.shape(), i) + " is" + outside
                        : support().violation(name, observed).orElse(name) + ":" + outside);
            }
        }
        return Optional.empty();
    }
}
