package org.fluvia.stan.run;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Variable;

/**
 * Watches the variables that the iterations of a loop assign and that are declared outside: iterations can be recorded together as long
 * as none reads what another has assigned, or will. Mutable.
 */
final class Tracker {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;
    /** Added to by any number of iterations, and read by none. */
    private static final int SUM = -3;

    private final Lanes lanes;
    private final Map<Variable, int[]> writers = new IdentityHashMap<>();
    private final Map<Variable, int[]> readers = new IdentityHashMap<>();
    /** Of variables of which each iteration has its own: which elements it has assigned. */
    private final Map<Variable, boolean[]> own = new IdentityHashMap<>();

    Tracker(Lanes lanes) {
        this.lanes = lanes;
    }

    void watch(Variable v) {
        int n = v.size() * Lanes.countOf(v.lanes());
        writers.put(v, filled(n));
        readers.put(v, filled(n));
    }

    /** A variable of which each iteration has its own, instead of one that is outside. */
    void watchOwn(Variable v) {
        own.put(v, new boolean[v.size() * lanes.count()]);
    }

    /** For each element of a variable of which iterations have their own the last that has assigned it; -1 for none. */
    int[] last(Variable v) {
        boolean[] all = requireNonNull(own.get(v));
        int[] last = filled(v.size());
        for (int i = 0; i < all.length; i++) if (all[i]) last[i % last.length] = i / last.length;
        return last;
    }

    private static int[] filled(int n) {
        int[] a = new int[n];
        Arrays.fill(a, NONE);
        return a;
    }

    boolean watches(Variable v) {
        return writers.containsKey(v) || own.containsKey(v);
    }

    /**
     * @param places of the variable's elements, the same number for each of the current lanes, one lane after the other
     * @param current lanes, which are of the loop's
     */
    void read(Variable v, int[] places, Lanes current) {
        boolean[] assigned = own.get(v);
        if (assigned != null) {
            for (int p : places) if (!assigned[p]) throw new NotLifted("a value from before the iteration");
            return;
        }
        int[] writer = writers.get(v);
        int[] reader = readers.get(v);
        if (writer == null || reader == null || current.count() == 0) return;
        int[] lane = current.laneOf(lanes);
        int each = places.length / lane.length;
        for (int i = 0; i < places.length; i++) {
            int l = lane[i / each];
            int w = writer[places[i]];
            if (w != NONE && w != l) throw new NotLifted("a value that another iteration assigns", v);
            int r = reader[places[i]];
            reader[places[i]] = r == NONE || r == l ? l : SEVERAL;
        }
    }

    /** As {@link #read}, for elements that are assigned. */
    void write(Variable v, int[] places, Lanes current) {
        boolean[] assigned = own.get(v);
        if (assigned != null) {
            for (int p : places) assigned[p] = true;
            return;
        }
        int[] writer = writers.get(v);
        int[] reader = readers.get(v);
        if (writer == null || reader == null || current.count() == 0) return;
        int[] lane = current.laneOf(lanes);
        int each = places.length / lane.length;
        for (int i = 0; i < places.length; i++) {
            int l = lane[i / each];
            int w = writer[places[i]];
            int r = reader[places[i]];
            if (w != NONE && w != l || r != NONE && r != l) throw new NotLifted("a value that several iterations assign", v);
            writer[places[i]] = l;
        }
    }

    /** Whether elements belong to one iteration each. */
    boolean isOnePerLane(Variable v, int[] places, Lanes current) {
        int[] owner = filled(v.size() * Lanes.countOf(v.lanes()));
        int[] lane = current.laneOf(lanes);
        int each = places.length / Math.max(1, lane.length);
        for (int i = 0; i < places.length; i++) {
            int l = lane[i / each];
            if (owner[places[i]] != NONE && owner[places[i]] != l) return false;
            owner[places[i]] = l;
        }
        return true;
    }

    /** Elements to which iterations add: nothing else may be done with them. */
    void add(Variable v, int[] places) {
        int[] writer = writers.get(v);
        int[] reader = readers.get(v);
        if (writer == null || reader == null) return;
        for (int p : places) {
            if (writer[p] != NONE && writer[p] != SUM || reader[p] != NONE) throw new NotLifted("a sum that is used otherwise");
            writer[p] = SUM;
        }
    }
}
