package org.fluvia.report.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.List;
import org.fluvia.text.Shown;

/** Numbers and strings of JSON, with the same characters on every JDK. */
public final class JsonText {
    private JsonText() {}

    /** A string in quotes, with nothing in it that a terminal obeys. */
    public static String string(String s) {
        return '"' + Shown.escaped(new String(JsonStringEncoder.getInstance().quoteAsString(s))) + '"';
    }

    /** @param values of JSON, as they are to be written */
    public static String list(List<String> values) {
        return "[" + String.join(", ", values) + "]";
    }

    /**
     * The shortest decimal that reads back as the same number. Jackson's own writer: that of the JDK puts some numbers differently
     * before version 19 and after.
     */
    public static String decimal(double x) {
        return NumberOutput.toString(x, true);
    }
}
