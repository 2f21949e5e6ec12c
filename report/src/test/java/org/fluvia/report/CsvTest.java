package org.fluvia.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Quantity;
import org.fluvia.report.csv.DrawTable;
import org.fluvia.text.Shown;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.junit.jupiter.api.Test;

/** Names that break a table, or that a spreadsheet would run. */
class CsvTest {
    private static final List<String> HOSTILE = List.of("a,b", "\"", "a\"b,\"c", "two\nlines", "\r\nx", "=cmd|' /C calc'!A0", "+1", "-x", "@sum(A1)",
            "\t=1", "# no comment", " spaces ", "", "\u00e9", "a[1,2]", "b]");

    private static List<CSVRecord> parsed(String text) throws IOException {
        return CSVFormat.RFC4180.builder().setCommentMarker('#').get().parse(new StringReader(text)).getRecords();
    }

    private static void assertHarmless(String name, String cell) {
        assertFalse(cell.matches("(?s)[=+@-].*") || cell.chars().anyMatch(Character::isISOControl), cell);
        assertEquals(Shown.escaped(name), cell.replaceFirst("^'", ""));
    }

    @Test
    void everyNameIsOneCellOfOneLineAndNoFormula() throws IOException {
        List<Quantity> quantities = new ArrayList<>();
        for (String name : HOSTILE) quantities.add(new Quantity(name, Expr.perDraw("x", Shape.of(2))));
        int n = 2 * HOSTILE.size();
        DMatrixRMaj draws = new DMatrixRMaj(n, 1);
        for (int i = 0; i < n; i++) draws.data[i] = -i;
        StringWriter out = new StringWriter();
        new DrawTable(quantities, "lp__").write(out, Map.of("model", "a\nlp__,x"), List.of("the end"), draws, new double[] {-1});
        List<CSVRecord> rows = parsed(out.toString());
        assertEquals(2, rows.size());
        for (int i = 0; i < n; i++) {
            assertHarmless(HOSTILE.get(i / 2) + "." + (i % 2 + 1), rows.get(0).get(i + 1));
            assertEquals(-i, Double.parseDouble(rows.get(1).get(i + 1))); // numbers stay numbers
        }
    }

    @Test
    void namesOfObservationsToo() throws IOException {
        List<PointwiseLoo> points = HOSTILE.stream().map(name -> new PointwiseLoo(name, List.of(1.0), -1, 0.5, 0.25, Double.NEGATIVE_INFINITY, 20))
                .toList();
        List<CSVRecord> rows = parsed(LooCsv.of(new Loo("m", new Estimate(-4, 1), new Estimate(1, 1), 0, 100, points, List.of())).text());
        assertEquals(HOSTILE.size() + 1, rows.size());
        for (int i = 0; i < HOSTILE.size(); i++) {
            assertHarmless(HOSTILE.get(i), rows.get(i + 1).get(0));
            assertEquals("-1.0", rows.get(i + 1).get(1));
            assertEquals("-inf", rows.get(i + 1).get(4));
        }
    }
}
