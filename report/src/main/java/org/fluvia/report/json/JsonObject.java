package org.fluvia.report.json;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One object of JSON, member by member. JSON has no numbers that are not finite: they are null, and the object's last member,
 * "not_finite", says what they are: {@code {"khat": null, "not_finite": {"khat": "-Infinity"}}}. So numbers stay numbers to
 * whoever reads them, null is what R and Python take for a missing one, and nothing is lost.
 */
public final class JsonObject {
    private final List<String> members = new ArrayList<>();
    private final List<String> notFinite = new ArrayList<>();

    public JsonObject number(String name, double x) {
        return json(name, number(x, name));
    }

    public JsonObject numbers(String name, double... values) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) all.add(number(values[i], name + "[" + (i + 1) + "]"));
        return json(name, JsonText.list(all));
    }

    public JsonObject whole(String name, long x) {
        return json(name, Long.toString(x));
    }

    public JsonObject text(String name, String text) {
        return json(name, JsonText.string(text));
    }

    public JsonObject texts(String name, List<String> texts) {
        return json(name, JsonText.list(texts.stream().map(JsonText::string).toList()));
    }

    public JsonObject object(String name, JsonObject inner) {
        return json(name, inner.line());
    }

    /** @param json a value of JSON, as it is to be written */
    public JsonObject json(String name, String json) {
        members.add(JsonText.string(name) + ": " + json);
        return this;
    }

    private String number(double x, String place) {
        if (Double.isFinite(x)) return JsonText.decimal(x);
        notFinite.add(JsonText.string(place) + ": " + JsonText.string(JsonText.decimal(x)));
        return "null";
    }

    private List<String> all() {
        List<String> all = new ArrayList<>(members);
        if (!notFinite.isEmpty()) all.add("\"not_finite\": {" + String.join(", ", notFinite) + "}");
        return all;
    }

    /** On one line. */
    public String line() {
        return "{" + String.join(", ", all()) + "}";
    }

    /** Each member on a line of its own. */
    public String lines(String indent) {
        if (all().isEmpty()) return "{}";
        String next = "\n" + indent + "  ";
        return all().stream().collect(Collectors.joining("," + next, "{" + next, "\n" + indent + "}"));
    }
}
