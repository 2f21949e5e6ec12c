package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.dist.Distribution;
import org.fluvia.stan.library.Densities;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;

/** What transformed data draw at random: the k-th draw has a generator of its own, so that all depend on the seed alone. Mutable. */
final class RandomNumbers {
    private static final String SUFFIX = "_rng";

    private final long seed;
    private long drawn;

    RandomNumbers(long seed) {
        this.seed = seed;
    }

    static boolean isDraw(String name) {
        return name.endsWith(SUFFIX);
    }

    /** A value of a distribution of the library. */
    Tensor draw(String name, List<Value> values) {
        String family = name.substring(0, name.length() - SUFFIX.length());
        List<Tensor> parameters = new ArrayList<>();
        int[] dims = {};
        for (Value v : values) {
            Tensor t = (Tensor) v;
            if (t.lanes() != null) throw new NotLifted("a draw");
            parameters.add(t);
        }
        if (family.equals("multinomial")) parameters.add(0, parameters.remove(1)); // the number of trials comes first
        if (!Densities.has(family)) throw new Refusal("`" + name + "` is not read");
        if (Densities.isOfNumbers(family)) {
            for (Tensor t : parameters) if (!t.isScalar()) dims = t.dims();
        }
        Distribution d = Densities.distribution(family, dims, parameters);
        if (d == null || d.shape().isScalar() && d.eventRank() > 0) throw new Refusal("`" + name + "` is not read with such arguments");
        Shape shape = dims.length > 0 ? Shape.of(dims) : d.shape();
        double[] numbers = d.sample(new SplittableRandom(SplitMix.at(seed, drawn++)), shape);
        Type number = d.isDiscrete() ? Type.INT : Type.REAL;
        Type type = switch (d.eventRank()) {
            case 0 -> shape.isScalar() ? number : number.array(shape.rank());
            case 1 -> d.isDiscrete() ? Type.INT.array(1) : Type.VECTOR.array(shape.rank() - 1);
            default -> Type.MATRIX.array(shape.rank() - 2);
        };
        return Tensor.of(type, shape.dims(), null, numbers);
    }
}
