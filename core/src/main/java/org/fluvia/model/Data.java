package org.fluvia.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Shape;
import org.fluvia.text.Shown;

/**
 * Named numbers, vectors, matrices and higher arrays, row-major. Immutable.
 *
 * <pre>{@code
 * Data data = Data.empty().with("J", 8).with("y", 28, 8, -3, 7, -1, 1, 18, 12);
 * Data same = Data.json(Path.of("eight_schools.json"));
 * Data also = Data.csvText("y,sigma\n28,15\n8,10\n");
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

    /** Takes many variables together: {@link #with} copies the table of names each time. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads Stan's JSON data format: one object whose members are numbers or nested arrays of numbers; the strings "Inf",
     * "-Inf", "Infinity", "-Infinity" and "NaN" stand for the numbers. The innermost index runs fastest. UTF-8, at most 1 GiB, names
     * of at most 1,000 characters, numbers of at most 400, arrays nested 16 deep.
     *
     * @throws ModelException if the file is not that, naming file and line
     * @throws IOException if the file cannot be read
     */
    public static Data json(Path file) throws IOException {
        Present.check("data", "file", file);
        return json(Files.newInputStream(file), String.valueOf(file.getFileName()));
    }

    /**
     * As {@link #json(Path)}, from a string.
     *
     * @throws ModelException if the text is not that, naming its line
     */
    public static Data jsonText(String json) {
        try {
            return json(stream("json", json), "the JSON text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As {@link #json(Path)}, from a stream, which is closed.
     *
     * @param source what messages call it
     */
    public static Data json(InputStream in, String source) throws IOException {
        return DataJson.object(Present.check("data", "in", in), Present.check("data", "source", source));
    }

    /**
     * Reads comma-separated numbers with a header: each column becomes a vector under its name. Cells may be quoted (RFC 4180); an
     * empty one, NA or NaN is a missing value, NaN; empty lines are skipped. UTF-8, at most 1 GiB.
     *
     * @param columns those to read; all, if none is named
     * @throws ModelException if the file is not that or has no such column, naming file and line
     * @throws IOException if the file cannot be read
     */
    public static Data csv(Path file, String... columns) throws IOException {
        Present.check("data", "file", file);
        return csv(Files.newInputStream(file), String.valueOf(file.getFileName()), columns);
    }

    /**
     * As {@link #csv(Path, String...)}, from a stream, which is closed.
     *
     * @param source what messages call it
     */
    public static Data csv(InputStream in, String source, String... columns) throws IOException {
        return DataCsv.read(Present.check("data", "in", in), Present.check("data", "source", source), columns);
    }

    /** As {@link #csv(Path, String...)}, from a string. */
    public static Data csvText(String csv, String... columns) {
        try {
            return csv(stream("csv", csv), "the CSV text", columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Data from Java's own values: numbers, and arrays and collections of numbers, nested in any way that is rectangular:
     * {@code Data.of(Map.of("N", 3, "y", List.of(1.5, 2, 4), "X", new double[3][2]))}. In the order of the map.
     *
     * @throws IllegalArgumentException naming the variable that is something else
     */
    public static Data of(Map<String, ?> variables) {
        return DataValues.of(Present.check("data", "variables", variables));
    }

    private static InputStream stream(String argument, String text) {
        return new ByteArrayInputStream(Present.check("data", argument, text).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads points: a JSON list of objects, each parameter name to value, by the rules and limits of {@link #json(Path)}. The stream
     * is closed.
     *
     * @param source what messages call it; that of the second point ends in ", point 2"
     */
    public static List<Data> points(InputStream in, String source) throws IOException {
        return DataJson.points(in, source);
    }

    /** A scalar added or replaced. */
    public Data with(String name, double value) {
        return with(name, Shape.scalar(), value);
    }

    /** A vector added or replaced; a vector even if it has one element or none. */
    public Data with(String name, double[] vector) {
        return with(name, Shape.of(Present.check("data", name, vector).length), vector);
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
        return with(name, Arrays.stream(Present.check("data", name, vector)).asDoubleStream().toArray());
    }

    /**
     * A matrix added or replaced, row by row.
     *
     * @throws IllegalArgumentException if rows differ in length
     */
    public Data with(String name, double[][] rows) {
        Present.check("data", name, rows);
        for (double[] row : rows) Present.check("data", "a row of " + name, row);
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
        Map<String, Value> all = new LinkedHashMap<>(values);
        all.put(name, value(name, shape, rowMajor));
        return new Data(source, Collections.unmodifiableMap(all));
    }

    private static Value value(String name, Shape shape, double[] rowMajor) {
        Present.check("data", "a name", name);
        Present.check("data", "the shape of " + name, shape);
        Present.check("data", name, rowMajor);
        if (shape.size() != rowMajor.length) {
            throw new IllegalArgumentException("data: " + Shown.text(name) + " of shape " + shape + " needs " + shape.size()
                    + " values, but was given " + rowMajor.length);
        }
        return new Value(shape, rowMajor.clone());
    }

    /** Collects variables; those added first come first. For one thread. */
    public static final class Builder {
        private Map<String, Value> all = new LinkedHashMap<>();

        private Builder() {}

        /** A scalar added or replaced. */
        public Builder with(String name, double value) {
            return with(name, Shape.scalar(), value);
        }

        /** A vector added or replaced; a vector even if it has one element or none. */
        public Builder with(String name, double[] vector) {
            return with(name, Shape.of(Present.check("data", name, vector).length), vector);
        }

        /** An array of any shape added or replaced, row-major. */
        public Builder with(String name, Shape shape, double... rowMajor) {
            all.put(name, value(name, shape, rowMajor));
            return this;
        }

        /** The data so far; what is added later is not in them. */
        public Data build() {
            Data data = new Data(EMPTY.source, Collections.unmodifiableMap(all));
            all = new LinkedHashMap<>(all);
            return data;
        }
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
            throw new ModelException("data", source + " has no variable " + Shown.text(name) + "; it has "
                    + (values.isEmpty() ? "none" : Shown.list(values.keySet()))).of(name).in(source);
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
