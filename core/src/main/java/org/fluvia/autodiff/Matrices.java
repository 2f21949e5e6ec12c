package org.fluvia.autodiff;

import java.util.Arrays;
import org.fluvia.autodiff.op.Op;

/**
 * Linear algebra, for {@code import static}. A matrix is the last two axes of a value; leading axes, where there are any, count
 * independent matrices, and are the same for all operands. Operands may be per draw or shared (data), in any combination.
 *
 * <p>A matrix that is not positive definite, or is singular, makes NaN for that draw, not an exception: the draw's log-density then
 * counts as minus infinity.
 */
public final class Matrices {
    private Matrices() {}

    // Products

    /**
     * The matrix product of a (m x k) and b, (k x p) or a vector (k). Stan's {@code a * b}; also {@link Expr#matmul}. Many matrices
     * a may share one vector b.
     *
     * @throws IllegalArgumentException if the shapes do not match
     */
    public static Expr matmul(Expr a, Expr b) {
        return matmul(false, false, a, b);
    }

    /** a' b for matrices a (k x m) and b (k x p), or a vector b (k), without the transpose in memory. */
    public static Expr transposedTimes(Expr a, Expr b) {
        return matmul(true, false, a, b);
    }

    /** a b' for matrices a (m x k) and b (p x k), without the transpose in memory. */
    public static Expr timesTransposed(Expr a, Expr b) {
        return matmul(false, true, a, b);
    }

    /** a' a. Stan's {@code crossprod}. */
    public static Expr crossprod(Expr a) {
        return matmul(true, false, a, a);
    }

    /** a a'. Stan's {@code tcrossprod} and, of a Cholesky factor, {@code multiply_lower_tri_self_transpose}. */
    public static Expr tcrossprod(Expr a) {
        return matmul(false, true, a, a);
    }

    /** The matrix x y' (m x n) of vectors x (m) and y (n). */
    public static Expr outer(Expr x, Expr y) {
        int m = vector("outer", x);
        int n = vector("outer", y);
        Stack s = new Stack(Stack.leading(x.shape(), x.shape().rank() - 1), m, n);
        return matmul(x.reshape(s.with(m, 1)), y.reshape(new Stack(Stack.leading(y.shape(), y.shape().rank() - 1), 1, n).with(1, n)));
    }

    /** x' a x for a square matrix a (n x n) and a vector x (n); x' a x (p x p) for a matrix x (n x p). Stan's {@code quad_form}. */
    public static Expr quadraticForm(Expr a, Expr x) {
        Stack.ofSquare("quadraticForm", a);
        Expr ax = matmul(a, x);
        return isVector(a, x) ? Functions.sum(x.times(ax), -1) : transposedTimes(x, ax);
    }

    /** diag(v) a diag(v) for a vector v (n) and a matrix a (n x n). Stan's {@code quad_form_diag}. */
    public static Expr quadraticFormDiagonal(Expr a, Expr v) {
        return diagonalTimes(v, timesDiagonal(a, v));
    }

    /** diag(v) a for a vector v (m) and a matrix a (m x n): row i times v[i]. Stan's {@code diag_pre_multiply}. */
    public static Expr diagonalTimes(Expr v, Expr a) {
        Stack s = Stack.of("diagonalTimes", a);
        check("diagonalTimes", v.shape().equals(s.with(s.rows())), v, a);
        return Functions.repeat(v, -1, s.columns()).times(a);
    }

    /** a diag(v) for a matrix a (m x n) and a vector v (n): column j times v[j]. Stan's {@code diag_post_multiply}. */
    public static Expr timesDiagonal(Expr a, Expr v) {
        Stack s = Stack.of("timesDiagonal", a);
        check("timesDiagonal", v.shape().equals(s.with(s.columns())), a, v);
        return a.times(Functions.repeat(v, v.shape().rank() - 1, s.rows()));
    }

    // Symmetric positive definite matrices

