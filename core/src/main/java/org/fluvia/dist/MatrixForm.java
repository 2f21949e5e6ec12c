package org.fluvia.dist;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;

/** By which matrix a distribution's spread is given, and so a part of its name. */
enum MatrixForm {
    COVARIANCE("", "sigma"),
    PRECISION("Prec", "omega"),
    CHOLESKY("Cholesky", "L");

    final String suffix;
    /** What the matrix is called where it is a normal distribution's. */
    final String symbol;

    MatrixForm(String suffix, String symbol) {
        this.suffix = suffix;
        this.symbol = symbol;
    }

    /** A lower triangular factor l of the matrix, l l' = matrix; the matrix itself where it is one. */
    Expr factor(Expr matrix) {
        return this == CHOLESKY ? matrix : Matrices.cholesky(matrix);
    }

    /** The same of one matrix of numbers, row-major. */
    double[] factor(double[] matrix, int size) {
        return this == CHOLESKY ? matrix : EventDraws.cholesky(matrix, size);
    }

    /**
     * The squared length of each deviation from the mean, in units of the spread: d' inverse(covariance) d.
     *
     * @param factor of one matrix, or of one for each event
     * @param deviation a vector, or several
     */
    Expr squaredDistance(Expr factor, Expr deviation) {
        boolean one = deviation.shape().rank() == 1;
        if (one || factor.shape().rank() > 2) {
            Expr white = this == PRECISION ? Matrices.transposedTimes(factor, deviation)
                    : Matrices.solveLower(factor, deviation);
            return Events.sum(white.square());
        }
        Shape leading = Events.leading(deviation.shape(), 1);
        Expr rows = deviation.reshape(Shape.of(leading.size(), Events.size(deviation)));
        if (this == PRECISION) return Events.sum(rows.matmul(factor).square()).reshape(leading);
        return Functions.sum(Matrices.solveLower(factor, rows.transpose()).square(), 0).reshape(leading);
    }

    /** The logarithm of the determinant of the covariance over 2. */
    Expr halfLogDeterminant(Expr factor) {
        Expr sum = Events.sum(Matrices.diagonal(factor).log());
        return this == PRECISION ? sum.unaryMinus() : sum;
    }
}
