package org.fluvia.vi.ladder;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fluvia.model.BoundModel;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;

/** Words for a density without a finite integral, by the direction in which it does not fall. */
record Improper(BoundModel model) {
    /** Along one element of the unconstrained vector. */
    ModelException along(int direction) {
        return new ModelException("fit", "the posterior of " + name(direction)
                + " is improper, as neither a prior nor the data hold it: the log-density of " + model.name()
                + " is a straight line along it. Give it a prior by m.sample, or leave it out.");
    }

    /** Along any direction, its largest element 1 in magnitude. */
    ModelException along(double[] direction) {
        List<String> parts = IntStream.range(0, direction.length).boxed().filter(i -> Math.abs(direction[i]) > 1e-3)
                .sorted(Comparator.comparingDouble(i -> -Math.abs(direction[i]))).map(i -> String.format(Locale.ROOT, "%+.3g in %s",
                        direction[i], name(i))).toList();
        if (parts.size() == 1) {
            return along(IntStream.range(0, direction.length).filter(i -> Math.abs(direction[i]) == 1).findFirst().orElseThrow());
        }
        return new ModelException("fit", "the posterior of " + model.name() + " is improper, as neither priors nor the data hold these"
                + " together: the log-density does not fall however far one goes in the direction " + String.join(", ", parts.subList(0,
                Math.min(6, parts.size()))) + (parts.size() > 6 ? ", ..." : "") + " (on the unconstrained scale). Give them priors by m.sample,"
                + " or leave out what the data cannot tell apart.");
    }

    /** Of an element of the unconstrained vector: that of its parameter where they do not belong one to one. */
    private String name(int element) {
        int parameter = 0;
        while (element >= model.unconstrainedSizes().get(parameter)) element -= model.unconstrainedSizes().get(parameter++);
        Quantity q = model.parameters().get(parameter);
        return q.shape().size() == model.unconstrainedSizes().get(parameter) ? q.shape().label(q.name(), element) : q.name();
    }
}