    /**
     * The lower triangular l with l l' = a and a positive diagonal, of a symmetric positive definite matrix a (n x n), whose lower
     * triangle is read. NaN where a is not positive definite. Stan's {@code cholesky_decompose}.
     */
    public static Expr cholesky(Expr a) {
        Stack s = Stack.ofSquare("cholesky", a);
        return Expr.of(new Cholesky(s.count(), s.rows()), a.shape(), a);
    }

    /** The x (n, or n x p) with a x = b, a symmetric positive definite. Stan's {@code mdivide_left_spd}. */
    public static Expr solveSpd(Expr a, Expr b) {
        return solveCholesky(cholesky(a), b);
    }

    /** The x (n, or n x p) with l l' x = b, where l is the Cholesky factor. */
    public static Expr solveCholesky(Expr l, Expr b) {
        return solveLowerTransposed(l, solveLower(l, b));
    }

    /** The inverse of a symmetric positive definite matrix. To solve, use {@link #solveSpd}. Stan's {@code inverse_spd}. */
    public static Expr inverseSpd(Expr a) {
        Stack s = Stack.ofSquare("inverseSpd", a);
        return crossprod(solveLower(cholesky(a), identity(a.shape(), s.rows())));
    }

    /** The logarithm of the determinant of a symmetric positive definite matrix. Stan's {@code log_determinant_spd}. */
    public static Expr logDeterminantSpd(Expr a) {
        return logDeterminantOfCholesky(cholesky(a));
    }

    /** log det(l l'), twice the sum of log l[i, i], where l is a Cholesky factor. */
    public static Expr logDeterminantOfCholesky(Expr l) {
        return Functions.sum(diagonal(l).log(), -1).times(2);
    }

    // Matrices of full column rank

    /**
     * The q (n x k) of x = q r for a matrix x (n x k) of full column rank, k at most n: its columns are orthonormal. By two rounds of
     * Cholesky factors (Yamamoto et al. 2015), orthonormal to rounding if the condition number of x is below 1e8. Stan's
     * {@code qr_thin_Q}.
     */
    public static Expr qrThinQ(Expr x) {
        Expr once = dividedByFactor("qrThinQ", x);
        return dividedByFactor("qrThinQ", once);
    }

    /** The r (k x k) of x = q r: upper triangular with a positive diagonal; see {@link #qrThinQ}. Stan's {@code qr_thin_R}. */
    public static Expr qrThinR(Expr x) {
        Expr once = dividedByFactor("qrThinR", x);
        return matmul(transpose(cholesky(crossprod(once))), transpose(cholesky(crossprod(x))));
    }

    private static Expr dividedByFactor(String operation, Expr x) {
        Stack s = Stack.of(operation, x);
        if (s.columns() > s.rows()) {
            throw new IllegalArgumentException(operation + ": the matrix must have no more columns than rows, but has shape " + x.shape()
                    + Source.suffix());
        }
        return transpose(solveLower(cholesky(crossprod(x)), transpose(x)));
    }

    // Square matrices

    /**
     * The x (n, or n x p) with a x = b for a square matrix a (n x n), by LU factors with row exchanges. Infinities or NaN where a is
     * singular. Where a is symmetric positive definite, {@link #solveSpd} is faster. Stan's {@code mdivide_left} and {@code a \ b}.
     */
    public static Expr solve(Expr a, Expr b) {
        Stack s = Stack.ofSquare("solve", a);
        checkSolve("solve", s, a, b);
        if (!a.isPerDraw() && b.isPerDraw() && s.leading().rank() == 0) return matmul(inverse(a), b); // computed once
        boolean perDraw = a.isPerDraw() || b.isPerDraw();
        Expr full = a.expand(a.shape(), perDraw);
        int p = isVector(a, b) ? 1 : b.shape().dim(b.shape().rank() - 1);
        return Expr.of(new LuSolve(false, s.count(), s.rows(), p), b.shape(), full, Lu.of(s, full), b.expand(b.shape(), perDraw));
    }

