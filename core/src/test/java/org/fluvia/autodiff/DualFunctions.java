package org.fluvia.autodiff;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.fluvia.autodiff.DualOracle.Dual;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.TernaryOp;

/** The elementwise functions of dual numbers, by java.lang.Math, Commons Numbers and plain series. */
final class DualFunctions {
    private DualFunctions() {}

    static Dual times(Dual a, Dual b) {
        return new Dual(a.v() * b.v(), a.t() * b.v() + a.v() * b.t());
    }

    static Dual exp(Dual a) {
        double e = Math.exp(a.v());
        return new Dual(e, a.t() * e);
    }

    static Dual unary(Unary u, Dual x) {
        double v = x.v();
        double[] r = switch (u.op()) { // value, derivative
            case NEG -> new double[] {-v, -1};
            case ABS -> new double[] {Math.abs(v), v < 0 ? -1 : 1};
            case SQUARE -> new double[] {v * v, 2 * v};
            case RECIPROCAL -> new double[] {1 / v, -1 / (v * v)};
            case SQRT -> new double[] {Math.sqrt(v), 0.5 / Math.sqrt(v)};
            case EXP -> new double[] {Math.exp(v), Math.exp(v)};
            case LOG -> new double[] {Math.log(v), 1 / v};
            case LOG1P -> new double[] {Math.log1p(v), 1 / (1 + v)};
            case EXPM1 -> new double[] {Math.expm1(v), Math.exp(v)};
            case TANH -> new double[] {Math.tanh(v), 1 / (Math.cosh(v) * Math.cosh(v))};
            case SIGMOID -> new double[] {1 / (1 + Math.exp(-v)), 1 / (2 + Math.exp(v) + Math.exp(-v))};
            case SOFTPLUS -> new double[] {Math.log1p(Math.exp(v)), 1 / (1 + Math.exp(-v))};
            case LGAMMA -> new double[] {LogGamma.value(v), Digamma.value(v)};
            case DIGAMMA -> new double[] {Digamma.value(v), Trigamma.value(v)};
            case TRIGAMMA -> new double[] {Trigamma.value(v), Double.NaN};
            case LOG_MILLS -> new double[] {Math.log(phi(-v) / density(v)), v - density(v) / phi(-v)};
            case LOG_SCALED_BESSEL_I0 -> new double[] {Math.log(bessel(0, v)) - v, bessel(1, v) / bessel(0, v) - 1};
            case BESSEL_SLOPE -> {
                double ratio = bessel(1, v) / bessel(0, v);
                yield new double[] {ratio - 1, 1 - ratio / v - ratio * ratio};
            }
            case IS_FINITE -> new double[] {Double.isFinite(v) ? 1 : 0, 0};
            case ERF -> new double[] {Erf.value(v), 2 / Math.sqrt(Math.PI) * Math.exp(-v * v)};
            case ERFC -> new double[] {Erfc.value(v), -2 / Math.sqrt(Math.PI) * Math.exp(-v * v)};
            case NORMAL_CDF -> new double[] {phi(v), density(v)};
            case LOG_NORMAL_CDF -> new double[] {Math.log(phi(v)), density(v) / phi(v)};
            case NORMAL_HAZARD -> new double[] {density(v) / phi(v), -density(v) / phi(v) * (v + density(v) / phi(v))};
            case NORMAL_QUANTILE -> {
                double q = -Math.sqrt(2) * InverseErfc.value(2 * v);
                yield new double[] {q, 1 / density(q)};
            }
            case LOG1M_EXP -> new double[] {Math.log(-Math.expm1(v)), -Math.exp(v) / -Math.expm1(v)};
            case SIN -> new double[] {Math.sin(v), Math.cos(v)};
            case COS -> new double[] {Math.cos(v), -Math.sin(v)};
            case TAN -> new double[] {Math.tan(v), 1 / (Math.cos(v) * Math.cos(v))};
            case ASIN -> new double[] {Math.asin(v), 1 / Math.sqrt((1 - v) * (1 + v))};
            case ACOS -> new double[] {Math.acos(v), -1 / Math.sqrt((1 - v) * (1 + v))};
            case ATAN -> new double[] {Math.atan(v), 1 / (1 + v * v)};
            case SINH -> new double[] {Math.sinh(v), Math.cosh(v)};
            case COSH -> new double[] {Math.cosh(v), Math.sinh(v)};
            case CBRT -> new double[] {Math.cbrt(v), Math.cbrt(v) / (3 * v)};
            case FLOOR -> new double[] {Math.floor(v), 0};
        };
        return new Dual(r[0], r[1] * x.t());
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double phi(double x) {
        return Erfc.value(-x / Math.sqrt(2)) / 2;
    }

    /** The regularised lower incomplete gamma function of small numbers, by its power series. */
    private static Dual gammaP(Dual a, Dual x) {
        Dual term = exp(new Dual(a.v() * Math.log(x.v()) - x.v() - LogGamma.value(a.v() + 1),
                a.t() * (Math.log(x.v()) - Digamma.value(a.v() + 1)) + (a.v() / x.v() - 1) * x.t()));
        Dual sum = new Dual(0, 0);
        for (int n = 1; n < 60; n++) {
            sum = new Dual(sum.v() + term.v(), sum.t() + term.t());
            term = times(term, new Dual(x.v() / (a.v() + n), (x.t() - x.v() / (a.v() + n) * a.t()) / (a.v() + n)));
        }
        return sum;
    }

    /** The logarithm of the regularised incomplete beta function by the odds, or its slope in them, by a series of positive terms. */
    static Dual ternary(Ternary t, Dual a, Dual b, Dual w) {
        Dual x = new Dual(w.v() / (1 + w.v()), w.t() / (1 + w.v()) / (1 + w.v()));
        Dual sum = new Dual(a.v() + b.v(), a.t() + b.t());
        Dual logX = new Dual(Math.log(x.v()), x.t() / x.v());
        Dual log1p = new Dual(Math.log1p(w.v()), w.t() / (1 + w.v()));
        Dual main = times(a, logX);
        Dual rest = times(b, log1p);
        Dual logWeight = new Dual(main.v() - rest.v() - LogBeta.value(a.v(), b.v()), main.t() - rest.t() - Digamma.value(a.v()) * a.t()
                - Digamma.value(b.v()) * b.t() + Digamma.value(sum.v()) * sum.t());
        Dual term = new Dual(1 / a.v(), -a.t() / a.v() / a.v());
        Dual series = term;
        for (int n = 1; n < 400; n++) {
            double ratio = (sum.v() + n - 1) / (a.v() + n);
            term = times(term, times(x, new Dual(ratio, (sum.t() - ratio * a.t()) / (a.v() + n))));
            series = new Dual(series.v() + term.v(), series.t() + term.t());
        }
        if (t.op() == TernaryOp.LOG_INC_BETA) return new Dual(logWeight.v() + Math.log(series.v()), logWeight.t() + series.t() / series.v());
        double slope = 1 / (w.v() * series.v());
        return new Dual(slope, -slope * (w.t() / w.v() + series.t() / series.v()));
    }

    /** I0 or I1 of a small number, by its power series. */
    private static double bessel(int order, double x) {
        double sum = 0;
        double term = order == 0 ? 1 : x / 2;
        for (int n = 1; n < 40; n++) {
            sum += term;
            term *= x * x / 4 / (n * (double) (n + order));
        }
        return sum;
    }

    static Dual binary(Binary b, Dual x, Dual y) {
        return switch (b.op()) {
            case ADD -> new Dual(x.v() + y.v(), x.t() + y.t());
            case SUB -> new Dual(x.v() - y.v(), x.t() - y.t());
            case MUL -> times(x, y);
            case DIV -> new Dual(x.v() / y.v(), (x.t() - x.v() / y.v() * y.t()) / y.v());
            case MIN -> x.v() <= y.v() ? x : y;
            case MAX -> x.v() >= y.v() ? x : y;
            case POW -> {
                double v = Math.pow(x.v(), y.v());
                yield new Dual(v, y.v() * Math.pow(x.v(), y.v() - 1) * x.t() + (y.t() == 0 ? 0 : v * Math.log(x.v()) * y.t()));
            }
            case LT -> new Dual(x.v() < y.v() ? 1 : 0, 0);
            case LE -> new Dual(x.v() <= y.v() ? 1 : 0, 0);
            case EQ -> new Dual(x.v() == y.v() ? 1 : 0, 0);
            case TANH_ADJOINT -> new Dual(x.v() * (1 - y.v() * y.v()), x.t() * (1 - y.v() * y.v()) - 2 * x.v() * y.v() * y.t());
            case LOG_ADD_EXP -> {
                double p = Math.exp(x.v());
                double q = Math.exp(y.v());
                yield new Dual(Math.log(p + q), (p * x.t() + q * y.t()) / (p + q));
            }
            case LBETA -> new Dual(LogBeta.value(x.v(), y.v()), Digamma.value(x.v()) * x.t() + Digamma.value(y.v()) * y.t()
                    - Digamma.value(x.v() + y.v()) * (x.t() + y.t()));
            case LOG_RISING -> new Dual(LogGamma.value(x.v() + y.v()) - LogGamma.value(x.v()),
                    Digamma.value(x.v() + y.v()) * (x.t() + y.t()) - Digamma.value(x.v()) * x.t());
            case RISING_SLOPE -> new Dual(Digamma.value(x.v() + y.v()) - Digamma.value(x.v()),
                    Trigamma.value(x.v() + y.v()) * (x.t() + y.t()) - Trigamma.value(x.v()) * x.t());
            case LOG_GAMMA_P -> {
                Dual p = gammaP(x, y);
                yield new Dual(Math.log(p.v()), p.t() / p.v());
            }
            case LOG_GAMMA_Q -> {
                Dual p = gammaP(x, y);
                yield new Dual(Math.log1p(-p.v()), -p.t() / (1 - p.v()));
            }
            case GAMMA_P_SLOPE, GAMMA_Q_SLOPE -> throw new AssertionError("no value without its function");
            case GAMMA_P_HAZARD, GAMMA_Q_HAZARD -> {
                Dual p = gammaP(x, y);
                Dual density = exp(new Dual((x.v() - 1) * Math.log(y.v()) - y.v() - LogGamma.value(x.v()),
                        (Math.log(y.v()) - Digamma.value(x.v())) * x.t() + ((x.v() - 1) / y.v() - 1) * y.t()));
                Dual tail = b.op() == BinaryOp.GAMMA_P_HAZARD ? p : new Dual(1 - p.v(), -p.t());
                double hazard = density.v() / tail.v();
                yield new Dual(hazard, (density.t() - hazard * tail.t()) / tail.v());
            }
            case ATAN2 -> new Dual(Math.atan2(x.v(), y.v()), (y.v() * x.t() - x.v() * y.t()) / (x.v() * x.v() + y.v() * y.v()));
        };
    }
}
