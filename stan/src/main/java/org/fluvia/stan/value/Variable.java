package org.fluvia.stan.value;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** A variable of a program: what was assigned to it last, as a whole or element by element. Mutable. */
public final class Variable {
    /** All places. */
    public static final int[] ALL = {};

    private final Type type;
    private final int[] dims;
    private final @Nullable Lanes lanes;
    private @Nullable Value whole;
    private @Nullable Cells cells;
    private @Nullable List<int[]> written;

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
        Tensor value = c.get(places(c.size()), type, dims, lanes);
        whole = value;
        return value;
    }

    /** Lists what is assigned from now on, {@link #ALL} or places, in order; the list before, null for none, is answered. */
    public @Nullable List<int[]> listWritten(@Nullable List<int[]> in) {
        List<int[]> before = written;
        written = in;
        return before;
    }

    /** Adds the expressions that have the elements at these places, in order. */
    public void sources(int[] places, Set<Expr> to) {
        Cells c = cells;
        if (c != null) c.sources(places == ALL ? places(size() * Lanes.countOf(lanes)) : places, to);
        else if (whole instanceof Tensor t && !t.isData()) to.add(t.expr());
        else if (whole instanceof Tuple) throw new NotLifted("a tuple");
    }

    /** Takes its elements from where they are now. */
    public void move(Moved moved) {
        Cells c = cells;
        if (c != null) {
            c.move(moved);
            whole = null;
        } else if (whole instanceof Tensor t && !t.isData()) {
            Moved.Place to = moved.place(t.expr());
            if (to != null) whole = Tensor.of(t.type(), t.dims(), t.lanes(), to.vector().slice(to.from(), to.from() + t.expr().size()));
        }
    }

    private static int[] places(int n) {
        int[] all = new int[n];
        for (int i = 0; i < n; i++) all[i] = i;
        return all;
    }

    public void assign(Value value) {
        if (written != null) written.add(ALL);
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
        if (written != null) written.add(places);
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
            Tensor everywhere = t.lanes() == lanes ? t : Tensor.of(t.type(), t.dims(), lanes, Spread.over(t, lanes));
            c.set(places(n), everywhere);
        } else {
            c.fill(type.base() == Type.Base.INT ? Integer.MIN_VALUE : Double.NaN);
        }
        cells = c;
        return c;
    }
}
