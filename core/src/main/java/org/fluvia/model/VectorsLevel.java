package org.fluvia.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.dist.Distributions;
import org.fluvia.support.Support;

/**
 * A level of J vectors of K elements, each multivariate normal: by its elements one after the other, each with a location that depends on
 * those before. With L the Cholesky factor of the covariance and z = mu + L e that is y = c mu + A e for A = c L below the diagonal and
 * L^c on it, element by element and row by row: for c = 1 it is z, for c = 0 it is e. So y is normal with mean c mu and factor A.
 *
 * @param isFactor whether the second parameter is the factor, not the covariance
 */
record VectorsLevel(boolean isFactor, List<Expr> parameters, Shape shape, Expr prior) implements Level {

    /** See {@link Level#of}. */
    static Optional<Level> of(Distribution prior, Support support, Shape shape, Expr term) {
        boolean isFactor = prior.name().equals("multiNormalCholesky");
        if (!isFactor && !prior.name().equals("multiNormal") || !support.equals(Support.real()) || !prior.parameters().get(1).isPerDraw()) {
            return Optional.empty();
        }
        return Optional.of(new VectorsLevel(isFactor, prior.parameters(), shape, term));
    }

    @Override
    public Level with(List<Expr> others) {
        return new VectorsLevel(isFactor, others, shape, prior);
    }

    @Override
    public Expr moved(Expr y, double[] from, double[] to) {
        if (Arrays.equals(from, to)) return y;
        Expr deviation = y.reshape(rows()).minus(mean(from));
        Expr e = isAll(from, 0) ? deviation : Matrices.solveLower(factor(from), deviation);
        return (isAll(to, 0) ? e : Matrices.matmul(factor(to), e).plus(mean(to))).flatten();
    }

    @Override
    public Expr logDensity(Expr y, double[] centring) {
        if (isAll(centring, 0)) return Distributions.normal(0, 1).logDensity(y).sum();
        return Distributions.multiNormalCholesky(mean(centring), factor(centring)).logDensity(y.reshape(rows())).sum();
    }

    @Override
    public Expr logAbsDet(double[] centring) {
        double[] power = Arrays.stream(centring).map(c -> 1 - c).toArray();
        return Matrices.diagonal(factors()).log().times(constant(power)).sum();
    }

    private Shape rows() {
        int size = shape.dim(shape.rank() - 1);
        return Shape.of(shape.size() / size, size);
    }

    /** c mu, a row for each vector. */
    private Expr mean(double[] centring) {
        Expr mu = parameters.get(0);
        if (mu.shape().isScalar()) return mu.times(constant(centring));
        boolean isOne = mu.shape().rank() == 1;
        return (isOne ? Functions.repeat(mu, 0, rows().dim(0)) : mu.reshape(rows())).times(constant(centring));
    }

    /** L for each vector. */
    private Expr factors() {
        Expr factor = isFactor ? Matrices.lowerTriangle(parameters.get(1)) : Matrices.cholesky(parameters.get(1));
        int size = rows().dim(1);
        return factor.shape().rank() == 2 ? Functions.repeat(factor, 0, rows().dim(0)) : factor.reshape(Shape.of(rows().dim(0), size, size));
    }

    /** A for each vector. */
    private Expr factor(double[] centring) {
        Expr factors = factors();
        if (isAll(centring, 1)) return factors;
        int size = rows().dim(1);
        double[] below = new double[centring.length * size];
        for (int i = 0; i < centring.length; i++) Arrays.fill(below, i * size, i * size + i % size, centring[i]);
        Expr diagonal = Matrices.diagonal(factors).log().times(constant(centring)).exp();
        return factors.times(Expr.vector(below).reshape(factors.shape())).plus(Matrices.diagonalMatrix(diagonal));
    }

    private Expr constant(double[] x) {
        return Expr.vector(x).reshape(rows());
    }

    private static boolean isAll(double[] degrees, double value) {
        return Arrays.stream(degrees).allMatch(c -> c == value);
    }
}
