package org.fluvia.commonsmath;

import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.analysis.MultivariateVectorFunction;
import org.apache.commons.math3.distribution.MultivariateRealDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.model.Model;
import org.fluvia.vi.PosteriorDraws;

/** Fluvia's flows and posteriors as Commons Math knows distributions, its functions as models, and its matrices as EJML's. */
public final class CommonsMath {
    private CommonsMath() {}

    /**
     * A flow as a distribution. Thread-safe. After {@code reseedRandomGenerator(seed)} the same calls in the same order give the same draws; the seed
     * is 1 at first.
     *
     * @throws IllegalStateException at the first density or draw, if the flow has a context that is not given
     */
    public static MultivariateRealDistribution distribution(FittedFlow flow) {
        return new FlowDistribution(flow);
    }

    /**
     * The approximation of a posterior as a distribution of all its parameters, on their constrained scale: the elements of each, row-major, in the order
     * of {@link PosteriorDraws#parameters}. Its density is that of {@link PosteriorDraws#logDensity(java.util.Map)}, zero outside a support and on its
     * boundary; its draws are those of {@link PosteriorDraws#sample}, not weighted: where the verdict is PASS they may stand for the posterior.
     * Thread-safe; seeds are as those of a flow.
     */
    public static MultivariateRealDistribution distribution(PosteriorDraws posterior) {
        return new PosteriorDistribution(posterior);
    }

    /**
     * A model of one parameter, a real vector {@code x}, whose log-density is a function of Commons Math.
     *
     * @param logDensity up to a constant; called by several threads at once; NaN and plus infinity count as unknown, minus infinity as a density of zero
     * @param gradient of it; a fit begins with a comparison with differences, and refuses one that is wrong
     * @throws IllegalArgumentException if the dimension is less than 1
     */
    public static Model model(String name, int dimension, MultivariateFunction logDensity, MultivariateVectorFunction gradient) {
        return Model.external(name, dimension, (x, slope) -> {
            double[] copy = x.clone(); // functions of others may write to it
            double[] found = gradient.value(copy);
            if (found.length != slope.length) {
                throw new IllegalArgumentException(name + ": gradient must have " + slope.length + " elements, but had " + found.length);
            }
            System.arraycopy(found, 0, slope, 0, slope.length);
            return logDensity.value(x.clone());
        });
    }

    /** A copy of a matrix of EJML's. */
    public static RealMatrix matrix(DMatrixRMaj matrix) {
        RealMatrix copy = new Array2DRowRealMatrix(matrix.numRows, matrix.numCols);
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) copy.setEntry(i, j, matrix.get(i, j));
        }
        return copy;
    }

    /** A copy of a matrix of Commons Math's. */
    public static DMatrixRMaj ejml(RealMatrix matrix) {
        return new DMatrixRMaj(matrix.getData());
    }
}
