package org.fluvia.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.fluvia.autodiff.Shape;

/** Reads Stan's JSON data format, number by number. */
final class DataJson {
    private static final int DEEPEST = 16;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST + 1).maxNumberLength(400).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // bare NaN and Infinity, as Python writes and Stan reads them
            .build();

    private final JsonParser parser;
    private final String file;
    private double[] values = new double[16];
    private int count;
    /** The size of each dimension, -1 until the first array at that depth has closed. */
    private final int[] dims = new int[DEEPEST];
    private int rank;

    private DataJson(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    static Data read(Path path) throws IOException {
        String file = String.valueOf(path.getFileName());
        try (JsonParser parser = JSON.createParser(path.toFile())) {
            return new DataJson(parser, file).object();
        } catch (JsonProcessingException e) {
            throw new ModelException("data: " + file + " is not valid JSON"
                    + (e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr()) + ": " + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""), e);
        }
    }

    private Data object() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("must be one JSON object, { \"name\": value, ... }, but begins with " + text());
        }
        Data data = Data.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            count = 0;
            rank = -1;
            Arrays.fill(dims, -1);
            parser.nextToken();
            value(name, 0);
            int[] shape = new int[Math.max(rank, 0)];
            for (int i = 0; i < shape.length; i++) shape[i] = Math.max(dims[i], 0);
            data = data.with(name, Shape.of(shape), Arrays.copyOf(values, count));
        }
        if (parser.nextToken() != null) throw wrong("must end after the object, but goes on with " + text());
        return data.from(file);
    }

    /** A number, or an array of values, at a depth of nesting. */
    private void value(String name, int depth) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            if (depth == DEEPEST) throw wrong("has arrays nested deeper than " + DEEPEST + " in " + name);
            if (rank >= 0 && depth >= rank) throw ragged(name);
            int size = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                value(name, depth + 1);
                size++;
            }
            if (size == 0 && rank < 0) rank = depth + 1;
            if (dims[depth] >= 0 && dims[depth] != size) throw ragged(name);
            dims[depth] = size;
            return;
        }
        if (rank < 0) rank = depth;
        if (depth != rank) throw ragged(name);
        if (count == values.length) values = Arrays.copyOf(values, count * 2);
        values[count++] = number(name);
    }

    private double number(String name) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> Double.parseDouble(parser.getText());
            case VALUE_NUMBER_FLOAT -> parser.isNaN() ? parser.getDoubleValue() : Double.parseDouble(parser.getText());
            case VALUE_STRING -> switch (parser.getText()) {
                case "NaN" -> Double.NaN;
                case "Inf", "+Inf", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
                case "-Inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw wrong("has " + text() + " in " + name + " where a number must be (or \"Inf\", \"-Inf\", \"NaN\")");
            };
            default -> throw wrong("has " + text() + " in " + name + " where a number must be");
        };
    }

    private ModelException ragged(String name) {
        return wrong("has arrays of different lengths or depths in " + name + "; a rectangular array is needed");
    }

    private ModelException wrong(String what) {
        return new ModelException("data: " + file + " " + what + " (line " + parser.currentTokenLocation().getLineNr() + ")");
    }

    private String text() throws IOException {
        String s = parser.getText();
        if (s == null) return "nothing";
        return parser.currentToken() == JsonToken.VALUE_STRING ? "\"" + s + "\"" : s;
    }
}
