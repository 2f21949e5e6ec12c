package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The elements that indices choose of a value.
 *
 * @param places of the elements, counted from 0, row-major; in lanes for one lane after the other
 * @param inLanes whether they differ from lane to lane
 */
record Selection(int[] places, boolean inLanes, Type type, int[] dims) {

    /**
     * What an index chooses along its dimension, counted from 1.
     *
     * @param places one array for all lanes, or one for each
     * @param isSingle whether the dimension goes
     */
    record Picked(List<int[]> places, boolean isSingle) {}

    /** @param lanes that are current */
    static Selection of(Type type, int[] dims, List<Picked> picked, @Nullable Lanes lanes) {
        List<Picked> all = new ArrayList<>(picked);
        for (int axis = picked.size(); axis < dims.length; axis++) all.add(new Picked(List.of(IntStream.rangeClosed(1,
                dims[axis]).toArray()), false));
        boolean inLanes = all.stream().anyMatch(p -> p.places().size() > 1);
        int[] newDims = new int[dims.length];
        int rank = 0;
        int size = 1;
        for (Picked p : all) {
            int n = p.places().isEmpty() ? 0 : p.places().get(0).length;
            for (int[] places : p.places()) {
                if (places.length != n) throw new NotLifted("parts of different sizes", lanes, p.places().stream().mapToInt(i -> i.length).toArray());
            }
            size *= n;
            if (!p.isSingle()) newDims[rank++] = n;
        }
        int count = inLanes ? Lanes.countOf(lanes) : 1;
        int[] places = new int[Math.multiplyExact(size, count)];
        for (int l = 0; l < count; l++) fill(places, l * size, size, all, l, dims);
        return new Selection(places, inLanes, type(type, all), Arrays.copyOf(newDims, rank));
    }

    private static void fill(int[] places, int from, int size, List<Picked> all, int lane, int[] dims) {
        int block = size;
        for (int axis = 0; axis < dims.length; axis++) {
            List<int[]> choices = all.get(axis).places();
            int[] chosen = choices.get(choices.size() > 1 ? lane : 0);
            for (int i : chosen) {
                if (i < 1 || i > dims[axis]) throw new Refusal("the index " + i + " is not from 1 to " + dims[axis]);
            }
            if (size == 0) return;
            block /= chosen.length;
            for (int k = 0; k < size; k++) places[from + k] = places[from + k] * dims[axis] + chosen[k / block % chosen.length] - 1;
        }
    }

    private static Type type(Type type, List<Picked> all) {
        int arrays = 0;
        for (int axis = 0; axis < type.arrays(); axis++) if (!all.get(axis).isSingle()) arrays++;
        boolean row = type.base().rank() > 0 && all.get(type.arrays()).isSingle();
        boolean column = type.base().rank() > 1 && all.get(type.arrays() + 1).isSingle();
        Base base = switch (type.base()) {
            case VECTOR, ROW_VECTOR -> row ? Base.REAL : type.base();
            case MATRIX -> row && column ? Base.REAL : row ? Base.ROW_VECTOR : column ? Base.VECTOR : Base.MATRIX;
            default -> type.base();
        };
        return new Type(base, arrays, List.of());
    }
}
