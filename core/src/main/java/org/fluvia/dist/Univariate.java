package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/**
 * A distribution of a number, or of each element of an array independently. Its parameters are scalars or have the array's
 * shape; those of one shape belong together, element by element.
 */
public interface Univariate extends Distribution {

    /**
     * Draws one element.
     *
     * @param p the element's parameters in the order of {@link #parameters()}; not modified
     */
    double sample(RandomGenerator random, double[] p);

    /** 0: an event is a number. */
    @Override
    default int eventRank() {
        return 0;
    }

    /** The common shape of the parameters. */
    @Override
    default Shape shape() {
        Shape shape = Shape.scalar();
        for (Expr p : parameters()) shape = shape.isScalar() ? p.shape() : shape;
        return shape;
    }

    @Override
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
}
