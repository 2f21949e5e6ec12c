package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.Quantity;
import org.fluvia.report.json.JsonText;
import org.fluvia.report.json.NestedNumbers;

/**
 * Draws as one object of JSON, {@code {"mu": [1.2, 0.7], "theta": [[0.1, 0.2], [0.3, 0.4]]}}: each quantity's values, the draw first and then
 * its own dimensions. Numbers that are not finite are null, and {@code not_finite} says by name and draw which they are.
 */
public final class DrawsJson implements Document {
    private final List<Quantity> quantities;
    private final DMatrixRMaj values;

    private DrawsJson(List<Quantity> quantities, DMatrixRMaj values) {
        this.quantities = quantities;
        this.values = values;
    }

    /**
     * @param values elements of the quantities (row-major within each) x draws; not copied, so not to be changed
     * @throws IllegalArgumentException if there are not as many rows as elements
     */
    public static DrawsJson of(List<Quantity> quantities, DMatrixRMaj values) {
        int elements = quantities.stream().mapToInt(q -> q.shape().size()).sum();
        if (elements != values.numRows) {
            throw new IllegalArgumentException("DrawsJson: values must have " + elements + " rows, one for each element, but had " + values.numRows);
        }
        return new DrawsJson(List.copyOf(quantities), values);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        List<String> notFinite = new ArrayList<>();
        out.write("{");
        int row = 0;
        for (Quantity q : quantities) {
            out.write((row == 0 && q == quantities.get(0) ? "" : ",") + "\n  " + JsonText.string(q.name()) + ": ");
            NestedNumbers.write(out, values, row, q.shape(), x -> Double.isFinite(x) ? JsonText.decimal(x) : "null");
            row += q.shape().size();
        }
        row = 0;
        for (Quantity q : quantities) {
            for (String name : q.elementNames()) {
                for (int j = 0; j < values.numCols; j++) {
                    double x = values.get(row, j);
                    if (!Double.isFinite(x)) notFinite.add(JsonText.string(name + ", draw " + (j + 1)) + ": " + JsonText.string(JsonText.decimal(x)));
                }
                row++;
            }
        }
        if (!notFinite.isEmpty()) out.write(",\n  \"not_finite\": {" + String.join(", ", notFinite) + "}");
        out.write("\n}\n");
    }
}
