package org.fluvia.flows.conditioner;

import static org.fluvia.autodiff.Functions.segmentSum;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * The elements of a layer's matrix, and what training changes of them: themselves, or with weight normalisation a direction v and a
 * length g of each row, which is g v / |v| (Salimans and Kingma 2016, eq. 2).
 */
record Elements(Expr values, List<Expr> weights) {

    /**
     * Elements that start as a multiple of random ones.
     *
     * @param number of the layer, for names
     * @param row the row of each element, counted from 0 without gaps
     */
    static Elements of(int number, Shape shape, double[] row, double[] random, double scale, boolean normalised) {
        if (!normalised) {
            Expr matrix = Expr.shared("matrix " + number, shape, scaled(random, scale));
            return new Elements(matrix, List.of(matrix));
        }
        int rows = (int) row[row.length - 1] + 1;
        double[] length = new double[rows];
        for (int i = 0; i < row.length; i++) length[(int) row[i]] += random[i] * random[i];
        for (int i = 0; i < rows; i++) length[i] = scale * Math.sqrt(length[i]);
        Expr v = Expr.shared("direction " + number, shape, random);
        Expr g = Expr.shared("length " + number, Shape.of(rows), length);
        Expr norm = segmentSum(v.flatten().square(), Expr.vector(row), rows).sqrt();
        return new Elements(v.times(g.div(norm).get(Expr.vector(row)).reshape(shape)), List.of(v, g));
    }

    private static double[] scaled(double[] random, double scale) {
        if (scale == 1) return random;
        double[] values = new double[random.length];
        if (scale > 0) for (int i = 0; i < values.length; i++) values[i] = scale * random[i];
        return values;
    }
}
