package org.fluvia.report.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Quantity;
import org.junit.jupiter.api.Test;

/** The text of a table of draws. */
class DrawTableTest {
    private static Quantity quantity(String name, int... dims) {
        return new Quantity(name, Expr.perDraw(name, Shape.of(dims)));
    }

    private static String text(List<Quantity> quantities, Map<String, String> comments, DMatrixRMaj draws, double[] lp, double[] lq)
            throws IOException {
        StringWriter out = new StringWriter();
        new DrawTable(quantities, "lp__", "log_q__").write(out, comments, List.of(), draws, lp, lq);
        return out.toString();
    }

    @Test
    void elementsAreInColumnMajorOrder() throws IOException {
        // rows of the draws are row-major: L[1,1] = 11, L[1,2] = 12, ..., then mu
        DMatrixRMaj draws = new DMatrixRMaj(7, 1, true, 11, 12, 13, 21, 22, 23, 7);
        assertEquals("""
                lp__,log_q__,L.1.1,L.2.1,L.1.2,L.2.2,L.1.3,L.2.3,mu
                -1.0,-2.0,11.0,21.0,12.0,22.0,13.0,23.0,7.0
                """, text(List.of(quantity("L", 2, 3), quantity("mu")), Map.of(), draws, new double[] {-1}, new double[] {-2}));
    }

    @Test
    void columnMajorOrderOfThreeDimensions() {
        assertArrayEquals(new int[] {0, 4, 2, 6, 1, 5, 3, 7}, DrawTable.columnMajor(Shape.of(2, 2, 2)));
        assertArrayEquals(new int[] {0}, DrawTable.columnMajor(Shape.scalar()));
        assertArrayEquals(new int[0], DrawTable.columnMajor(Shape.of(3, 0)));
    }

    @Test
    void oneRowADrawAfterTheComments() throws IOException {
        Map<String, String> comments = new LinkedHashMap<>();
        comments.put("model", "two\nlines");
        comments.put("seed", "7");
        DMatrixRMaj draws = new DMatrixRMaj(2, 3, true, 1, 2, 3, 0.5, 0.25, 0.125);
        assertEquals("""
                # model = two lines
                # seed = 7
                lp__,log_q__,z.1,z.2
                1.0,4.0,1.0,0.5
                2.0,5.0,2.0,0.25
                3.0,6.0,3.0,0.125
                """, text(List.of(quantity("z", 2)), comments, draws, new double[] {1, 2, 3}, new double[] {4, 5, 6}));
    }

    @Test
    void whatIsNotFiniteIsWrittenAsStanDoes() throws IOException {
        DMatrixRMaj draws = new DMatrixRMaj(1, 3, true, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertEquals("lp__,log_q__,a\n-0.0,0.0,nan\n-0.0,0.0,inf\n-0.0,0.0,-inf\n",
                text(List.of(quantity("a")), Map.of(), draws, new double[] {-0.0, -0.0, -0.0}, new double[3]));
    }

    @Test
    void withoutLeadingColumnsTheQuantitiesComeFirst() throws IOException {
        StringWriter out = new StringWriter();
        DMatrixRMaj draws = new DMatrixRMaj(2, 2, true, 1, 2, 3, 4);
        new DrawTable(List.of(quantity("y", 2))).write(out, Map.of(), List.of(), draws);
        assertEquals("y.1,y.2\n1.0,3.0\n2.0,4.0\n", out.toString());
    }

    @Test
    void rowsLongerThanTheBufferAreWhole() throws IOException {
        int n = 20_000;
        DMatrixRMaj draws = new DMatrixRMaj(n, 2);
        for (int i = 0; i < 2 * n; i++) draws.data[i] = i / 3.0;
        List<String> lines = text(List.of(quantity("z", n)), Map.of(), draws, new double[2], new double[2]).lines().toList();
        assertEquals(3, lines.size());
        for (int draw = 0; draw < 2; draw++) {
            String[] cells = lines.get(draw + 1).split(",");
            assertEquals(n + 2, cells.length);
            for (int i = 0; i < n; i++) assertEquals(draws.get(i, draw), Double.parseDouble(cells[i + 2]));
        }
    }
}
