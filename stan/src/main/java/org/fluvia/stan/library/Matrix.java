package org.fluvia.stan.library;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Tuple;

/** Functions of matrices. */
final class Matrix {
    private final Map<String, LibraryFunction> table;

    private Matrix(Map<String, LibraryFunction> table) {
        this.table = table;
    }

    static void put(Map<String, LibraryFunction> table) {
        Matrix m = new Matrix(table);
        m.ofOne();
        m.diagonals();
        m.forms();
        m.divisions();
        m.sparse();
    }

    private static Tensor of(Type type, Expr e) {
        return Tensor.of(type, e.shape().dims(), null, e);
    }

    private void matrix(String name, UnaryOperator<Expr> f) {
        table.put(name, a -> of(Type.MATRIX, f.apply(a.expr(0))));
    }

    private void number(String name, UnaryOperator<Expr> f) {
        table.put(name, a -> of(Type.REAL, f.apply(a.expr(0))));
    }

    private void ofOne() {
        table.put("transpose", a -> Arithmetic.transposed(a.tensor(0)));
        table.put("identity_matrix", a -> of(Type.MATRIX, Matrices.identity(Shaping.size(a.integer(0)))));
        matrix("crossprod", Matrices::crossprod);
        matrix("tcrossprod", Matrices::tcrossprod);
        matrix("multiply_lower_tri_self_transpose", l -> Matrices.tcrossprod(Matrices.lowerTriangle(l)));
        matrix("cholesky_decompose", Matrices::cholesky);
        matrix("inverse", Matrices::inverse);
        matrix("inverse_spd", Matrices::inverseSpd);
        matrix("chol2inv", l -> Matrices.solveCholesky(l, Matrices.identity(l.shape().dim(0))));
        matrix("matrix_exp", Matrices::matrixExponential);
        matrix("symmetrize_from_lower_tri", x -> {
            Expr below = Matrices.lowerTriangle(x);
            return below.plus(below.transpose()).minus(Matrices.diagonalMatrix(Matrices.diagonal(x)));
        });
        matrix("qr_thin_Q", Matrices::qrThinQ);
        matrix("qr_thin_R", Matrices::qrThinR);
        table.put("qr_thin", a -> new Tuple(List.of(of(Type.MATRIX, Matrices.qrThinQ(a.expr(0))), of(Type.MATRIX, Matrices.qrThinR(a.expr(0))))));
        matrix("eigenvectors_sym", Matrices::eigenvectorsSymmetric);
        table.put("eigenvalues_sym", a -> of(Type.VECTOR, Matrices.eigenvaluesSymmetric(a.expr(0))));
        table.put("eigendecompose_sym", a -> new Tuple(List.of(of(Type.MATRIX, Matrices.eigenvectorsSymmetric(a.expr(0))),
                of(Type.VECTOR, Matrices.eigenvaluesSymmetric(a.expr(0))))));
        number("determinant", Matrices::determinant);
        number("log_determinant", Matrices::logDeterminant);
        number("log_determinant_spd", Matrices::logDeterminantSpd);
        number("trace", Matrices::trace);
    }

    private void diagonals() {
        table.put("diag_matrix", a -> of(Type.MATRIX, Matrices.diagonalMatrix(a.expr(0))));
        table.put("diagonal", a -> of(Type.VECTOR, Matrices.diagonal(a.expr(0))));
        table.put("add_diag", a -> of(Type.MATRIX, Matrices.addToDiagonal(a.expr(0), a.expr(1))));
        table.put("diag_pre_multiply", a -> of(Type.MATRIX, Matrices.diagonalTimes(a.expr(0), a.expr(1))));
        table.put("diag_post_multiply", a -> of(Type.MATRIX, Matrices.timesDiagonal(a.expr(0), a.expr(1))));
    }

    private void forms() {
        for (String name : List.of("quad_form", "quad_form_sym")) table.put(name, a -> of(a.tensor(1).dims().length == 1
                ? Type.REAL : Type.MATRIX, form(a.expr(0), a.expr(1))));
        table.put("quad_form_diag", a -> of(Type.MATRIX, Matrices.quadraticFormDiagonal(a.expr(0), a.expr(1))));
        table.put("trace_quad_form", a -> {
            Expr form = form(a.expr(0), a.expr(1));
            return of(Type.REAL, form.shape().isScalar() ? form : Matrices.trace(form));
        });
        table.put("trace_gen_quad_form", a -> of(Type.REAL, a.expr(0).transpose().flatten().dot(form(a.expr(1), a.expr(2)).flatten())));
        table.put("trace_dot", a -> of(Type.REAL, a.expr(0).transpose().flatten().dot(a.expr(1).flatten())));
        table.put("matrix_exp_multiply", a -> of(Type.MATRIX, Matrices.matrixExponential(a.expr(0)).matmul(a.expr(1))));
        table.put("scale_matrix_exp_multiply", a -> of(Type.MATRIX, Matrices.matrixExponential(a.expr(1).times(a.expr(0))).matmul(a.expr(2))));
        table.put("matrix_power", a -> of(Type.MATRIX, power(a.expr(0), Shaping.size(a.integer(1)))));
    }

