package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonText;
import org.fluvia.report.json.NestedNumbers;

/**
 * Data, or values of parameters, in Stan's JSON format, which {@link Data#json} reads again with the same bits. A variable whose values are all whole is
 * written without decimal points, as Stan's integers must be; numbers that are not finite are the strings "Infinity", "-Infinity" and "NaN".
 */
public final class DataJson implements Document {
    /** Up to here whole numbers are written by their digits. */
    private static final double WHOLE = 1L << 53;

    private final Data data;

    private DataJson(Data data) {
        this.data = data;
    }

    public static DataJson of(Data data) {
        return new DataJson(data);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        out.write("{");
        String between = "";
        for (String name : data.names()) {
            double[] values = data.values(name);
            boolean whole = true;
            for (double x : values) whole &= isWhole(x);
            boolean digits = whole;
            out.write(between + "\n  " + JsonText.string(name) + ": ");
            NestedNumbers.writeOne(out, DMatrixRMaj.wrap(values.length, 1, values), 0, data.shape(name), x -> text(x, digits));
            between = ",";
        }
        out.write("\n}\n");
    }

    private static boolean isWhole(double x) {
        return x == Math.rint(x) && Math.abs(x) <= WHOLE && (x != 0 || 1 / x > 0);
    }

    private static String text(double x, boolean digits) {
        if (!Double.isFinite(x)) return JsonText.string(JsonText.decimal(x));
        return digits ? Long.toString((long) x) : JsonText.decimal(x);
    }
}
