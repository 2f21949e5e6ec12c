package org.fluvia.flows.training;

/** The gradient of what is to be made small. Belongs to one thread. */
@FunctionalInterface
public interface Slope {
    /**
     * The gradient at some weights, summed over draws.
     *
     * @param weights read; those that no gradient moves may be set, such as running moments
     * @param step counted from 0: each has noise or data of its own. Training that is resumed goes on as it would have where nothing but weights
     *     and step decides
     * @param gradient overwritten, laid out as the weights are
     * @return the number of draws: the gradient is the sum divided by it
     */
    int gradient(double[] weights, int step, double[] gradient);
}
