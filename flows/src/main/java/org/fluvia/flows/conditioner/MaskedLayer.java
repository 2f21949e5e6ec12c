package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;

/** W h + b with a matrix that has an element where a row sees what the column gives, and zeros elsewhere. */
final class MaskedLayer implements Layer {
    private static final int MOST_RUNS = 8;

    private final int inputs;
    private final int outputs;
    /** The elements of the matrix, and a zero for each that is not there. */
    private final Expr cells;
    /** Where among them each element of the matrix is, row-major. */
    private final double[] place;
    private final Expr matrix;
    private final Expr logPrior;
    private final Expr bias;
    private final List<Expr> weights = new ArrayList<>();

    /**
     * @param sees whether a view, the first index, has what a column gives
     * @param rows the view of each output; -1 for one that sees nothing
     * @param columns what each input gives
     */
    MaskedLayer(boolean[][] sees, int[] rows, int[] columns, Start start) {
        inputs = columns.length;
        outputs = rows.length;
        place = new double[outputs * inputs];
        double[] packed = new double[outputs * inputs];
        double[] rowOf = new double[outputs * inputs];
        int count = 0;
        int masked = 0;
        int filled = 0;
        for (int i = 0; i < outputs; i++) {
            int seen = 0;
            for (int column : columns) if (rows[i] >= 0 && sees[rows[i]][column]) seen++;
            for (int j = 0; j < inputs; j++) {
                boolean connected = rows[i] >= 0 && sees[rows[i]][columns[j]];
                place[i * inputs + j] = connected ? count : -1 - masked++;
                if (connected) {
                    packed[count] = start.random()[count] / Math.sqrt(inputs);
                    rowOf[count++] = filled;
                }
            }
            if (seen > 0) filled++;
        }
        // a zero for each that is not there: one place for each, in runs, is both ways copied and not looked up
        for (int i = 0; i < place.length; i++) if (place[i] < 0) place[i] = count - 1 - place[i];
        if (count > 0) {
            Elements elements = start.elements(Shape.of(count), Arrays.copyOf(rowOf, count), Arrays.copyOf(packed, count));
            weights.addAll(elements.weights());
            logPrior = Layer.logPrior(elements.values(), inputs);
            cells = masked == 0 ? elements.values() : Expr.concat(elements.values(), Functions.zeros(masked));
        } else {
            logPrior = Expr.of(0);
            cells = Functions.zeros(masked);
        }
        bias = start.bias();
        matrix = cells.get(Expr.vector(place)).reshape(Shape.of(outputs, inputs));
        weights.add(bias);
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public Expr logPrior() {
        return logPrior;
    }

    @Override
    public Expr at(Expr h) {
        return matrix.matmul(h).plus(bias);
    }

    /** Some outputs, of the first inputs, where the others have no part in them. */
    Expr some(int[] rows, Expr firstInputs) {
        int columns = firstInputs.shape().size();
        Expr sum = runs(bias, Arrays.stream(rows).asDoubleStream().toArray());
        if (columns == 0) return sum;
        double[] block = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) System.arraycopy(place, rows[i] * inputs, block, i * columns, columns);
        return runs(cells, block).reshape(Shape.of(rows.length, columns)).matmul(firstInputs).plus(sum);
    }

    /** Elements of a vector. Few runs of them that follow one another are taken as they lie there: nothing is copied for each step. */
    static Expr runs(Expr x, double[] index) {
        List<Expr> runs = new ArrayList<>();
        for (int from = 0, to = 1; from < index.length; from = to++) {
            while (to < index.length && index[to] == index[to - 1] + 1) to++;
            runs.add(x.slice((int) index[from], (int) index[from] + to - from));
            if (runs.size() > MOST_RUNS) return x.get(Expr.vector(index));
        }
        return Expr.concat(runs.toArray(Expr[]::new));
    }
}
