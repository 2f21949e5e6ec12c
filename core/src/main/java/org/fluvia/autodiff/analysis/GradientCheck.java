package org.fluvia.autodiff.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.fluvia.autodiff.ExternalDensity;
import org.fluvia.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Compares the gradient that the user's own code gives with central differences of its value, and says what is wrong with it.
 *
 * <p>A difference counts where it is known well enough: where two steps, one ten times the other, agree, and rounding of the
 * value is small against it. An element is wrong at a point where it disagrees with every difference that counts, so that a kink
 * nearby, a value computed to few digits or a large constant in it do no harm; it is refused where it is wrong at two points at
 * least. What cannot be told is accepted.
 */
final class GradientCheck {
    /** Points at which all elements are compared; those suspected are compared at the others too. */
    private static final int COMPARED = 3;
    /** Wrong at fewer points is no proof: the function may have a kink there. */
    private static final int PROOF = 2;
    /** Elements compared at a point at most, evenly spread: each costs four evaluations or more. */
    private static final int MOST_ELEMENTS = 32;
    /** What an element may be off by, relative to the larger of it and the difference. */
    private static final double TOLERANCE = 1e-3;
    /**
     * Steps, relative to the larger of 1 and the coordinate: the usual one, then those for noisy and for steep values. None is
     * large: code may be slow, or not made for, points far from where a fit looks.
     */
    private static final double[] STEPS = {1e-4, 1e-3, 1e-2, 0.1, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10};
    /** At larger steps a difference can agree with the gradient, but is no proof against it: it averages over what may turn. */
    private static final double LARGEST_PROOF = 1e-2;
    /** What values differ by that are not the same the second time, times this, counts as rounding. */
    private static final double NOISE = 16;
    /** Units in the last place that a value may be off by: it is a sum of many terms. */
    private static final double ROUNDING = 256 * 0x1p-53;

    private final ExternalDensity density;
    private final List<double[]> points;
    private final Shape shape;
    private final String name;
    private final BooleanSupplier goOn;
    private final List<Wrong> wrong = new ArrayList<>();
    private int agreed;
    private double noise;

    /** An element at a point: what the code gives, and what the difference is. */
    private record Wrong(int element, int point, double gradient, double difference) {}

    private record Evaluation(double value, double[] gradient) {}

    /**
     * @param points at which to look, a vector each
     * @param goOn false once there is no more time
     */
    GradientCheck(ExternalDensity density, List<double[]> points, Shape shape, String name, BooleanSupplier goOn) {
        this.density = density;
        this.points = points;
        this.shape = shape;
        this.name = name;
        this.goOn = goOn;
    }

    /** What is wrong, in words; null if nothing is known to be. */
    @Nullable String problem() {
        List<double[]> finite = new ArrayList<>();
        List<Evaluation> there = new ArrayList<>();
        List<Integer> broken = new ArrayList<>();
        String first = null;
        for (double[] x : points) {
            if (!goOn.getAsBoolean()) return null;
            Evaluation e = evaluate(x, 0);
            if (!Double.isFinite(e.value)) continue;
            if (!Double.isFinite(Arrays.stream(e.gradient).map(g -> g * 0).sum())) {
                int bad = 0;
                while (Double.isFinite(e.gradient[bad])) bad++;
                broken.add(bad);
                if (first == null) {
                    first = "the gradient is not finite at points where the value is: " + element(bad) + " is " + e.gradient[bad]
                            + " " + at(x) + ", where the value is " + e.value;
                }
            } else {
                finite.add(x);
                there.add(e);
            }
        }
        if (broken.size() >= PROOF) {
            return first + "; so it is at " + broken.size() + " of " + (broken.size() + finite.size()) + " points. Return minus infinity"
                    + " where the density is zero, and a finite gradient wherever the value is finite.";
        }
        for (int p = 0; p < finite.size(); p++) {
            String use = misuse(finite.get(p), there.get(p));
            if (use != null) return use;
        }
        for (int p = 0; p < finite.size(); p++) {
            for (int i : p < COMPARED ? spread(finite.get(p).length) : suspects()) {
                if (!goOn.getAsBoolean()) return null;
                compare(finite.get(p), p, i, there.get(p));
            }
        }
        List<Wrong> proven = wrong.stream().filter(w -> times(w.element) >= PROOF).toList();
        return proven.isEmpty() ? null : describe(proven, finite, there);
    }

    private long times(int element) {
        return wrong.stream().filter(w -> w.element == element).count();
    }

    private Evaluation evaluate(double[] x, double before) {
        double[] gradient = new double[x.length];
        Arrays.fill(gradient, before);
        return new Evaluation(value(x.clone(), gradient), gradient);
    }

