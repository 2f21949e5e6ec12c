package org.fluvia.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * A line of events.txt: a log-density of a vector or matrix by mpmath, checked by SciPy. See events.py there.
 *
 * @param magnitude the sum of the absolute values of the terms, of which an evaluation loses some units in the last place
 */
record EventReference(String name, List<Value> parameters, Value x, double logDensity, double magnitude) {

    /** A number, vector or matrix. */
    record Value(Shape shape, double[] elements) {
        Expr data(String name) {
            return Expr.shared(name, shape, elements);
        }

        Expr perDraw(String name) {
            return Expr.perDraw(name, shape);
        }
    }

    static final List<EventReference> ALL = read();

    private static List<EventReference> read() {
        List<EventReference> rows = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                EventReference.class.getResourceAsStream("events.txt"), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("#")) continue;
                String[] words = line.split(" ");
                int n = words.length;
                List<Value> values = Arrays.stream(words, 1, n - 2).map(EventReference::value).toList();
                rows.add(new EventReference(words[0], values.subList(0, n - 4), values.get(n - 4),
                        Double.parseDouble(words[n - 2]), Double.parseDouble(words[n - 1])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Value value(String word) {
        int colon = word.indexOf(':');
        String dims = word.substring(0, colon);
        int[] shape = dims.isEmpty() ? new int[0] : Arrays.stream(dims.split("x")).mapToInt(Integer::parseInt).toArray();
        return new Value(Shape.of(shape),
                Arrays.stream(word.substring(colon + 1).split(",")).mapToDouble(Double::parseDouble).toArray());
    }

    static List<EventReference> of(String name) {
        return ALL.stream().filter(r -> r.name.equals(name)).toList();
    }

    /** The shapes of the parameters and of x. */
    List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>(parameters.stream().map(Value::shape).toList());
        shapes.add(x.shape);
        return shapes;
    }

    /** The elements of x, then those of the parameters. */
    double[] point() {
        return join(java.util.stream.Stream.concat(java.util.stream.Stream.of(x), parameters.stream())
                .map(Value::elements).toArray(double[][]::new));
    }

    static double[] join(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public String toString() {
        return "at x = " + Arrays.toString(x.elements) + ", parameters " + parameters.stream()
                .map(p -> p.shape + " " + Arrays.toString(p.elements)).toList();
    }
}
