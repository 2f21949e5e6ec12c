package org.fluvia.stan.translate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How functions of the library are written in Java. In a pattern {@code $0} is the first argument as an {@code Expr}, {@code #0} as one or a
 * number, {@code %0} as a number of Java.
 */
final class Functions {
    private static final Map<String, Pattern> TABLE = new HashMap<>();

    /**
     * @param isElementwise whether it takes numbers one by one
     * @param from the class of which the pattern's functions are; empty for methods
     */
    record Pattern(String java, String from, boolean isElementwise) {}

    static {
        methods("abs fabs:abs square inv:reciprocal sqrt exp log log1p expm1 tanh inv_logit:sigmoid log1p_exp:softplus lgamma digamma");
        statics("log1m log1m_exp:log1mExp logit exp2 log2 log10 cbrt floor ceil erf erfc Phi:normalCdf inv_Phi:normalQuantile"
                + " std_normal_qf:normalQuantile std_normal_lcdf:logNormalCdf std_normal_lccdf:logNormalCcdf log_inv_logit:logSigmoid"
                + " inv_cloglog:inverseCloglog sin cos tan asin acos atan sinh cosh asinh acosh atanh", 1);
        statics("hypot atan2 lbeta lchoose gamma_p:gammaP gamma_q:gammaQ log_diff_exp:logDiffExp multiply_log:xLogY lmultiply:xLogY"
                + " log_rising_factorial:logRisingFactorial binomial_coefficient_log:lchoose", 2);
        statics("log_mix:logMix inc_beta:incBeta", 3);
        each("pow", "$0.pow(#1)");
        each("fmin", "$0.min(#1)");
        each("fmax", "$0.max(#1)");
        each("add", "$0.plus(#1)");
        each("subtract", "$0.minus(#1)");
        each("elt_multiply", "$0.times(#1)");
        each("elt_divide", "$0.div(#1)");
        each("inv_sqrt", "$0.sqrt().reciprocal()");
        each("inv_square", "$0.square().reciprocal()");
        each("tgamma", "$0.lgamma().exp()");
        each("beta", "Functions:lbeta($0, $1).exp()");
        each("choose", "Functions:lchoose($0, $1).exp()");
        each("log1m_inv_logit", "Functions:logSigmoid($0.unaryMinus())");
        each("log_inv_logit_diff", "Functions:logDiffExp(logSigmoid($0), logSigmoid($1))");
        each("fma", "$0.times(#1).plus(#2)");
        each("fdim", "$0.minus(#1).max(0)");
        each("if_else", "Expr.where($0, $1, $2)");
        each("int_step", "Expr.of(0).lt($0)");
        each("step", "Expr.of(0).le($0)");
        whole("sum", "$0.sum()");
        whole("mean", "$0.mean()");
        whole("log_sum_exp", "$0.logSumExp()");
        whole("dot_self", "$0.dot($0)");
        whole("dot_product", "$0.dot($1)");
        whole("norm2", "$0.dot($0).sqrt()");
        whole("norm1", "$0.abs().sum()");
        whole("multiply", "$0.times(#1)");
        whole("prod", "Functions:product($0)");
        for (String name : List.of("min", "max", "variance", "sd", "softmax", "reverse")) whole(name, "Functions:" + name + "($0)");
        whole("log_softmax", "Functions:logSoftmax($0)");
        whole("cumulative_sum", "Functions:cumulativeSum($0)");
        whole("head", "$0.slice(0, %1)");
        whole("row", "$0.get(%1 - 1)");
        whole("col", "$0.column(%1 - 1)");
        for (String name : List.of("rep_vector", "rep_row_vector")) whole(name, "Functions:repeat($0, 0, %1)");
        for (String name : List.of("zeros_vector", "zeros_row_vector", "zeros_array")) whole(name, "Functions:zeros(%0)");
        for (String name : List.of("ones_vector", "ones_row_vector", "ones_array")) whole(name, "Functions:ones(%0)");
        for (String name : List.of("to_row_vector", "to_array_1d", "to_array_2d")) whole(name, "$0");
        for (String name : List.of("append_row", "append_col", "append_array")) whole(name, "Expr.concat($0, $1)");
        for (String name : List.of("cholesky_decompose:cholesky", "inverse_spd:inverseSpd", "log_determinant_spd:logDeterminantSpd", "inverse", "determinant",
                "log_determinant:logDeterminant", "matrix_exp:matrixExponential", "diagonal", "diag_matrix:diagonalMatrix", "trace", "crossprod", "tcrossprod",
                "multiply_lower_tri_self_transpose:tcrossprod")) {
            whole(stan(name), "Matrices:" + java(name) + "($0)");
        }
        whole("transpose", "$0.transpose()");
        whole("identity_matrix", "Matrices:identity(%0)");
        for (String name : List.of("diag_pre_multiply:diagonalTimes", "diag_post_multiply:timesDiagonal", "quad_form:quadraticForm",
                "quad_form_diag:quadraticFormDiagonal", "mdivide_left_spd:solveSpd", "mdivide_left_tri_low:solveLower", "mdivide_left:solve")) {
            whole(stan(name), "Matrices:" + java(name) + "($0, $1)");
        }
        whole("add_diag", "Matrices:addToDiagonal($0, #1)");
        whole("rows_dot_product", "Functions:sum($0.times($1), 1)");
        whole("columns_dot_product", "Functions:sum($0.times($1), 0)");
        for (String name : List.of("gp_exp_quad_cov:exponentiatedQuadratic", "cov_exp_quad:exponentiatedQuadratic", "gp_exponential_cov:matern12",
                "gp_matern32_cov:matern32", "gp_matern52_cov:matern52")) {
            whole(stan(name), "Covariance:" + java(name) + "($0, $1, $2)");
        }
        whole("gp_periodic_cov", "Covariance:periodic($0, $1, $2, $3)");
        for (String name : List.of("rows", "num_elements", "size")) whole(name, "$0.shape().dim(0)");
        whole("cols", "$0.shape().dim(1)");
        number("pi", "Math.PI");
        number("e", "Math.E");
        number("sqrt2", "Math.sqrt(2)");
        number("log2", "Math.log(2)");
        number("machine_precision", "Math.ulp(1.0)");
        number("negative_infinity", "Double.NEGATIVE_INFINITY");
        number("positive_infinity", "Double.POSITIVE_INFINITY");
        number("not_a_number", "Double.NaN");
    }

    private Functions() {}

    private static String stan(String pair) {
        return pair.split(":", 0)[0];
    }

    private static String java(String pair) {
        return pair.contains(":") ? pair.split(":", 0)[1] : pair;
    }

    private static void methods(String pairs) {
        for (String pair : pairs.split(" ", 0)) each(stan(pair), "$0." + java(pair) + "()");
    }

    private static void statics(String pairs, int arguments) {
        String given = arguments == 1 ? "($0)" : arguments == 2 ? "($0, $1)" : "($0, $1, $2)";
        for (String pair : pairs.split(" ", 0)) each(stan(pair), "Functions:" + java(pair) + given);
    }

    private static void each(String name, String java) {
        put(name, java, true);
    }

    private static void whole(String name, String java) {
        put(name, java, false);
    }

    private static void number(String name, String java) {
        TABLE.put(name + "()", new Pattern(java, "", false));
    }

    private static void put(String name, String java, boolean isElementwise) {
        int colon = java.indexOf(':');
        TABLE.put(name, new Pattern(java.substring(colon + 1), colon < 0 ? "" : java.substring(0, colon), isElementwise));
    }

    /** Null where it is not translated. */
    static @Nullable Pattern of(String name, int arguments) {
        return TABLE.get(arguments == 0 ? name + "()" : name);
    }
}