    private static Expr form(Expr a, Expr b) {
        Expr product = a.matmul(b);
        return b.shape().rank() == 1 ? b.dot(product) : Matrices.transposedTimes(b, product);
    }

    private static Expr power(Expr x, int n) {
        if (n == 0) return Matrices.identity(x.shape().dim(0));
        Expr half = power(x, n / 2);
        Expr square = n < 2 ? half : half.matmul(half);
        return n % 2 == 0 ? square : n == 1 ? x : square.matmul(x);
    }

    private void divisions() {
        left("mdivide_left", Matrices::solve);
        left("mdivide_left_spd", Matrices::solveSpd);
        left("mdivide_left_tri_low", Matrices::solveLower);
        table.put("mdivide_right", a -> Arithmetic.apply(Operator.DIVIDE, a.tensor(0), a.tensor(1)));
        right("mdivide_right_spd", Matrices::solveSpd);
        right("mdivide_right_tri_low", Matrices::solveLowerTransposed);
    }

    private void left(String name, BinaryOperator<Expr> f) {
        table.put(name, a -> of(a.type(1), f.apply(a.expr(0), a.expr(1))));
    }

    /** x with x A = b, which is A' x' = b': the operation is given A and b'. */
    private void right(String name, BinaryOperator<Expr> f) {
        table.put(name, a -> {
            if (a.type(0).is(Base.ROW_VECTOR)) return of(Type.ROW_VECTOR, f.apply(a.expr(1), a.expr(0)));
            return of(Type.MATRIX, f.apply(a.expr(1), a.expr(0).transpose()).transpose());
        });
    }

    private void sparse() {
        table.put("csr_matrix_times_vector", a -> {
            int rows = a.integer(0);
            double[] columns = a.uniform(3).numbers();
            double[] starts = a.uniform(4).numbers();
            if (starts.length != rows + 1) throw new Refusal("u must have one element more than there are rows");
            if (starts[0] != 1 || starts[rows] != columns.length + 1 || IntStream.range(0, rows).anyMatch(r -> starts[r] > starts[r + 1])) {
                throw new Refusal("u must begin with 1, not decrease, and end with one more than there are values, " + (columns.length + 1));
            }
            double[] row = new double[columns.length];
            double[] column = new double[columns.length];
            for (int r = 0; r < rows; r++) for (int k = (int) starts[r] - 1; k < starts[r + 1] - 1; k++) row[k] = r;
            for (int k = 0; k < column.length; k++) column[k] = columns[k] - 1;
            Expr products = a.expr(2).times(a.expr(5).get(Expr.vector(column)));
            return of(Type.VECTOR, Functions.segmentSum(products, Expr.vector(row), rows));
        });
        table.put("csr_extract_w", a -> Tensor.vector(nonZero(a, 'w')));
        table.put("csr_extract_v", a -> whole(nonZero(a, 'v')));
        table.put("csr_extract_u", a -> whole(nonZero(a, 'u')));
    }

    private static Tensor whole(double[] values) {
        return Tensor.of(Type.INT.array(1), new int[] {values.length}, null, values);
    }

    /** Of a matrix's elements that are not 0, row by row: the values, the columns, or where each row begins. */
    private static double[] nonZero(Arguments a, char what) {
        Tensor x = a.uniform(0);
        double[] all = x.numbers();
        double[] values = new double[Math.max(all.length, x.dim(0) + 1)];
        int n = 0;
        double[] starts = new double[x.dim(0) + 1];
        starts[0] = 1;
        for (int i = 0; i < x.dim(0); i++) {
            for (int j = 0; j < x.dim(1); j++) {
                double v = all[i * x.dim(1) + j];
                if (v != 0) values[n++] = what == 'w' ? v : j + 1;
            }
            starts[i + 1] = n + 1;
        }
        return what == 'u' ? starts : Arrays.copyOf(values, n);
    }
}
