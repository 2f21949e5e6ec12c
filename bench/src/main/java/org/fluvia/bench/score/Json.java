package org.fluvia.bench.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of nested objects, whose values are texts and numbers. */
final class Json {
    private Json() {}

    /** Objects as maps, in the order of the file; numbers as Double. */
    static Map<String, Object> read(Path file) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new IOException("bench: " + file + " must hold an object");
            return object(parser);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> inner(Map<String, Object> object, String name) {
        if (object.get(name) instanceof Map<?, ?> inner) return (Map<String, Object>) inner;
        throw new IllegalArgumentException("bench: " + name + " must be an object, but was " + object.get(name));
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) all.put(name, object(parser));
            else if (token.isNumeric()) all.put(name, parser.getDoubleValue());
            else all.put(name, parser.getText());
        }
        return all;
    }
}
