package org.fluvia.dist;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/** A distribution of numbers that is made of another one. Its parameters are those of the other, and some of its own. */
interface Derived extends Distribution {
    /** What it is made of. */
    Distribution of();

    @Override
    default int eventRank() {
        return 0;
    }

    /** The parameters of its own, which are scalars or have the other's shape. */
    List<Expr> own();

    @Override
    default Shape shape() {
        if (!of().shape().isScalar()) return of().shape();
        for (Expr p : own()) if (!p.shape().isScalar()) return p.shape();
        return Shape.scalar();
    }

    /** Checks that the parameters of its own are scalars or have the shape of the other's. */
    static void checkShapes(String name, Distribution of, Expr... own) {
        Shape shape = of.shape();
        String whose = of.name();
        for (Expr p : own) {
            if (p.shape().isScalar() || p.shape().equals(shape)) continue;
            if (!shape.isScalar()) {
                throw new IllegalArgumentException(name + ": its parameters must be scalars or have one shape, but are "
                        + p.shape() + " and, of " + whose + ", " + shape + Source.suffix());
            }
            shape = p.shape();
            whose = name;
        }
    }

    /** @throws IllegalArgumentException if it is not a distribution of numbers */
    static void checkNumbers(String name, Distribution of) {
        if (of.eventRank() == 0) return;
        throw new IllegalArgumentException(name + ": the distribution must be one of numbers, but " + of.name()
                + " is one of " + (of.eventRank() == 1 ? "vectors" : "matrices") + Source.suffix());
    }

    /** @throws IllegalArgumentException if it is not a distribution of numbers whose distribution function is known */
    static void checkCumulative(String name, Distribution of) {
        checkNumbers(name, of);
        if (isCumulative(of)) return;
        throw new IllegalArgumentException(name + ": the distribution function must be known, but that of " + of.name()
                + " is not" + Source.suffix());
    }

    static boolean isCumulative(Distribution d) {
        if (d instanceof Mixture m) return m.components().stream().allMatch(Derived::isCumulative);
        return d instanceof Cumulative || d instanceof Truncated;
    }

    /** Parameters, one after the other. */
    static List<Expr> join(List<Expr> first, List<Expr> second) {
        List<Expr> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
