package org.fluvia.stan.library;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;

/** Functions of numbers, element by element. */
final class Numbers {
    private final Map<String, LibraryFunction> table;

    private Numbers(Map<String, LibraryFunction> table) {
        this.table = table;
    }

    static void put(Map<String, LibraryFunction> table) {
        Numbers n = new Numbers(table);
        n.ofOne();
        n.ofTwo();
        n.ofMore();
        n.logical();
        n.constants();
    }

    private void one(String name, UnaryOperator<Expr> f) {
        table.put(name, a -> Elementwise.map(a.tensor(0), f));
    }

    private void two(String name, BinaryOperator<Expr> f) {
        table.put(name, a -> Elementwise.map(a.tensor(0), a.tensor(1), f));
    }

    private void operator(String name, Operator operator) {
        table.put(name, a -> Arithmetic.apply(operator, a.tensor(0), a.tensor(1)));
    }

    private void ofOne() {
        table.put("abs", a -> Elementwise.mapWhole(a.tensor(0), Expr::abs));
        table.put("fabs", a -> Elementwise.map(a.tensor(0), Expr::abs));
        one("exp", Expr::exp);
        one("log", Expr::log);
        one("sqrt", Expr::sqrt);
        one("square", Expr::square);
        one("inv", Expr::reciprocal);
        one("inv_sqrt", x -> x.sqrt().reciprocal());
        one("inv_square", x -> x.square().reciprocal());
        one("cbrt", Functions::cbrt);
        one("exp2", Functions::exp2);
        one("expm1", Expr::expm1);
        one("log1p", Expr::log1p);
        one("log1m", Functions::log1m);
        one("log1p_exp", Expr::softplus);
        one("log1m_exp", Functions::log1mExp);
        one("logit", Functions::logit);
        one("inv_logit", Expr::sigmoid);
        one("log_inv_logit", Functions::logSigmoid);
        one("log1m_inv_logit", x -> Functions.logSigmoid(x.unaryMinus()));
        one("inv_cloglog", Functions::inverseCloglog);
        one("Phi", Functions::normalCdf);
        one("Phi_approx", x -> x.pow(3).times(0.07056).plus(x.times(1.5976)).sigmoid());
        one("inv_Phi", Functions::normalQuantile);
        one("std_normal_qf", Functions::normalQuantile);
        one("inv_erfc", x -> Functions.normalQuantile(x.times(0.5)).times(-Math.sqrt(0.5)));
        one("erf", Functions::erf);
        one("erfc", Functions::erfc);
        one("lgamma", Expr::lgamma);
        one("tgamma", x -> x.lgamma().exp());
        one("digamma", Expr::digamma);
        one("floor", Functions::floor);
        one("ceil", Functions::ceil);
        one("round", x -> Functions.sign(x).times(Functions.floor(x.abs().plus(0.5))));
        one("trunc", Numbers::trunc);
        one("sin", Functions::sin);
        one("cos", Functions::cos);
        one("tan", Functions::tan);
        one("asin", Functions::asin);
        one("acos", Functions::acos);
        one("atan", Functions::atan);
        one("sinh", Functions::sinh);
        one("cosh", Functions::cosh);
        one("tanh", Expr::tanh);
        one("asinh", Functions::asinh);
        one("acosh", Functions::acosh);
        one("atanh", Functions::atanh);
    }

    private static Expr trunc(Expr x) {
        return Functions.sign(x).times(Functions.floor(x.abs()));
    }

    private void ofTwo() {
        two("pow", Expr::pow);
        two("fmin", Expr::min);
        two("fmax", Expr::max);
        two("fdim", (x, y) -> x.minus(y).max(0));
        two("fmod", (x, y) -> x.minus(y.times(trunc(x.div(y)))));
        two("hypot", Functions::hypot);
        two("atan2", Functions::atan2);
        two("beta", (x, y) -> Functions.lbeta(x, y).exp());
        two("lbeta", Functions::lbeta);
        two("lchoose", Functions::lchoose);
        two("binomial_coefficient_log", Functions::lchoose);
        table.put("choose", a -> Elementwise.map(a.tensor(0), a.tensor(1), (n, k) -> choose((int) n, (int) k), (n, k) ->
                Functions.lchoose(n, k).exp(), Type.Base.INT));
        two("lmultiply", Functions::xLogY);
        two("multiply_log", Functions::xLogY);
        two("log_diff_exp", Functions::logDiffExp);
        two("log_inv_logit_diff", (x, y) -> Functions.logDiffExp(Functions.logSigmoid(x), Functions.logSigmoid(y)));
        two("log_rising_factorial", Functions::logRisingFactorial);
        two("rising_factorial", (x, n) -> Functions.logRisingFactorial(x, n).exp());
        two("log_falling_factorial", Numbers::logFalling);
        two("falling_factorial", (x, n) -> logFalling(x, n).exp());
        two("gamma_p", Functions::gammaP);
        two("gamma_q", Functions::gammaQ);
        two("ldexp", (x, n) -> x.times(Functions.exp2(n)));
        two("binary_log_loss", (y, p) -> y.times(p.log()).plus(Expr.of(1).minus(y).times(Functions.log1m(p))).unaryMinus());
        table.put("lmgamma", a -> Elementwise.map(a.tensor(1), x -> Functions.lmgamma(a.integer(0), x)));
    }

