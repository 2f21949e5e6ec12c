package org.fluvia.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON as a tree: maps, lists, strings, longs, doubles, booleans and null. Numbers that are not finite, of which JSON has none,
 * are the strings "NaN", "Infinity" and "-Infinity". What is read is not trusted: nesting, names and numbers have limits.
 */
public final class Json {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_STRING = 10_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(LONGEST_STRING).maxNameLength(LONGEST_STRING).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // the same digits on every JDK
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names made to collide would slow its table down
            .build();

    private Json() {}

    /** On one line. */
    public static String line(@Nullable Object tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            write(tree, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes everything
        }
        return text.toString();
    }

    private static void write(@Nullable Object tree, JsonGenerator out) throws IOException {
        if (tree instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> e : map.entrySet()) {
                out.writeFieldName((String) e.getKey());
                write(e.getValue(), out);
            }
            out.writeEndObject();
        } else if (tree instanceof List<?> list) {
            out.writeStartArray();
            for (Object each : list) write(each, out);
            out.writeEndArray();
        } else if (tree instanceof Double x) {
            if (Double.isFinite(x)) out.writeNumber(x);
            else out.writeString(x.toString());
        } else if (tree instanceof Number n) {
            out.writeNumber(n.longValue());
        } else if (tree instanceof Boolean b) {
            out.writeBoolean(b);
        } else if (tree == null) {
            out.writeNull();
        } else {
            out.writeString((String) tree);
        }
    }

    /**
     * One object and nothing after it.
     *
     * @throws Refused if the text is something else
     */
    public static Map<String, @Nullable Object> read(String text) throws Refused {
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) throw new Refused("its header must be an object of JSON, but is not");
            Map<String, @Nullable Object> tree = object(in);
            if (in.nextToken() != null) throw new Refused("its header must end with the object of JSON, but goes on");
            return tree;
        } catch (StreamConstraintsException e) { // knows no place
            throw new Refused("its header is nested deeper than " + DEEPEST + ", or has a number of more than " + LONGEST_NUMBER
                    + " characters or text of more than " + LONGEST_STRING);
        } catch (JsonProcessingException e) {
            throw new Refused("its header must be JSON, but is not at column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string can be read
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            members.put(name, value(in));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser in) throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT:
                return object(in);
            case START_ARRAY:
                List<@Nullable Object> list = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) list.add(value(in));
                return list;
            case VALUE_NUMBER_INT:
                return in.getLongValue();
            case VALUE_NUMBER_FLOAT:
                return in.getDoubleValue();
            case VALUE_TRUE:
                return true;
            case VALUE_FALSE:
                return false;
            case VALUE_NULL:
                return null;
            default:
                return in.getText();
        }
    }
}
