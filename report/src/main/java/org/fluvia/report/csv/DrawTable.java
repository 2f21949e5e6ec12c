package org.fluvia.report.csv;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVPrinter;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Quantity;

/**
 * Draws of some quantities in Stan's CSV format: comments, a header, one row a draw. The elements of an array are in column-major
 * order, the first index running fastest: {@code L.1.1, L.2.1, L.1.2, L.2.2}.
 */
public final class DrawTable {
    private final List<String> header = new ArrayList<>();
    private final int leading;
    /** The row of the draws that each column but the leading ones shows. */
    private final int[] rows;

    /** @param leading names of columns that come before the quantities */
    public DrawTable(List<Quantity> quantities, String... leading) {
        header.addAll(List.of(leading));
        this.leading = leading.length;
        List<Integer> order = new ArrayList<>();
        int first = 0;
        for (Quantity q : quantities) {
            List<String> names = q.elementNames();
            for (int element : columnMajor(q.shape())) {
                order.add(first + element);
                header.add(Csv.name(column(q, names.get(element))));
            }
            first += q.shape().size();
        }
        rows = order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The name of an element, "theta[1,2]", as Stan has it: "theta.1.2". */
    private static String column(Quantity q, String element) {
        return q.name() + element.substring(q.name().length()).replace('[', '.').replace(',', '.').replace("]", "");
    }

    /**
     * @param comments written first, as "# key = value"
     * @param last comments written after the draws
     * @param draws elements (row-major within a quantity) x draws
     * @param columns the leading columns
     */
    public void write(Writer out, Map<String, String> comments, List<String> last, DMatrixRMaj draws, double[]... columns)
            throws IOException {
        if (columns.length != leading) {
            throw new IllegalArgumentException("DrawTable: columns must be " + leading + ", but were " + columns.length);
        }
        CSVPrinter csv = Csv.printer(out);
        for (Map.Entry<String, String> e : comments.entrySet()) Csv.comment(csv, e.getKey(), e.getValue());
        csv.printRecord(header);
        for (int draw = 0; draw < draws.numCols; draw++) {
            for (double[] column : columns) csv.print(Csv.number(column[draw]));
            for (int row : rows) csv.print(Csv.number(draws.data[row * draws.numCols + draw]));
            csv.println();
        }
        for (String line : last) out.append("# ").append(line).append('\n');
    }

    /** The rows of several matrices of so many draws each, one below the other. */
    public static DMatrixRMaj stacked(List<DMatrixRMaj> parts, int draws) {
        if (parts.size() == 1) return parts.get(0);
        DMatrixRMaj all = new DMatrixRMaj(parts.stream().mapToInt(v -> v.numRows).sum(), draws);
        int row = 0;
        for (DMatrixRMaj part : parts) {
            System.arraycopy(part.data, 0, all.data, row * draws, part.numRows * draws);
            row += part.numRows;
        }
        return all;
    }

    /** Row-major positions of the elements, in column-major order. */
    static int[] columnMajor(Shape shape) {
        int[] dims = shape.dims();
        int[] order = new int[shape.size()];
        int[] index = new int[dims.length];
        for (int i = 0; i < order.length; i++) {
            int position = 0;
            for (int k = 0; k < dims.length; k++) position = position * dims[k] + index[k];
            order[i] = position;
            for (int k = 0; k < dims.length && ++index[k] == dims[k]; k++) index[k] = 0;
        }
        return order;
    }
}
