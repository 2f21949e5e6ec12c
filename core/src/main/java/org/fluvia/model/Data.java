package org.fluvia.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Shape;

/**
 * Named numbers, vectors, matrices and higher arrays, row-major. Immutable.
 *
 * <pre>{@code
 * Data data = Data.empty().with("J", 8).with("y", 28, 8, -3, 7, -1, 1, 18, 12);
 * Data same = Data.json(Path.of("eight_schools.json"));
 * }</pre>
 */
public final class Data {
    private record Value(Shape shape, double[] values) {}

    private static final Data EMPTY = new Data("the data", Map.of());

    private final String source;
    private final Map<String, Value> values;

    private Data(String source, Map<String, Value> values) {
        this.source = source;
        this.values = values;
    }

    /** No data, to add to. */
    public static Data empty() {
        return EMPTY;
    }

    /**
     * Reads Stan's JSON data format: one object whose members are numbers or nested arrays of numbers; the strings "Inf",
     * "-Inf", "Infinity", "-Infinity" and "NaN" stand for the numbers. The innermost index runs fastest.
     *
     * @throws ModelException if the file is not that, naming file and line
     * @throws IOException if the file cannot be read
     */
    public static Data json(Path file) throws IOException {
        return DataJson.read(file);
    }

    /** A scalar added or replaced. */
    public Data with(String name, double value) {
        return with(name, Shape.scalar(), value);
    }

    /** A vector added or replaced; a vector even if it has one element or none. */
    public Data with(String name, double[] vector) {
        return with(name, Shape.of(vector.length), vector);
    }

    /** A vector of two or more numbers added or replaced. */
    public Data with(String name, double first, double second, double... more) {
        double[] all = new double[more.length + 2];
        all[0] = first;
        all[1] = second;
        System.arraycopy(more, 0, all, 2, more.length);
        return with(name, all);
    }

    /** A vector of whole numbers added or replaced. */
    public Data with(String name, int[] vector) {
        return with(name, Arrays.stream(vector).asDoubleStream().toArray());
    }

    /**
     * A matrix added or replaced, row by row.
     *
     * @throws IllegalArgumentException if rows differ in length
     */
    public Data with(String name, double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] flat = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException("data: rows of " + name + " must have one length, but row 1 has "
                        + columns + " values and row " + (i + 1) + " has " + rows[i].length);
            }
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        return with(name, Shape.of(rows.length, columns), flat);
    }

    /** An array of any shape added or replaced, row-major. */
    public Data with(String name, Shape shape, double... rowMajor) {
        if (shape.size() != rowMajor.length) {
            throw new IllegalArgumentException("data: " + name + " of shape " + shape + " needs " + shape.size()
                    + " values, but was given " + rowMajor.length);
        }
        Map<String, Value> all = new LinkedHashMap<>(values);
        all.put(name, new Value(shape, rowMajor.clone()));
        return new Data(source, Collections.unmodifiableMap(all));
    }

    Data from(String newSource) {
        return new Data(newSource, values);
    }

    /** Where the data came from, for messages: a file's name, or "the data". */
    public String source() {
        return source;
    }

    /** The names there are, in the order they were added. */
    public Set<String> names() {
        return values.keySet();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** @throws ModelException if there is no such name; the message lists those there are */
    public Shape shape(String name) {
        return value(name).shape;
    }

    /** A copy of the elements, row-major. */
    public double[] values(String name) {
        return value(name).values.clone();
    }

    private Value value(String name) {
        Value v = values.get(name);
        if (v == null) {
            throw new ModelException("data: " + source + " has no variable " + name + "; it has "
                    + (values.isEmpty() ? "none" : String.join(", ", values.keySet())));
        }
        return v;
    }

    /** "eight_schools.json: J scalar, y (8), sigma (8)". */
    @Override
    public String toString() {
        StringBuilder b = new StringBuilder(source).append(": ");
        values.forEach((name, v) -> b.append(b.length() == source.length() + 2 ? "" : ", ").append(name).append(' ').append(v.shape));
        return b.toString();
    }
}
