package org.fluvia.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.fluvia.autodiff.Shape;
import org.fluvia.text.Shown;
import org.fluvia.text.Utf8Input;

/**
 * Reads Stan's JSON data format, number by number: one object, or a list of them. What it reads is not trusted: length, nesting,
 * names and numbers have limits.
 */
final class DataJson {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_STRING = 1_000;
    private static final long LONGEST_FILE = 1L << 30;
    private static final long MIB = 1 << 20;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST + 8) // ours comes first
                    .maxNumberLength(LONGEST_NUMBER).maxStringLength(LONGEST_STRING).maxNameLength(LONGEST_STRING).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // bare NaN and Infinity, as Python writes and Stan reads them
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names made to collide would slow its table down
            .build();
    /** What Jackson says of options of its own. */
    private static final Pattern PARSERS_OWN = Pattern.compile(
            "(?s) \\(start marker at .*|(?:: was expecting)? \\(JSON String, .*?'false'\\)"
                    + "|[ (:,;]*\\(?(?:enable|use|from|not recognized as) [^.]*(?:Feature|Constraints).*");

    private final JsonParser parser;
    private final String what;
    private final String file;
    private double[] values = new double[16];
    private int count;
    /** The size of each dimension, -1 until the first array at that depth has closed. */
    private final int[] dims = new int[DEEPEST];
    private int rank;

    private DataJson(JsonParser parser, String what, String file) {
        this.parser = parser;
        this.what = what;
        this.file = file;
    }

    /** What is read with a parser. */
    @FunctionalInterface
    private interface Reading<T> {
        T with(DataJson json) throws IOException;
    }

    /** One object. */
    static Data object(InputStream in, String source) throws IOException {
        return read(in, "data", source, DataJson::whole);
    }

    /** A list of objects, the source of each saying which it is: "points.json, point 2". */
    static List<Data> points(InputStream in, String source) throws IOException {
        return read(in, "points", source, DataJson::list);
    }

    private static <T> T read(InputStream in, String what, String source, Reading<T> reading) throws IOException {
        String file = Shown.text(source);
        try (JsonParser parser = JSON.createParser(new Utf8Input(in, LONGEST_FILE))) {
            return reading.with(new DataJson(parser, what, file));
        } catch (Utf8Input.Refused e) {
            throw new ModelException(what, file + " " + e.getMessage() + ".", e).in(file);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            String problem = e instanceof StreamConstraintsException
                    ? " has a number of more than " + LONGEST_NUMBER + " characters, or a longer name or string than " + LONGEST_STRING
                            + place
                    : " is not valid JSON" + place + ": " + Shown.text(PARSERS_OWN.matcher(e.getOriginalMessage()).replaceFirst(""));
            throw new ModelException(what, file + problem, e).in(file, at == null ? 0 : at.getLineNr());
        } catch (OutOfMemoryError e) {
            throw new ModelException(what, file + " has more numbers than fit into the memory that Java may take, "
                    + Runtime.getRuntime().maxMemory() / MIB + " MiB. Give it more, with Java's option -Xmx.", e).in(file);
        }
    }

    private Data whole() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("must be one JSON object, { \"name\": value, ... }, but " + start());
        }
        Data data = object(file);
        if (parser.nextToken() != null) throw wrong("must end after the object, but goes on with " + text());
        return data;
    }

    private List<Data> list() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw wrong("must be a list of points, [{\"mu\": 1, ...}, ...], but " + start());
        }
        List<Data> points = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw wrong("must hold objects, parameter name -> value, and nothing else, but holds " + text());
            }
            points.add(object(file + ", point " + (points.size() + 1)));
        }
        if (parser.nextToken() != null) throw wrong("must end after the list, but goes on with " + text());
        return points;
    }

    private Data object(String source) throws IOException {
        Data.Builder data = Data.builder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            count = 0;
            rank = -1;
            Arrays.fill(dims, -1);
            parser.nextToken();
            value(name, 0);
            int[] shape = new int[Math.max(rank, 0)];
            for (int i = 0; i < shape.length; i++) shape[i] = Math.max(dims[i], 0);
            data.with(name, Shape.of(shape), Arrays.copyOf(values, count));
        }
        return data.build().from(source);
    }

    /** A number, or an array of values, at a depth of nesting. */
    private void value(String name, int depth) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            if (depth == DEEPEST) throw wrong("has arrays nested deeper than " + DEEPEST + " in " + Shown.text(name));
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
                default -> throw wrong("has " + text() + " in " + Shown.text(name)
                        + " where a number must be (or \"Inf\", \"-Inf\", \"NaN\")");
            };
            default -> throw wrong("has " + text() + " in " + Shown.text(name) + " where a number must be");
        };
    }

    private ModelException ragged(String name) {
        return wrong("has arrays of different lengths or depths in " + Shown.text(name) + "; a rectangular array is needed");
    }

    private ModelException wrong(String problem) {
        int line = parser.currentTokenLocation().getLineNr();
        return new ModelException(what, file + " " + problem + " (line " + line + ")").in(file, line);
    }

    /** How the file begins, where that is wrong. */
    private String start() throws IOException {
        return parser.currentToken() == null ? "is empty" : "begins with " + text();
    }

    private String text() throws IOException {
        String s = parser.getText();
        return parser.currentToken() == JsonToken.VALUE_STRING ? "\"" + Shown.text(s) + "\"" : Shown.text(s);
    }
}