    /** NaN where the code throws: a fit that comes there tells of it. */
    private double value(double[] x, double[] gradient) {
        try {
            return density.logDensity(x, gradient);
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** Whether the code relies on what its arguments hold, or changes its point. */
    private @Nullable String misuse(double[] x, Evaluation zeros) {
        double[] given = x.clone();
        value(given, new double[x.length]);
        for (int i = 0; i < x.length; i++) {
            if (given[i] != x[i]) {
                return "its code changes its argument: " + element(i) + " = " + x[i] + " has become " + given[i]
                        + ". Work on a copy: x.clone().";
            }
        }
        double mark = 1024;
        Evaluation marked = evaluate(x, mark);
        noise = Math.max(noise, NOISE * Math.abs(marked.value - zeros.value));
        if (noise > 0) return null; // another value at the same point, and so another gradient
        for (int i = 0; i < x.length; i++) {
            if (marked.gradient[i] == zeros.gradient[i]) continue;
            if (marked.gradient[i] == mark && zeros.gradient[i] == 0) {
                return Arrays.stream(marked.gradient).allMatch(g -> g == mark)
                        ? "the gradient is all zero: the code does not set the array. Set every gradient[i], from 0 to " + (x.length - 1) + "."
                        : "the code does not set " + element(i) + " of the gradient, which is 0 or what the array held before " + at(x)
                        + ". Set every gradient[i], from 0 to " + (x.length - 1) + ".";
            }
            if (Math.abs(marked.gradient[i] - zeros.gradient[i] - mark) < 1e-6 * (mark + Math.abs(zeros.gradient[i]))) {
                return "the code adds to what the array of the gradient holds, which is not cleared: " + element(i) + " is "
                        + zeros.gradient[i] + " or " + marked.gradient[i] + " " + at(x) + ". Begin with Arrays.fill(gradient, 0).";
            }
        }
        return null;
    }

    private void compare(double[] x, int point, int i, Evaluation there) {
        double g = there.gradient[i];
        Wrong candidate = null;
        double surest = Double.POSITIVE_INFINITY;
        for (double step : STEPS) {
            double[] fine = difference(x, i, step);
            double[] coarse = difference(x, i, 10 * step);
            if (g == 0 && fine[0] == 0 && coarse[0] == 0) return;
            double error = 0.1 * Math.abs(fine[0] - coarse[0]) + fine[1];
            double size = Math.max(Math.abs(g), Math.abs(fine[0]));
            if (!(error <= TOLERANCE * size)) continue; // also where a value is not finite
            if (Math.abs(g - fine[0]) <= TOLERANCE * size + 10 * error) {
                agreed++;
                return;
            }
            if (step <= LARGEST_PROOF && error / size < surest) {
                surest = error / size;
                candidate = new Wrong(i, point, g, fine[0]);
            }
        }
        if (candidate != null) wrong.add(candidate);
    }

    /** The central difference, and what rounding can add to it. */
    private double[] difference(double[] x, int i, double step) {
        double[] up = x.clone();
        double[] down = x.clone();
        double h = step * Math.max(1, Math.abs(x[i]));
        up[i] += h;
        down[i] -= h;
        double width = up[i] - down[i]; // before the code is called, which might change them
        double above = value(up, new double[x.length]);
        double below = value(down, new double[x.length]);
        return new double[] {(above - below) / width, (noise + ROUNDING * (Math.abs(above) + Math.abs(below))) / width};
    }

    private static int[] spread(int n) {
        int[] elements = new int[Math.min(n, MOST_ELEMENTS)];
        Arrays.setAll(elements, i -> (int) ((long) i * n / elements.length));
        return elements;
    }

    private int[] suspects() {
        return wrong.stream().mapToInt(Wrong::element).distinct().toArray();
    }

    private String describe(List<Wrong> proven, List<double[]> finite, List<Evaluation> there) {
        Wrong w = proven.get(0);
        String all = agreed == 0 ? "the gradient" : element(w.element) + " of the gradient";
        boolean zero = proven.stream().allMatch(v -> v.gradient == 0);
        double factor = w.gradient / w.difference;
        boolean same = proven.stream().allMatch(v -> Math.abs(v.gradient / v.difference - factor) < 0.01 * Math.abs(factor));
        boolean nothing = there.stream().allMatch(e -> Arrays.stream(e.gradient).allMatch(d -> d == 0));
        String what = nothing ? "the gradient is all zero, but the value is not constant"
                : zero ? all + " is 0, but the value depends on it"
                : same && Math.abs(factor + 1) < 0.01 ? all + " has the wrong sign"
                : same ? all + " is " + rounded(factor) + " times what it should be"
                : all + " is not the derivative of the value";
        String remedy = nothing ? "Set every gradient[i] to the derivative of the value by x[i]."
                : same && Math.abs(factor + 1) < 0.01 ? "Return the log-density and its gradient, not those of its negative."
                : "Compare gradient[i] with (value(x + h) - value(x - h)) / (2 h).";
        return what + ": " + at(finite.get(w.point)) + " " + element(w.element) + " of it is " + rounded(w.gradient)
                + ", but differences of the value give " + rounded(w.difference) + "; so it is at " + times(w.element) + " points. " + remedy;
    }

    private String element(int i) {
        return shape.label(name, i);
    }

    private String at(double[] x) {
        int shown = Math.min(x.length, 6);
        StringBuilder b = new StringBuilder("at " + name + " = (");
        for (int i = 0; i < shown; i++) b.append(i == 0 ? "" : ", ").append(rounded(x[i]));
        return b + (shown < x.length ? ", ... " + x.length + " elements)" : ")");
    }

    private static String rounded(double v) {
        return Double.isFinite(v) ? Double.toString(new java.math.BigDecimal(v).round(new java.math.MathContext(6)).doubleValue())
                : Double.toString(v);
    }
}
