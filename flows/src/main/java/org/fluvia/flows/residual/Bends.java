package org.fluvia.flows.residual;

import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Solve;
import org.fluvia.flows.bijection.Transformed;

/**
 * y = x + A tanh(p) with p = B x + c (m), where T = B A (m x m) is upper triangular with a diagonal above -1. By Sylvester's identity
 * det dy/dx = det(I + T diag(1 - tanh(p)^2)) = the product of 1 + t_i (1 - tanh(p_i)^2), which are positive.
 *
 * <p>Inverse: p + T tanh(p) = B y + c, whose last row is an increasing function of the last p alone, the row above one of the p before
 * given the last, and so on: m equations in one unknown, whose implicit derivatives are those of the Sherman-Morrison formula.
 *
 * @param into x to B x + c
 * @param out h to A h
 * @param diagonal that of T (m)
 * @param triangle T (m x m); only what is above its diagonal is read
 */
record Bends(UnaryOperator<Expr> into, UnaryOperator<Expr> out, Expr diagonal, Expr triangle) {

    Transformed forward(Expr x) {
        Expr p = into.apply(x);
        return new Transformed(x.plus(out.apply(p.tanh())), logDeterminant(p));
    }

    Transformed inverse(Expr y) {
        return back(y, (i, given, increasing) -> Solve.increasing(given, increasing));
    }

    Transformed inverseKnowing(Expr y, Expr x) {
        Expr known = into.apply(x);
        Transformed t = back(y, (i, given, increasing) -> Solve.increasingKnowing(given, known.slice(i, i + 1), increasing));
        return new Transformed(x.withDerivativeOf(t.value()), t.logAbsDetJacobian());
    }

    private interface Solution {
        Expr of(int i, Expr given, UnaryOperator<Expr> increasing);
    }

    private Transformed back(Expr y, Solution solution) {
        Expr image = into.apply(y);
        int m = diagonal.shape().size();
        Expr p = Expr.vector();
        for (int i = m - 1; i >= 0; i--) {
            Expr given = image.slice(i, i + 1);
            if (i < m - 1) given = given.minus(triangle.get(i).slice(i + 1, m).dot(p.tanh()));
            Expr slope = diagonal.slice(i, i + 1);
            Expr one = solution.of(i, given, q -> q.plus(slope.times(q.tanh())));
            p = i == m - 1 ? one : Expr.concat(one, p);
        }
        return new Transformed(y.minus(out.apply(p.tanh())), logDeterminant(p).unaryMinus());
    }

    private Expr logDeterminant(Expr p) {
        return diagonal.times(Expr.of(1).minus(p.tanh().square())).log1p().sum();
    }
}
