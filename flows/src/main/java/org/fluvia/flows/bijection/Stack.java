package org.fluvia.flows.bijection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/** Bijections side by side, each of its part of the vector, in order; log-determinants add up. */
public final class Stack implements Bijection {
    private final List<Bijection> parts;
    private final int dimension;

    private Stack(List<Bijection> parts) {
        this.parts = parts;
        this.dimension = parts.stream().mapToInt(Bijection::dimension).sum();
    }

    /** The first is of the first elements, as many as it has, the next of those after them. */
    public static Stack of(Bijection... parts) {
        return of(Arrays.asList(Dimensions.present("Stack", "parts", parts)));
    }

    /**
     * The first is of the first elements, as many as it has, the next of those after them.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Stack of(List<? extends Bijection> parts) {
        List<Bijection> all = Dimensions.all("Stack", "parts", parts);
        if (all.isEmpty()) throw new IllegalArgumentException("Stack: parts must not be empty");
        return new Stack(all);
    }

    /** The inverses side by side. */
    Stack inverted() {
        return of(parts.stream().map(Inverse::of).toList());
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Expr logPrior() {
        return parts.stream().map(Bijection::logPrior).reduce(Expr.of(0), Expr::plus);
    }

    @Override
    public List<Expr> weights() {
        return parts.stream().flatMap(part -> part.weights().stream()).distinct().toList();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return joined(each((part, at) -> part.forward(of(part, at, x))));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return joined(each((part, at) -> part.inverse(of(part, at, y))));
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        return joined(each((part, at) -> part.inverseKnowing(of(part, at, y), of(part, at, x))));
    }

    @Override
    public List<Normalising.Met> normalising(Expr given, boolean inverse) {
        return each((part, at) -> part.normalising(of(part, at, given), inverse)).stream().flatMap(List::stream).toList();
    }

    /** What a function makes of each part and of where its elements begin. */
    private <T> List<T> each(BiFunction<Bijection, Integer, T> function) {
        List<T> results = new ArrayList<>();
        int at = 0;
        for (Bijection part : parts) {
            results.add(function.apply(part, at));
            at += part.dimension();
        }
        return results;
    }

    private static Expr of(Bijection part, int at, Expr vector) {
        return vector.slice(at, at + part.dimension());
    }

    private static Transformed joined(List<Transformed> parts) {
        Expr logDet = Expr.of(0);
        for (Transformed t : parts) logDet = logDet.plus(t.logAbsDetJacobian());
        return new Transformed(Expr.concat(parts.stream().map(Transformed::value).toArray(Expr[]::new)), logDet);
    }

    @Override
    public Cost forwardCost() {
        return parts.stream().map(Bijection::forwardCost).reduce(Cost.ONE_PASS, Cost::and);
    }

    @Override
    public Cost inverseCost() {
        return parts.stream().map(Bijection::inverseCost).reduce(Cost.ONE_PASS, Cost::and);
    }

    @Override
    public String toString() {
        return "Stack" + parts;
    }
}
