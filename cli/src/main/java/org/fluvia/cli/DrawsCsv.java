package org.fluvia.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVPrinter;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Quantity;

/**
 * {@code draws.csv}, in Stan's CSV format: comments, a header, one row a draw. The elements of an array are in column-major
 * order, the first index running fastest: {@code L.1.1, L.2.1, L.1.2, L.2.2}.
 */
final class DrawsCsv {
    private static final int BUFFER = 1 << 16;

    private final List<String> header = new ArrayList<>();
    private final int leading;
    /** The row of the draws that each column but the leading ones shows. */
    private final int[] rows;

    /** @param leading names of columns that come before the quantities */
    DrawsCsv(List<Quantity> quantities, String... leading) {
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

    /** The names of the columns. */
    List<String> header() {
        return List.copyOf(header);
    }

    /**
     * @param comments written first, as "# key = value"
     * @param last comments written after the draws
     * @param draws elements (row-major within a quantity) x draws
     * @param columns the leading columns
     */
    void write(OutputStream out, Map<String, String> comments, List<String> last, DMatrixRMaj draws, double[]... columns)
            throws IOException {
        if (columns.length != leading) {
            throw new IllegalArgumentException("DrawsCsv: columns must be " + leading + ", but were " + columns.length);
        }
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
        CSVPrinter csv = Csv.printer(writer);
        for (Map.Entry<String, String> e : comments.entrySet()) Csv.comment(csv, e.getKey(), e.getValue());
        csv.printRecord(header);
        for (int draw = 0; draw < draws.numCols; draw++) {
            for (double[] column : columns) csv.print(Csv.number(column[draw]));
            for (int row : rows) csv.print(Csv.number(draws.data[row * draws.numCols + draw]));
            csv.println();
        }
        for (String line : last) writer.append("# ").append(line).append('\n');
        writer.flush(); // the stream is the caller's
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
