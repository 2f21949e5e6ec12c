package org.fluvia.kernel.scalar;

import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.TernaryOp;
import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.special.Arithmetic;
import org.fluvia.kernel.special.BesselFunctions;
import org.fluvia.kernel.special.GammaFunctions;
import org.fluvia.kernel.special.GammaRatios;
import org.fluvia.kernel.special.IncompleteBeta;
import org.fluvia.kernel.special.IncompleteGamma;
import org.fluvia.kernel.special.NormalFunctions;
import org.fluvia.kernel.special.Power;
import org.fluvia.kernel.special.ScalarFunctions;
import org.fluvia.kernel.special.Trigonometry;

/** The functions that have no vectors, one number at a time; both kernels use them. */
public final class RareFunctions {
    private RareFunctions() {}

    private static final double LOG_2 = 0x1.62e42fefa39efp-1;

    public static void apply(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = value(op, x[xOff + i]);
        }
    }

    public static double value(UnaryOp op, double x) {
        return switch (op) {
            case ERF -> NormalFunctions.erf(x);
            case ERFC -> NormalFunctions.erfc(x);
            case NORMAL_CDF -> NormalFunctions.normalCdf(x);
            case LOG_NORMAL_CDF -> NormalFunctions.logNormalCdf(x);
            case NORMAL_HAZARD -> NormalFunctions.normalHazard(x);
            case NORMAL_QUANTILE -> NormalFunctions.normalQuantile(x);
            case LOG1M_EXP -> ScalarFunctions.log1mExp(x);
            case SIN -> Trigonometry.sin(x);
            case COS -> Trigonometry.cos(x);
            case TAN -> Trigonometry.tan(x);
            case ASIN -> StrictMath.asin(x);
            case ACOS -> StrictMath.acos(x);
            case ATAN -> StrictMath.atan(x);
            case SINH -> Trigonometry.sinh(x);
            case COSH -> Trigonometry.cosh(x);
            case CBRT -> StrictMath.cbrt(x);
            case FLOOR -> Math.floor(x);
            case LOG_MILLS -> NormalFunctions.logMills(x);
            case LOG_SCALED_BESSEL_I0 -> BesselFunctions.logScaledI0(x);
            case BESSEL_SLOPE -> BesselFunctions.slope(x);
            default -> throw new IllegalArgumentException("rare functions: op must be one of them, but was " + op);
        };
    }

    public static double value(BinaryOp op, double x, double y) {
        return switch (op) {
            case POW -> Power.pow(x, y);
            case LOG_ADD_EXP -> logAddExp(x, y);
            case LBETA -> GammaFunctions.logBeta(x, y);
            case ATAN2 -> StrictMath.atan2(x, y);
            case LOG_RISING -> GammaRatios.logRising(x, y);
            case TANH_ADJOINT -> tanhAdjoint(x, y);
            case RISING_SLOPE -> GammaRatios.risingSlope(x, y);
            case LOG_GAMMA_P -> IncompleteGamma.logP(x, y);
            case LOG_GAMMA_Q -> IncompleteGamma.logQ(x, y);
            case GAMMA_P_SLOPE -> IncompleteGamma.slopeP(x, y);
            case GAMMA_Q_SLOPE -> IncompleteGamma.slopeQ(x, y);
            case GAMMA_P_HAZARD -> IncompleteGamma.hazardP(x, y);
            case GAMMA_Q_HAZARD -> IncompleteGamma.hazardQ(x, y);
            default -> throw new IllegalArgumentException("rare functions: op must be one of them, but was " + op);
        };
    }

    public static void apply(TernaryOp op, double[] x, int xOff, int xStep, double[] y, int yOff, int yStep, double[] z, int zOff, int zStep,
                      double[] out, int outOff, int n) {
        IncompleteBeta.Part part = switch (op) {
            case LOG_INC_BETA -> IncompleteBeta.Part.LOG;
            case INC_BETA_SLOPE_A -> IncompleteBeta.Part.SLOPE_A;
            case INC_BETA_SLOPE_B -> IncompleteBeta.Part.SLOPE_B;
            case INC_BETA_HAZARD -> IncompleteBeta.Part.HAZARD;
        };
        for (int i = 0; i < n; i++) {
            out[outOff + i] = IncompleteBeta.of(x[xOff + i * xStep], y[yOff + i * yStep], z[zOff + i * zStep], part);
        }
    }

    public static double tanhAdjoint(double x, double y) {
        return Arithmetic.fma(-(x * y), y, x);
    }

    private static double logAddExp(double x, double y) {
        // equal infinities have no difference
        if (x == y) return x + LOG_2;
        return Math.max(x, y) + ScalarFunctions.log1p(ScalarFunctions.exp(-Math.abs(x - y)));
    }
}
