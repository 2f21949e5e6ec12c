package org.fluvia.report.csv;

import java.io.IOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.fluvia.report.json.JsonText;
import org.fluvia.text.Shown;

/**
 * How every CSV file is written: RFC 4180 (a cell with a comma, a quote or a line end stands in quotes, its quotes doubled), lines ended
 * by "\n", comments by "# ". Names are the model's or the data's own, and harmless to those who open the file as a table.
 */
public final class Csv {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator("\n").setCommentMarker('#').get();
    /** What a spreadsheet takes a cell for a formula by (OWASP, CSV injection). */
    private static final String FORMULA = "=+-@";

    private Csv() {}

    public static CSVPrinter printer(Appendable out) throws IOException {
        return new CSVPrinter(out, FORMAT);
    }

    /** A name as a cell: on one line, without what a terminal obeys, and no formula to a spreadsheet. */
    public static String name(String name) {
        String line = Shown.escaped(name);
        return !line.isEmpty() && FORMULA.indexOf(line.charAt(0)) >= 0 ? "'" + line : line;
    }

    /** A number as Stan writes it: nan, inf, -inf where it is not finite. */
    public static String number(double x) {
        if (Double.isFinite(x)) return JsonText.decimal(x);
        return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
    }

    /** "# key = value", on one line. */
    public static void comment(CSVPrinter out, String key, String value) throws IOException {
        out.printComment(Shown.escaped(key + " = " + value.replaceAll("\\R", " ")));
    }
}
