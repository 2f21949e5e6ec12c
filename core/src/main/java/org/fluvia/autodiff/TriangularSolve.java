package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * The solution Y of op(L) Y = B with a shared lower triangular matrix L (n x n) and B, a vector (n) or a matrix (n x p), shared
 * or per draw. Substitution on rows, forward for L and backward for its transpose. What L holds above the diagonal is
 * not read.
 */
record TriangularSolve(boolean transpose, int n) implements Op<Expr> {
    /** Rows solved at a time; what they owe to the rows before is one matrix product. */
    private static final int BLOCK = 8;

    /** op(l)^-1 b; shapes are known to match. */
    static Expr of(boolean transpose, Expr l, Expr b) {
        return Expr.of(new TriangularSolve(transpose, l.shape().dim(0)), b.shape(), l, b);
    }

    @Override
    public String label() {
        return "solveLower";
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public Expr perDraw(Expr node, List<Expr> operands) {
        return Matrices.solve(true, transpose, operands.get(0), operands.get(1));
    }

    /** B gets c = op(L)^-T g, and L gets -c Y' (transposed: -Y c') at and below the diagonal. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr c = TriangularSolve.of(!transpose, y.operand(0), g.materialize(y));
        Expr left = transpose ? y : c;
        Expr right = transpose ? c : y;
        Expr outer = y.isPerDraw() ? OuterDraws.of(left, right)
                : MatMul.of(false, MatMul.asMatrix(left), MatMul.asMatrix(right).transpose());
        return new Expr[] {outer.times(belowDiagonal()).unaryMinus(), c};
    }

    private Expr belowDiagonal() {
        double[] mask = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) mask[i * n + j] = 1;
        }
        return Expr.vector(mask).reshape(Shape.of(n, n));
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int length = f.length(out);
        int width = n == 0 ? 0 : length / n;
        double[] y = f.array(out);
        int at = f.at(out);
        // rows not solved yet hold -b, so that products with solved rows can be added to them
        f.kernels.unary(UnaryOp.NEG, f.array(in[1]), f.at(in[1]), y, at, length);
        double[] l = f.array(in[0]);
        int diagonal = f.at(in[0]);
        for (int done = 0; done < n; done += BLOCK) {
            int rows = Math.min(BLOCK, n - done);
            int from = transpose ? n - done - rows : done;
            int solved = transpose ? from + rows : 0;
            if (done > 0) {
                int factors = diagonal + (transpose ? solved * n + from : from * n);
                f.gemm(transpose, false, rows, width, done, l, factors, n, y, at + solved * width, width,
                        true, y, at + from * width, width);
            }
            for (int k = 0; k < rows; k++) {
                int row = transpose ? from + rows - 1 - k : from + k;
                for (int other = transpose ? from + rows - 1 : from; other != row; other += transpose ? -1 : 1) {
                    double factor = l[diagonal + (transpose ? other * n + row : row * n + other)];
                    f.kernels.axpy(factor, y, at + other * width, y, at + row * width, width);
                }
                f.kernels.binary(BinaryOp.DIV, y, at + row * width, -l[diagonal + row * n + row], y, at + row * width, width);
            }
        }
    }
}