    /** The inverse of a square matrix. To solve, use {@link #solve}. Stan's {@code inverse}. */
    public static Expr inverse(Expr a) {
        Stack s = Stack.ofSquare("inverse", a);
        return solve(a, identity(a.shape(), s.rows()));
    }

    /** The determinant of a square matrix. Stan's {@code determinant}. */
    public static Expr determinant(Expr a) {
        return determinant(false, "determinant", a);
    }

    /**
     * The logarithm of the absolute value of the determinant of a square matrix; minus infinity where that is singular. Stan's
     * {@code log_determinant}. Of a symmetric positive definite matrix {@link #logDeterminantSpd} is faster.
     */
    public static Expr logDeterminant(Expr a) {
        return determinant(true, "logDeterminant", a);
    }

    private static Expr determinant(boolean log, String operation, Expr a) {
        Stack s = Stack.ofSquare(operation, a);
        return Expr.of(new LuDeterminant(log, s.count(), s.rows()), s.leading(), a, Lu.of(s, a));
    }

    /**
     * The exponential of a square matrix, I + a + a a / 2 + ...: of a matrix of rates, the probabilities to be in one state a unit of
     * time after another. Any number of derivatives, each of which costs about eight times the one before. Stan's {@code matrix_exp}.
     */
    public static Expr matrixExponential(Expr a) {
        Stack s = Stack.ofSquare("matrixExponential", a);
        return Expr.of(new MatrixExponential(s.count(), s.rows()), a.shape(), a);
    }

    // Symmetric matrices

    /**
     * The eigenvalues of a symmetric matrix a (n x n), whose lower triangle is read, ascending. Stan's {@code eigenvalues_sym}.
     */
    public static Expr eigenvaluesSymmetric(Expr a) {
        return eigen(false, a);
    }

    /**
     * The eigenvectors of a symmetric matrix a (n x n), whose lower triangle is read, as columns in the order of the eigenvalues, of
     * length 1 and with their largest element positive. The derivative is infinite where two eigenvalues are equal. Stan's
     * {@code eigenvectors_sym}, which leaves signs open.
     */
    public static Expr eigenvectorsSymmetric(Expr a) {
        return eigen(true, a);
    }

    private static Expr eigen(boolean vectors, Expr a) {
        Stack s = Stack.ofSquare(vectors ? "eigenvectorsSymmetric" : "eigenvaluesSymmetric", a);
        int n = s.rows();
        Expr both = Expr.of(new EigenSymmetric(s.count(), n), EigenSymmetric.shape(s.count(), n), a);
        return Expr.of(new EigenPart(vectors, s.count(), n), vectors ? a.shape() : s.with(n), a, both);
    }

    // Triangular matrices; the other triangle is not read

    /** The x (n, or n x p) with l x = b, l lower triangular. Stan's {@code mdivide_left_tri_low}. */
    public static Expr solveLower(Expr l, Expr b) {
        return solve(true, false, l, b);
    }

    /** The x (n, or n x p) with l' x = b, l lower triangular. */
    public static Expr solveLowerTransposed(Expr l, Expr b) {
        return solve(true, true, l, b);
    }

    /** The x (n, or n x p) with u x = b, u upper triangular. */
    public static Expr solveUpper(Expr u, Expr b) {
        return solve(false, false, u, b);
    }

    /** The lower triangle with the diagonal, zeros above. */
    public static Expr lowerTriangle(Expr a) {
        return triangle(a, true);
    }

    /** The upper triangle with the diagonal, zeros below. */
    public static Expr upperTriangle(Expr a) {
        return triangle(a, false);
    }

    // Diagonals

