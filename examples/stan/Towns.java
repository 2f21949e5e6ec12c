import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.autodiff.Matrices.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * Prices in towns that follow the prices of their neighbours: a simultaneous autoregression (Whittle 1954), price = rho W price +
 * alpha + beta income + noise, where W averages over neighbours. The density of the prices has the determinant of I - rho W, which
 * is not symmetric. The data are made.
 */
public final class Towns implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int n = m.integer("N");
        Expr alpha = m.sample("alpha", normal(0, 5));
        Expr beta = m.sample("beta", normal(0, 5));
        Expr sigma = m.sample("sigma", exponential(1));
        Expr rho = m.parameter("rho", Support.interval(-1, 1));
        Expr a = identity(n).minus(rho.times(neighbours(n, m.integers("node1"), m.integers("node2"))));
        m.observe(a.matmul(m.data("price")), normal(alpha.plus(beta.times(m.data("income"))), sigma));
        m.logDensity(logDeterminant(a));
        m.derive("effect_everywhere", beta.times(solve(a, ones(n)).mean()));
    }

    /** Row i has equal weights for the neighbours of i, which count from 1. */
    private static Expr neighbours(int n, int[] node1, int[] node2) {
        double[] w = new double[n * n];
        int[] count = new int[n];
        for (int e = 0; e < node1.length; e++) {
            count[node1[e] - 1]++;
            count[node2[e] - 1]++;
        }
        for (int e = 0; e < node1.length; e++) {
            int i = node1[e] - 1;
            int j = node2[e] - 1;
            w[i * n + j] = 1.0 / count[i];
            w[j * n + i] = 1.0 / count[j];
        }
        return Expr.vector(w).reshape(Shape.of(n, n));
    }
}
