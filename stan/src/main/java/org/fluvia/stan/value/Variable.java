package org.fluvia.stan.value;

import java.util.Arrays;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** A variable of a program: what was assigned to it last, as a whole or element by element. Mutable. */
public final class Variable {
    private final Type type;
    private final int[] dims;
    private final @Nullable Lanes lanes;
    private @Nullable Value whole;
    private @Nullable Cells cells;

    /**
     * Without a value: NaN, and the smallest whole number, as in Stan.
     *
     * @param lanes in which it is declared: it has a value in each
     */
    public Variable(Type type, int[] dims, @Nullable Lanes lanes) {
        this.type = type;
        this.dims = dims;
        this.lanes = lanes;
    }

    private Variable(Variable other) {
        this(other.type, other.dims, other.lanes);
        restore(other);
    }

    /** What it is now, to be {@linkplain #restore restored}. */
    public Variable copy() {
        return new Variable(this);
    }

    /** Becomes what it was when the copy was made. */
    public void restore(Variable copy) {
        whole = copy.whole;
        Cells c = copy.cells;
        cells = c == null ? null : new Cells(c);
    }

    public Type type() {
        return type;
    }

    public int[] dims() {
        return dims;
    }

    public @Nullable Lanes lanes() {
        return lanes;
    }

    /** The number of elements in a lane. */
    public int size() {
        int n = 1;
        for (int d : dims) n *= d;
        return n;
    }

    /** Its value, in its lanes. */
    public Value value() {
        Value known = whole;
        if (known != null) return known;
        Cells c = cells();
        int[] all = new int[c.size()];
        for (int i = 0; i < all.length; i++) all[i] = i;
        Tensor value = c.get(all, type, dims, lanes);
        whole = value;
        return value;
    }

    public void assign(Value value) {
        whole = value;
        cells = null;
    }

    /** Elements, counted through all lanes; in the given lanes' order. */
    public Tensor get(int[] places, Type as, int[] asDims, @Nullable Lanes in) {
        if (!(whole instanceof Tensor t)) return cells().get(places, as, asDims, in);
        if (t.lanes() == lanes && isAll(places, t.size() * Lanes.countOf(lanes))) return t.seenAs(as, asDims, in);
        int n = t.lanes() == lanes ? Integer.MAX_VALUE : t.size();
        int[] from = n == Integer.MAX_VALUE ? places : Arrays.stream(places).map(p -> p % n).toArray();
        if (!t.isData()) return Tensor.of(as, asDims, in, Cells.select(t.expr(), from));
        double[] numbers = t.numbers();
        double[] values = new double[from.length];
        for (int i = 0; i < values.length; i++) values[i] = numbers[from[i]];
        return Tensor.of(as, asDims, in, values);
    }

    private static boolean isAll(int[] places, int size) {
        if (places.length != size) return false;
        for (int i = 0; i < size; i++) if (places[i] != i) return false;
        return true;
    }

    public void set(int[] places, Tensor value) {
        cells().set(places, value);
        whole = null;
    }

    /** The places, through all lanes, of the elements that are not the other's, which is a copy of the same variable. */
    public int[] differences(Variable other) {
        if (whole != null && whole == other.whole) return new int[0];
        if (whole instanceof Tuple || other.whole instanceof Tuple) throw new Refusal("a condition on a parameter cannot choose between tuples");
        return cells().differences(other.cells());
    }

    private Cells cells() {
        Cells c = cells;
        if (c != null) return c;
        int n = size() * Lanes.countOf(lanes);
        c = new Cells(n);
        if (whole instanceof Tensor t) {
            int[] all = new int[n];
            for (int i = 0; i < n; i++) all[i] = i;
            Tensor everywhere = t.lanes() == lanes ? t : Tensor.of(t.type(), t.dims(), lanes, Spread.over(t, lanes));
            c.set(all, everywhere);
        } else {
            c.fill(type.base() == Type.Base.INT ? Integer.MIN_VALUE : Double.NaN);
        }
        cells = c;
        return c;
    }
}
