package org.fluvia.vi.predictive;

import java.util.List;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Dimension;

/**
 * Data that a model observes.
 *
 * @param values row-major; not modified
 * @param observations the shape of what is observed one by one, of which a log-likelihood has a value each: the shape without the axes of a vector
 *     or matrix that is one observation
 * @param axes what each axis runs over; empty where the model does not say
 */
public record ObservedData(String name, Shape shape, double[] values, Shape observations, List<Dimension> axes) {}