    private static Expr logFalling(Expr x, Expr n) {
        return x.plus(1).lgamma().minus(x.minus(n).plus(1).lgamma());
    }

    private static double choose(int n, int k) {
        if (k < 0 || k > n) return 0;
        int fewer = Math.min(k, n - k);
        double c = 1;
        for (int i = 1; i <= fewer && c < Double.POSITIVE_INFINITY; i++) c = c * (n - fewer + i) / i;
        return Math.rint(c);
    }

    private void ofMore() {
        table.put("fma", a -> Elementwise.map(List.of(a.tensor(0), a.tensor(1), a.tensor(2)), e -> e.get(0).times(e.get(1)).plus(e.get(2))));
        table.put("inc_beta", a -> Elementwise.map(List.of(a.tensor(0), a.tensor(1), a.tensor(2)), e ->
                Functions.incBeta(e.get(0), e.get(1), e.get(2))));
        operator("add", Operator.PLUS);
        operator("subtract", Operator.MINUS);
        operator("elt_multiply", Operator.ELEMENT_TIMES);
        operator("elt_divide", Operator.ELEMENT_DIVIDE);
        operator("multiply", Operator.TIMES);
        operator("divide", Operator.DIVIDE);
        operator("idivide", Operator.INTEGER_DIVIDE);
        operator("modulus", Operator.MODULO);
        table.put("if_else", a -> Elementwise.map(List.of(a.tensor(0), a.tensor(1), a.tensor(2)), e -> Expr.where(e.get(0), e.get(1), e.get(2))));
        table.put("to_int", a -> {
            Tensor x = a.tensor(0);
            double[] values = x.numbers().clone();
            for (int i = 0; i < values.length; i++) {
                if (!(Math.abs(values[i]) < Integer.MAX_VALUE)) throw new Refusal("to_int cannot take " + values[i]);
                values[i] = (int) values[i];
            }
            return Tensor.of(new Type(Type.Base.INT, x.type().arrays(), List.of()), x.dims(), x.lanes(), values);
        });
    }

    private void logical() {
        operator("logical_and", Operator.AND);
        operator("logical_or", Operator.OR);
        operator("logical_eq", Operator.EQUAL);
        operator("logical_neq", Operator.NOT_EQUAL);
        operator("logical_lt", Operator.LESS);
        operator("logical_lte", Operator.AT_MOST);
        operator("logical_gt", Operator.GREATER);
        operator("logical_gte", Operator.AT_LEAST);
        table.put("logical_negation", a -> Arithmetic.not(a.tensor(0)));
        table.put("int_step", a -> truth(a, x -> Expr.of(0).lt(x)));
        table.put("step", a -> Elementwise.map(a.tensor(0), x -> Expr.of(0).le(x)));
        table.put("is_nan", a -> truth(a, x -> x.eq(x).eq(0)));
        table.put("is_inf", a -> truth(a, x -> x.abs().eq(Double.POSITIVE_INFINITY)));
    }

    private static Tensor truth(Arguments a, UnaryOperator<Expr> f) {
        Tensor x = a.tensor(0);
        return Tensor.of(Type.INT, x.dims(), x.lanes(), f.apply(x.expr()));
    }

    private void constants() {
        constant("pi", Math.PI);
        constant("e", Math.E);
        constant("sqrt2", Math.sqrt(2));
        constant("not_a_number", Double.NaN);
        constant("positive_infinity", Double.POSITIVE_INFINITY);
        constant("negative_infinity", Double.NEGATIVE_INFINITY);
        constant("machine_precision", Math.ulp(1.0));
        both("log2", Math.log(2), Functions::log2);
        both("log10", Math.log(10), Functions::log10);
    }

    private void constant(String name, double value) {
        table.put(name, a -> Tensor.of(value));
    }

    /** A constant without arguments, and a function with one. */
    private void both(String name, double value, UnaryOperator<Expr> f) {
        table.put(name, a -> a.count() == 0 ? Tensor.of(value) : Elementwise.map(a.tensor(0), f));
    }
}
