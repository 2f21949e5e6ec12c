package org.fluvia.flows.distance;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;

/**
 * Sums of a kernel over pairs of points of two sets.
 *
 * @param first for each point that with all points of the first set, itself among them
 * @param second the same with those of the second set
 * @param within for each division that between points of its first set
 * @param ofDivision the same between points of its first set and any
 */
record KernelSums(double[] first, double[] second, double[] within, double[] ofDivision) {
    /** So many points at a time are compared with all, so that no matrix of all pairs is held. */
    private static final int BLOCK = 128;

    /** @param bandwidths in the units of the sets */
    static KernelSums of(TwoSets sets, List<Double> bandwidths, Divisions divisions) {
        int size = sets.size();
        int count = divisions.count();
        int columns = 2 + count;
        Expr z = Expr.perDraw("z", Shape.of(sets.dimension()));
        Expr others = Expr.shared("others", Shape.of(sets.dimension(), BLOCK), new double[sets.dimension() * BLOCK]);
        Expr of = Expr.shared("of", Shape.of(columns, BLOCK), new double[columns * BLOCK]);
        Expr sums = of.matmul(kernel(z, others, bandwidths));
        Expr toSets = sums.slice(0, 2);
        Expr division = Expr.perDraw("division", Shape.of(count));
        List<Expr> outputs = new ArrayList<>(List.of(toSets));
        Expr within = sums.slice(2, columns).times(division).sumDraws();
        Expr ofDivision = toSets.sum().times(division).sumDraws();
        if (count > 0) outputs.addAll(List.of(within, ofDivision));
        Workspace w = Program.of(outputs).workspace();
        w.set(z, DrawSource.of(sets.points()));
        if (count > 0) w.set(division, divisions.source());
        KernelSums result = new KernelSums(new double[size], new double[size], new double[count], new double[count]);
        double[] points = new double[sets.dimension() * BLOCK];
        double[] weights = new double[columns * BLOCK];
        double[] read = new double[count];
        for (int at = 0; at < size; at += BLOCK) {
            for (int b = 0; b < BLOCK; b++) {
                int j = at + b;
                boolean isThere = j < size;
                for (int i = 0; i < sets.dimension(); i++) points[i * BLOCK + b] = isThere ? sets.points().get(i, j) : 0;
                weights[b] = isThere && j < sets.m() ? 1 : 0;
                weights[BLOCK + b] = isThere && j >= sets.m() ? 1 : 0;
                for (int k = 0; k < count; k++) weights[(2 + k) * BLOCK + b] = isThere ? divisions.at(k, j) : 0;
            }
            w.set(others, points, 0);
            w.set(of, weights, 0);
            w.run(size);
            result.add(w, toSets, within, ofDivision, read);
        }
        return result;
    }

    /** Between a point and each column. */
    private static Expr kernel(Expr z, Expr others, List<Double> bandwidths) {
        Expr square = Expr.of(0);
        for (int i = 0; i < z.shape().size(); i++) square = square.plus(z.get(i).minus(others.get(i)).square());
        Expr sum = Expr.of(0);
        for (double s : bandwidths) sum = sum.plus(square.times(Math.max(-0.5 / s / s, -Double.MAX_VALUE)).exp());
        return sum.div(bandwidths.size());
    }

    private void add(Workspace w, Expr toSets, Expr within, Expr ofDivision, double[] read) {
        DMatrixRMaj part = w.perDraw(toSets);
        for (int j = 0; j < first.length; j++) {
            first[j] += part.get(0, j);
            second[j] += part.get(1, j);
        }
        if (read.length == 0) return;
        w.shared(within, read, 0);
        for (int k = 0; k < read.length; k++) this.within[k] += read[k];
        w.shared(ofDivision, read, 0);
        for (int k = 0; k < read.length; k++) this.ofDivision[k] += read[k];
    }
}
