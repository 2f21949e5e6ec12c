package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/** W h + b with a matrix that has an element where the degree of the column is at most that of the row, and zeros elsewhere. */
final class MaskedLayer {
    private final int inputs;
    private final int outputs;
    /** The elements of the matrix, and a zero. */
    private final Expr cells;
    /** Where among them each element of the matrix is, row-major. */
    private final double[] place;
    private final Expr matrix;
    private final Expr bias;
    private final List<Expr> weights = new ArrayList<>();

    /**
     * @param number of the layer, for names
     * @param in degrees of the inputs
     * @param out degrees of the outputs
     * @param elements initial values of the matrix, scaled by the root of a row's inputs; as many as it has elements or more
     */
    MaskedLayer(int number, int[] in, int[] out, double[] elements, double[] biases) {
        inputs = in.length;
        outputs = out.length;
        place = new double[outputs * inputs];
        double[] packed = new double[outputs * inputs];
        int count = 0;
        for (int i = 0; i < outputs; i++) {
            int seen = 0;
            for (int degree : in) if (degree <= out[i]) seen++;
            for (int j = 0; j < inputs; j++) {
                boolean connected = in[j] <= out[i];
                place[i * inputs + j] = connected ? count : -1;
                if (connected) {
                    packed[count] = elements[count] / Math.sqrt(seen);
                    count++;
                }
            }
        }
        for (int i = 0; i < place.length; i++) if (place[i] < 0) place[i] = count;
        if (count > 0) weights.add(Expr.shared("matrix " + number, Shape.of(count), Arrays.copyOf(packed, count)));
        bias = Expr.shared("bias " + number, Shape.of(outputs), biases);
        cells = count > 0 ? Expr.concat(weights.get(0), Expr.of(0)) : Expr.vector(0);
        matrix = cells.get(Expr.vector(place)).reshape(Shape.of(outputs, inputs));
        weights.add(bias);
    }

    List<Expr> weights() {
        return weights;
    }

    /** Of all inputs. */
    Expr at(Expr h) {
        return matrix.matmul(h).plus(bias);
    }

    /** Some outputs, of the first inputs, where the others have no part in them. */
    Expr some(int[] rows, Expr firstInputs) {
        double[] which = Arrays.stream(rows).asDoubleStream().toArray();
        int columns = firstInputs.shape().size();
        if (columns == 0) return bias.get(Expr.vector(which));
        double[] block = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) System.arraycopy(place, rows[i] * inputs, block, i * columns, columns);
        return cells.get(Expr.vector(block)).reshape(Shape.of(rows.length, columns)).matmul(firstInputs).plus(bias.get(Expr.vector(which)));
    }
}
