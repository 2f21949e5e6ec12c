package org.fluvia.model;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Shape;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/** Numbers, and arrays and collections of numbers, nested in any way that is rectangular, as data. */
final class DataValues {
    private final String name;
    private final List<Integer> dims = new ArrayList<>();
    private double[] values = {};
    private int count;

    private DataValues(String name) {
        this.name = name;
    }

    static Data of(Map<String, ?> variables) {
        Data.Builder data = Data.builder();
        variables.forEach((name, value) -> {
            DataValues v = new DataValues(name);
            Shape shape = v.measure(value);
            v.values = new double[shape.size()];
            v.fill(value, 0);
            data.with(name, shape, v.values);
        });
        return data.build();
    }

    /** The shape, by the first element of each dimension. */
    private Shape measure(@Nullable Object value) {
        Object array = array(value);
        while (array != null) {
            int length = Array.getLength(array);
            dims.add(length);
            array = length == 0 ? null : array(Array.get(array, 0));
        }
        return Shape.of(dims.stream().mapToInt(d -> d).toArray());
    }

    private void fill(@Nullable Object value, int depth) {
        Object array = array(value);
        if (array != null) {
            int length = Array.getLength(array);
            if (depth == dims.size() || length != dims.get(depth)) throw ragged();
            for (int i = 0; i < length; i++) fill(Array.get(array, i), depth + 1);
        } else if (value instanceof Number n) {
            if (depth != dims.size()) throw ragged();
            values[count++] = n.doubleValue();
        } else {
            throw new IllegalArgumentException("data: " + Shown.text(name) + " must be a number, or an array or a collection of numbers, but"
                    + " has " + (value == null ? "null in it; a missing value is NaN" : "a " + value.getClass().getName() + " in it"));
        }
    }

    /** The elements; null if it is not an array. */
    private static @Nullable Object array(@Nullable Object value) {
        if (value instanceof Collection<?> c) return c.toArray();
        return value != null && value.getClass().isArray() ? value : null;
    }

    private IllegalArgumentException ragged() {
        return new IllegalArgumentException("data: " + Shown.text(name) + " has arrays of different lengths or depths; a rectangular array"
                + " is needed");
    }
}
