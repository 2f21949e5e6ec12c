package org.fluvia.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.BoundModel;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;

/** Reads points: a JSON list of objects, parameter name to number or nested arrays, by the rules of Stan's JSON data. */
final class Points {
    /** A value as it stands in the file: its rectangular shape, and its elements row-major. */
    private record Value(Shape shape, double[] elements) {}

    /** A point: values by parameter name, and where they stand. */
    record Point(String place, Map<String, Value> values) {

        /** @throws UserError if the values do not fit the model's parameters */
        double[] unconstrained(BoundModel model) {
            Map<String, double[]> elements = new LinkedHashMap<>();
            values.forEach((name, value) -> elements.put(name, value.elements));
            for (Quantity q : model.parameters()) {
                Value v = values.get(q.name());
                if (v != null && !v.shape.equals(q.shape())) {
                    throw new UserError(place + ": parameter " + q.name() + " must have shape " + q.shape() + ", but has " + v.shape);
                }
            }
            try {
                return model.unconstrain(elements);
            } catch (ModelException e) {
                throw new UserError(place + ": " + e.getMessage().replaceFirst("^point: ", ""), e);
            }
        }
    }

    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonParser parser;
    private final String file;
    private double[] elements = new double[16];
    private int count;

    private Points(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /** @throws UserError if the file cannot be read or is not such a list; the message names the line */
    static List<Point> read(Path path) {
        String file = String.valueOf(path.getFileName());
        try (JsonParser parser = JSON.createParser(path.toFile())) {
            return new Points(parser, file).list();
        } catch (JsonProcessingException e) {
            throw new UserError("--at: " + file + " is not valid JSON at line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""), e);
        } catch (IOException e) {
            throw InputFiles.unreadable("--at", path, e);
        }
    }

    private List<Point> list() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) throw wrong("must be a list of points, [{\"mu\": 1, ...}, ...]");
        List<Point> points = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) throw wrong("must hold objects, parameter name -> value, and nothing else");
            String place = "--at: " + file + ", point " + (points.size() + 1);
            Map<String, Value> values = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                values.put(name, value(name));
            }
            points.add(new Point(place, values));
        }
        if (parser.nextToken() != null) throw wrong("must end after the list");
        return points;
    }

    private Value value(String name) throws IOException {
        count = 0;
        int[] dims = dims(name);
        return new Value(Shape.of(dims), Arrays.copyOf(elements, count));
    }

    /** Reads a value, appends its elements, and tells its dimensions. */
    private int[] dims(String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            if (count == elements.length) elements = Arrays.copyOf(elements, 2 * count);
            elements[count++] = number(name);
            return new int[0];
        }
        int size = 0;
        int[] inner = {};
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int[] next = dims(name);
            if (size++ > 0 && !Arrays.equals(inner, next)) throw wrong("has arrays of different lengths or depths in " + name);
            inner = next;
        }
        int[] all = new int[inner.length + 1];
        all[0] = size;
        System.arraycopy(inner, 0, all, 1, inner.length);
        return all;
    }

    private double number(String name) throws IOException {
        if (parser.currentToken().isNumeric()) return Double.parseDouble(parser.getText());
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            switch (parser.getText()) {
                case "NaN": return Double.NaN;
                case "Inf", "+Inf", "Infinity", "+Infinity": return Double.POSITIVE_INFINITY;
                case "-Inf", "-Infinity": return Double.NEGATIVE_INFINITY;
                default: break;
            }
        }
        throw wrong("has " + parser.getText() + " in " + name + " where a number must be (or \"Inf\", \"-Inf\", \"NaN\")");
    }

    private UserError wrong(String what) {
        return new UserError("--at: " + file + " " + what + " (line " + parser.currentTokenLocation().getLineNr() + ")");
    }
}
