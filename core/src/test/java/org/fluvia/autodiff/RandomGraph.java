package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random computation over a pool of values of n elements or 1, with shared and per-draw ones mixed. */
final class RandomGraph {
    final int n;
    final Random random;
    final Expr z;
    final Expr weights;
    final Expr matrix;
    final Expr tall;
    final Expr index;
    final List<Expr> pool = new ArrayList<>();

    RandomGraph(int n, long seed, int operations) {
        this.n = n;
        random = new Random(seed);
        z = Expr.perDraw("z", Shape.of(n));
        weights = Expr.shared("weights", Shape.of(n), new Random(2).doubles(n, -1, 1).toArray());
        matrix = Expr.shared("matrix", Shape.of(n, n), new Random(3).doubles((long) n * n, -2.0 / n, 2.0 / n).toArray());
        tall = Expr.shared("tall", Shape.of(n, 3), new Random(4).doubles(3L * n, -0.4, 0.4).toArray());
        index = Expr.vector(new Random(5).ints(n, 0, n).asDoubleStream().toArray());
        pool.add(z);
        pool.add(weights);
        pool.add(z.get(2));
        for (int i = 0; i < operations; i++) pool.add(next());
    }

    private Expr any() {
        return pool.get(Math.max(0, pool.size() - 1 - random.nextInt(8)));
    }

    private Expr vector() {
        Expr x = any();
        return x.shape().isScalar() ? x.plus(weights) : x;
    }

    private Expr next() {
        return switch (random.nextInt(16)) {
            case 0 -> any().plus(any());
            case 1 -> any().minus(any());
            case 2 -> any().times(any()).tanh();
            case 3 -> any().sigmoid();
            case 4 -> any().square().plus(1).log();
            case 5 -> vector().dot(vector()).div(2 * n);
            case 6 -> vector().mean();
            case 7 -> matrix.matmul(vector());
            case 8 -> Expr.concat(vector().slice(2, n), vector().slice(0, 2));
            case 9 -> vector().get(index);
            case 10 -> vector().get(random.nextInt(n));
            case 11 -> Expr.where(any().lt(any()), vector(), any());
            case 12 -> vector().reshape(Shape.of(1, n)).flatten();
            case 13 -> tall.matmul(vector().slice(1, 4));
            case 14 -> weights.dot(vector()).div(n);
            default -> vector().logSumExp().abs().plus(0.1);
        };
    }

    Expr loss() {
        Expr sum = Expr.of(0);
        for (Expr x : pool.subList(pool.size() - 6, pool.size())) sum = sum.plus(x.sum());
        return sum.repeatedOverDraws();
    }
}
