package org.fluvia.stan.value;

import java.util.Arrays;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/**
 * A number, vector, matrix or array: numbers where it is made of data alone, else an expression. Elements are row-major, those of an
 * array of vectors too. In lanes it has a value in each, and these follow one another.
 */
public final class Tensor implements Value {
    /** So few iterations are recorded one by one where they compute with vectors so long: copies of these would cost more than they save. */
    private static final int FEW = 32;
    private static final int LONG = 64;

    private final Type type;
    private final int[] dims;
    private final @Nullable Lanes lanes;
    private final double @Nullable [] numbers;
    private @Nullable Expr expr;

    private Tensor(Type type, int[] dims, @Nullable Lanes lanes, double @Nullable [] numbers, @Nullable Expr expr) {
        this.type = type;
        this.dims = dims;
        this.lanes = lanes;
        this.numbers = numbers;
        this.expr = expr;
    }

    /** Of numbers, which are not copied. */
    public static Tensor of(Type type, int[] dims, @Nullable Lanes lanes, double[] numbers) {
        return new Tensor(type, dims, lanes, numbers, null);
    }

    public static Tensor of(double x) {
        return of(Type.REAL, new int[0], null, new double[] {x});
    }

    public static Tensor of(int x) {
        return of(Type.INT, new int[0], null, new double[] {x});
    }

    /** Of an expression of the shape: the lanes if there are some, and the dimensions. It is numbers if it is the same for all draws. */
    public static Tensor of(Type type, int[] dims, @Nullable Lanes lanes, Expr expr) {
        Expr shaped = expr.reshape(shape(lanes, dims));
        return new Tensor(type, dims, lanes, shaped.isPerDraw() ? null : SharedValues.example(shaped), shaped);
    }

    /** A vector. */
    public static Tensor vector(double... numbers) {
        return of(Type.VECTOR, new int[] {numbers.length}, null, numbers);
    }

    private static Shape shape(@Nullable Lanes lanes, int[] dims) {
        if (lanes == null) return Shape.of(dims);
        int[] all = new int[dims.length + 1];
        all[0] = lanes.count();
        System.arraycopy(dims, 0, all, 1, dims.length);
        return Shape.of(all);
    }

    @Override
    public Type type() {
        return type;
    }

    /** The dimensions, of which it has as many as its type; not to be modified. */
    public int[] dims() {
        return dims;
    }

    public int dim(int axis) {
        return dims[axis];
    }

    /** The number of elements in a lane. */
    public int size() {
        int n = 1;
        for (int d : dims) n *= d;
        return n;
    }

    public @Nullable Lanes lanes() {
        return lanes;
    }

    public boolean isScalar() {
        return dims.length == 0;
    }

    public boolean isData() {
        return numbers != null;
    }

    /** The numbers, not to be modified. */
    public double[] numbers() {
        if (numbers == null) throw new Refusal("this depends on a parameter, where only data can be");
        return numbers;
    }

    /** The number, where there is one. */
    public double number() {
        Lanes own = lanes;
        if (own == null) return numbers()[0];
        double[] values = numbers();
        for (double x : values) if (x != values[0]) throw new NotLifted("a number that differs", own, Arrays.stream(values).mapToInt(v ->
                (int) v).toArray());
        if (values.length == 0) throw new NotLifted("no number");
        return values[0];
    }

    public int integer() {
        return (int) number();
    }

    /** The expression, of the lanes and the dimensions. */
    public Expr expr() {
        Expr e = expr;
        if (e == null) {
            double[] values = numbers();
            e = lanes == null && isScalar() ? Expr.of(values[0]) : Expr.vector(values).reshape(shape(lanes, dims));
            expr = e;
        }
        return e;
    }

    /** The same, as another type and with other dimensions of the same size. */
    public Tensor as(Type other, int... newDims) {
        Expr e = expr;
        return new Tensor(other, newDims, lanes, numbers, e == null ? null : e.reshape(shape(lanes, newDims)));
    }

    /** The same elements in other lanes, or in none. */
    Tensor seenAs(Type other, int[] newDims, @Nullable Lanes in) {
        Expr e = expr;
        return new Tensor(other, newDims, in, numbers, e == null ? null : e.reshape(shape(in, newDims)));
    }

    /** The same where real numbers are asked for. */
    public Tensor promotedTo(Type other) {
        return type.equals(other) ? this : new Tensor(other, dims, lanes, numbers, expr);
    }

    /** With an expression for these numbers that has a name. */
    public Tensor known(Expr as) {
        return new Tensor(type, dims, lanes, numbers, as);
    }

    /** The same in lanes that are made of its own. */
    public Tensor in(@Nullable Lanes target) {
        if (lanes == null || lanes == target || target == null) return this;
        int[] from = target.laneOf(lanes);
        int size = size();
        if (numbers != null) {
            double[] all = new double[from.length * size];
            for (int i = 0; i < from.length; i++) System.arraycopy(numbers, from[i] * size, all, i * size, size);
            return of(type, dims, target, all);
        }
        return of(type, dims, target, expr().get(Expr.vector(Arrays.stream(from).asDoubleStream().toArray())));
    }

    /**
     * The expression in the shape of lanes and dimensions, for operations that take element by element: itself where it is one number, else
     * repeated along what it lacks.
     */
    public Expr aligned(@Nullable Lanes target, int[] targetDims) {
        boolean spread = isScalar() && targetDims.length > 0;
        if (target == null) return spread ? expr() : checked(targetDims).reshape(Shape.of(targetDims));
        if (lanes == null && isScalar()) return expr();
        Expr e = spread ? expr() : checked(targetDims);
        Shape shape = shape(target, targetDims);
        if (lanes == null) {
            if (e.isPerDraw() && target.count() <= FEW && e.size() >= LONG) throw new NotLifted("long vectors in few iterations");
            return Functions.repeat(e.flatten(), 0, target.count()).reshape(shape);
        }
        int n = shape.size() / Math.max(1, target.count());
        return spread ? Functions.repeat(e.flatten(), 1, n).reshape(shape) : e.reshape(shape);
    }

    private Expr checked(int[] targetDims) {
        int n = 1;
        for (int d : targetDims) n *= d;
        if (n != size()) throw new Refusal("sizes " + text(dims) + " and " + text(targetDims) + " do not match");
        return expr();
    }

    /** "3 x 2", for messages. */
    public static String text(int[] dims) {
        if (dims.length == 0) return "of a number";
        StringBuilder b = new StringBuilder();
        for (int d : dims) b.append(b.length() == 0 ? "" : " x ").append(d);
        return b.toString();
    }

    @Override
    public String toString() {
        return type + " " + text(dims) + (isData() ? " of data" : "");
    }
}