    /** The diagonal of a matrix (m x n): min(m, n) elements. Stan's {@code diagonal}. */
    public static Expr diagonal(Expr a) {
        Stack s = Stack.of("diagonal", a);
        int n = Math.min(s.rows(), s.columns());
        int[] from = new int[s.count() * n];
        for (int i = 0; i < from.length; i++) from[i] = i / n * s.rows() * s.columns() + i % n * (s.columns() + 1);
        return Along.select(a, s.with(n), from);
    }

    /** The square matrix with this vector on the diagonal, zeros elsewhere. Stan's {@code diag_matrix}. */
    public static Expr diagonalMatrix(Expr v) {
        int n = vector("diagonalMatrix", v);
        int count = v.shape().size() / Math.max(1, n);
        int[] from = new int[count * n * n];
        Arrays.fill(from, -1);
        for (int i = 0; i < count * n; i++) from[i / n * n * n + i % n * (n + 1)] = i;
        return Along.select(v, Axis.with(v.shape(), v.shape().rank(), n), from);
    }

    /** a with something added to its diagonal: a scalar, such as 1e-9 to keep it positive definite, or a vector. */
    public static Expr addToDiagonal(Expr a, Expr added) {
        Stack s = Stack.ofSquare("addToDiagonal", a);
        if (added.shape().isScalar()) return a.plus(added.times(identity(a.shape(), s.rows())));
        check("addToDiagonal", added.shape().equals(s.with(s.rows())), a, added);
        return a.plus(diagonalMatrix(added));
    }

    /** a with a number added to its diagonal. */
    public static Expr addToDiagonal(Expr a, double added) {
        return addToDiagonal(a, Expr.of(added));
    }

    /** The sum of the diagonal. Stan's {@code trace}. */
    public static Expr trace(Expr a) {
        return Functions.sum(diagonal(a), -1);
    }

    /** The identity matrix (n x n). Stan's {@code identity_matrix}. */
    public static Expr identity(int n) {
        return identity(Shape.of(n, n), n);
    }

    /** The transpose of the last two axes. */
    public static Expr transpose(Expr a) {
        Stack s = Stack.of("transpose", a);
        if (a.shape().rank() == 2) return a.transpose();
        int[] from = new int[a.shape().size()];
        int size = s.rows() * s.columns();
        for (int i = 0; i < from.length; i++) {
            int within = i % size;
            from[i] = i - within + within % s.rows() * s.columns() + within / s.rows();
        }
        return Along.select(a, s.with(s.columns(), s.rows()), from);
    }

    // For operations

    /** op(a) op(b), b a matrix or, where not transposed, a vector. */
    static Expr matmul(boolean transposeA, boolean transposeB, Expr a, Expr b) {
        Stack s = Stack.of("matmul", a);
        if (!transposeA && !transposeB && s.leading().rank() > 0 && b.shape().equals(Shape.of(s.columns()))) {
            return matmul(false, false, a.reshape(Shape.of(s.count() * s.rows(), s.columns())), b).reshape(s.with(s.rows()));
        }
        boolean vector = isVector(a, b) && !transposeB;
        boolean ranks = vector || b.shape().rank() == a.shape().rank();
        int last = b.shape().rank() - 1;
        int k = transposeA ? s.rows() : s.columns();
        int m = transposeA ? s.columns() : s.rows();
        int p = !ranks || vector ? 1 : b.shape().dim(transposeB ? last - 1 : last);
        if (!ranks || b.shape().dim(vector || transposeB ? last : last - 1) != k
                || !Stack.leading(b.shape(), s.leading().rank()).equals(s.leading())) {
            throw new IllegalArgumentException("matmul: shapes " + a.shape() + (transposeA ? " transposed" : "") + " and " + b.shape()
                    + (transposeB ? " transposed" : "") + " do not match" + Source.suffix()
                    + ". (m x k) times (k) or (k x p) is needed, with the same leading dimensions.");
        }
        Shape to = vector ? s.with(m) : s.with(m, p);
        boolean single = s.leading().rank() == 0;
        if (single && !a.isPerDraw()) return MatMul.of(transposeA, a, transposeB ? b.transpose() : b);
        if (single && !b.isPerDraw()) {
            return Expr.of(new MatMulShared(transposeB, m, k, p), to, transposeA ? a.transpose() : a, b);
        }
        return alike(new MatMulDraws(transposeA, transposeB, s.count(), m, k, p), to, a, b);
    }

