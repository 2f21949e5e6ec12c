package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.report.csv.Csv;

/** Points, such as draws of a flow, as CSV: a header of names, then a row for each. */
public final class PointsCsv implements Document {
    private final List<String> names;
    private final DMatrixRMaj points;

    private PointsCsv(List<String> names, DMatrixRMaj points) {
        this.names = names;
        this.points = points;
    }

    /**
     * The points that are columns of a matrix, as flows draw them.
     *
     * @param names of the elements
     * @param points elements x points; not copied, so not to be changed
     * @throws IllegalArgumentException if there are not as many names as elements
     */
    public static PointsCsv of(List<String> names, DMatrixRMaj points) {
        if (names.size() != points.numRows) {
            throw new IllegalArgumentException("PointsCsv: names must be " + points.numRows + ", one for each element, but were " + names.size());
        }
        return new PointsCsv(List.copyOf(names), points);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        CSVPrinter csv = Csv.printer(out);
        for (String name : names) csv.print(Csv.name(name));
        csv.println();
        for (int j = 0; j < points.numCols; j++) {
            for (int i = 0; i < points.numRows; i++) csv.print(Csv.number(points.get(i, j)));
            csv.println();
        }
    }
}
