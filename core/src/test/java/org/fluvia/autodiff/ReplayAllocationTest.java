package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.LongStream;
import org.fluvia.autodiff.ode.OdeSettings;
import org.fluvia.autodiff.ode.Trajectory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last, like the kernels' test: whether C2 keeps vectors out of the heap depends on what else ran. */
@Order(Integer.MAX_VALUE)
class ReplayAllocationTest {
    private static Expr linearAlgebra(Expr z, Expr matrix) {
        Expr a = Matrices.addToDiagonal(Matrices.tcrossprod(Matrices.outer(z, z).plus(matrix)), 1);
        Expr l = Matrices.cholesky(a);
        return Matrices.logDeterminantOfCholesky(l).plus(Matrices.solveCholesky(l, z).square().sum())
                .plus(Matrices.trace(Matrices.matmul(l, matrix)))
                .plus(Matrices.eigenvectorsSymmetric(a).sum())
                .plus(Matrices.solve(matrix.plus(a), z).sum()).plus(Matrices.logDeterminant(matrix.plus(a)))
                .plus(Matrices.matrixExponential(a.times(0.01)).sum());
    }

    private static Expr dynamics(Expr z, Expr weights) {
        Expr scan = Scan.of(z.get(0), weights, (h, x) -> h.times(x).plus(z.get(1)).tanh()).states().sum();
        Expr ode = Trajectory.of((t, y) -> z.get(2).tanh().times(y).plus(t), z.slice(3, 5), Expr.of(0), Expr.vector(0.5, 1),
                new OdeSettings(false, 1e-3, 1e-3, 100));
        Expr stiff = Trajectory.of((t, y) -> z.get(2).tanh().minus(y), z.get(3), Expr.of(0), Expr.vector(1),
                new OdeSettings(true, 1e-3, 1e-3, 100));
        Expr end = Trajectory.end((t, y) -> y.times(weights.slice(0, 2)).tanh().times(z.get(2)), z.slice(3, 5), 0, 1,
                new OdeSettings(false, 1e-3, 1e-3, 100));
        return scan.plus(ode.sum()).plus(stiff.sum()).plus(end.sum());
    }

    private static Expr functions(Expr z, Expr index) {
        Expr x = Functions.concatColumns(Functions.repeatRows(z, 3), Functions.repeatColumns(z.slice(1, 4), 2));
        Expr parts = Expr.concat(Functions.sum(x, 0), Functions.max(x, 1), Functions.logSumExp(x, -1));
        Expr sums = Functions.segmentSum(Functions.cumulativeSum(z), index, 5);
        return parts.plus(Functions.logNormalCdf(parts)).plus(Functions.sin(parts)).sum()
                .plus(Functions.lbeta(sums.exp(), z.exp()).sum()).plus(Functions.softmax(x).get(0).dot(x.get(Expr.vector(2, 0)).get(1)));
    }

    @Test
    void aReplayAllocatesNothing() {
        RandomGraph g = new RandomGraph(5, 5, 80);
        Expr loss = g.loss().plus(dynamics(g.z, g.weights)).plus(linearAlgebra(g.z, g.matrix)).plus(functions(g.z, g.index));
        List<Expr> gradients = Gradient.of(loss, List.of(g.weights, g.matrix));
        Workspace w = Program.of(loss, gradients.get(0), gradients.get(1)).workspace();
        NormalNoise[] noise = LongStream.range(0, 200).mapToObj(NormalNoise.of(1)::step).toArray(NormalNoise[]::new);
        double[] weights = {1, 2, 3, 4, 5};
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 200 && allocated > 0; round++) {
            long before = bean.getThreadAllocatedBytes(id);
            for (int k = 0; k < 200; k++) {
                w.set(g.weights, weights, 0);
                w.set(g.z, noise[k]);
                w.run(128);
            }
            allocated = bean.getThreadAllocatedBytes(id) - before;
        }
        assertEquals(0, allocated, "bytes in 200 replays");
    }
}