    /** op(t)^-1 b for a triangular matrix t. */
    static Expr solve(boolean lower, boolean transpose, Expr t, Expr b) {
        String operation = lower ? "solveLower" : "solveUpper";
        Stack s = Stack.ofSquare(operation, t);
        checkSolve(operation, s, t, b);
        if (!t.isPerDraw() && s.leading().rank() == 0) {
            return lower ? TriangularSolve.of(transpose, t, b) : TriangularSolve.of(!transpose, t.transpose(), b);
        }
        int p = isVector(t, b) ? 1 : b.shape().dim(b.shape().rank() - 1);
        return alike(new TriangularSolveDraws(lower, transpose, s.count(), s.rows(), p), b.shape(), t, b);
    }

    private static void checkSolve(String operation, Stack s, Expr a, Expr b) {
        boolean vector = isVector(a, b);
        boolean ranks = vector || b.shape().rank() == a.shape().rank();
        int last = b.shape().rank() - 1;
        if (!ranks || b.shape().dim(vector ? last : last - 1) != s.rows()
                || !Stack.leading(b.shape(), s.leading().rank()).equals(s.leading())) {
            throw new IllegalArgumentException(operation + ": shapes " + a.shape() + " and " + b.shape() + " do not match"
                    + Source.suffix() + ". (n x n) and (n) or (n x p) are needed, with the same leading dimensions.");
        }
    }

    /** The lower triangle with half the diagonal. */
    static Expr lowerHalf(Expr x) {
        int n = x.shape().dim(x.shape().rank() - 1);
        double[] mask = new double[x.shape().size()];
        for (int i = 0; i < mask.length; i++) {
            int row = i / n % n;
            int column = i % n;
            mask[i] = column < row ? 1 : column == row ? 0.5 : 0;
        }
        return x.times(Expr.vector(mask).reshape(x.shape()));
    }

    static Expr triangle(Expr a, boolean lower) {
        Stack s = Stack.of("triangle", a);
        int[] from = new int[a.shape().size()];
        for (int i = 0; i < from.length; i++) {
            int row = i / s.columns() % s.rows();
            int column = i % s.columns();
            from[i] = lower && column > row || !lower && column < row ? -1 : i;
        }
        return Along.select(a, a.shape(), from);
    }

    /** An operation on operands of one kind: per draw if any is. */
    private static Expr alike(Op<Expr> op, Shape to, Expr a, Expr b) {
        boolean perDraw = a.isPerDraw() || b.isPerDraw();
        return Expr.of(op, to, a.expand(a.shape(), perDraw), b.expand(b.shape(), perDraw));
    }

    private static boolean isVector(Expr matrix, Expr x) {
        return x.shape().rank() == matrix.shape().rank() - 1;
    }

    private static int vector(String operation, Expr x) {
        if (x.shape().isScalar()) {
            throw new IllegalArgumentException(operation + ": the value must be a vector, but is a scalar" + Source.suffix());
        }
        return x.shape().dim(x.shape().rank() - 1);
    }

    /** Identity matrices (n x n) in a shape. */
    private static Expr identity(Shape shape, int n) {
        double[] values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) values[i] = i / n % n == i % n ? 1 : 0;
        return Expr.vector(values).reshape(shape);
    }

    static Expr identityLike(Expr a) {
        return identity(a.shape(), a.shape().dim(a.shape().rank() - 1));
    }

    private static void check(String operation, boolean match, Expr a, Expr b) {
        if (!match) {
            throw new IllegalArgumentException(operation + ": shapes " + a.shape() + " and " + b.shape() + " do not match"
                    + Source.suffix());
        }
    }
}
