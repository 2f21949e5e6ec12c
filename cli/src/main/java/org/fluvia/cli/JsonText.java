package org.fluvia.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import org.fluvia.text.Shown;

/** Numbers and strings of JSON, with the same characters on every JDK. */
final class JsonText {
    private JsonText() {}

    static String string(String s) {
        return '"' + Shown.escaped(new String(JsonStringEncoder.getInstance().quoteAsString(s))) + '"';
    }

    /**
     * The shortest decimal that reads back as the same number; a number that JSON has not, as one of the strings "NaN",
     * "Infinity", "-Infinity", as in Stan's JSON and in {@link org.fluvia.model.Data#json}.
     */
    static String number(double x) {
        return Double.isFinite(x) ? decimal(x) : '"' + decimal(x) + '"';
    }

    /** Jackson's own writer: that of the JDK puts some numbers differently before version 19 and after. */
    static String decimal(double x) {
        return NumberOutput.toString(x, true);
    }

    /** An array on one line. */
    static String array(double... values) {
        StringBuilder b = new StringBuilder("[");
        for (int i = 0; i < values.length; i++) b.append(i == 0 ? "" : ", ").append(number(values[i]));
        return b.append(']').toString();
    }
}
