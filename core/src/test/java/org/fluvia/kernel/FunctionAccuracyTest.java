package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors in units in the last place, against mpmath (functions.txt, made by functions.py) and StrictMath. */
class FunctionAccuracyTest {
    private record Reference(double x, double rounded, double restInUlps) {}

    private static final Map<UnaryOp, List<Reference>> REFERENCES = new EnumMap<>(UnaryOp.class);

    @BeforeAll
    static void read() throws IOException {
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                FunctionAccuracyTest.class.getResourceAsStream("functions.txt"), StandardCharsets.US_ASCII))) {
            for (String line = file.readLine(); line != null; line = file.readLine()) {
                String[] words = line.split(" ");
                REFERENCES.computeIfAbsent(UnaryOp.valueOf(words[0]), op -> new ArrayList<>()).add(new Reference(
                        Double.parseDouble(words[1]), Double.parseDouble(words[2]), Double.parseDouble(words[3])));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"EXP, 1", "LOG, 1", "LOG1P, 1", "EXPM1, 2", "TANH, 2", "SIGMOID, 1.25", "SOFTPLUS, 1.5", "LGAMMA, 4",
        "DIGAMMA, 4", "TRIGAMMA, 4", "ERF, 1", "ERFC, 4", "NORMAL_CDF, 4", "LOG_NORMAL_CDF, 4", "NORMAL_HAZARD, 4",
        "NORMAL_QUANTILE, 4", "LOG1M_EXP, 2", "SIN, 1", "COS, 1", "TAN, 2", "ASIN, 1", "ACOS, 1", "ATAN, 1", "SINH, 3",
        "COSH, 2", "CBRT, 1", "LOG_MILLS, 4", "LOG_SCALED_BESSEL_I0, 8", "BESSEL_SLOPE, 200"})
    void isWithinTheBoundOfHighPrecision(UnaryOp op, double bound) {
        List<Reference> references = REFERENCES.get(op);
        assertTrue(references.size() > 150, "points of " + op);
        double[] x = references.stream().mapToDouble(Reference::x).toArray();
        for (Kernels kernels : Implementations.all()) {
            double[] actual = new double[x.length];
            kernels.unary(op, x, 0, actual, 0, x.length);
            for (int i = 0; i < x.length; i++) {
                Reference reference = references.get(i);
                // digamma has a zero at 1.46, Mills' ratio is 1 at 0.3: beside it, ulps of 1 count.
                boolean hasZero = op == UnaryOp.DIGAMMA || op == UnaryOp.LOG_MILLS;
                double ulp = Math.ulp(hasZero ? Math.max(1, Math.abs(reference.rounded)) : reference.rounded);
                double error = Math.abs((actual[i] - reference.rounded) / ulp
                        - reference.restInUlps * Math.ulp(reference.rounded) / ulp);
                if (!(error <= bound)) {
                    fail(kernels.describe() + ": " + op + " of " + x[i] + " must be " + reference.rounded + " within " + bound
                            + " ulp, but was " + actual[i] + ", " + error + " ulp away");
                }
            }
        }
    }

    /** But for what arithmetic gives exactly. */
    @Test
    void everyFunctionHasReferencesAndABound() throws NoSuchMethodException {
        Set<UnaryOp> inexact = Arrays.stream(UnaryOp.values()).filter(op -> !op.isInstruction() && op != UnaryOp.IS_FINITE && op != UnaryOp.FLOOR)
                .collect(Collectors.toSet());
        CsvSource bounds = FunctionAccuracyTest.class.getDeclaredMethod("isWithinTheBoundOfHighPrecision", UnaryOp.class, double.class)
                .getAnnotation(CsvSource.class);
        assertEquals(inexact, REFERENCES.keySet());
        assertEquals(inexact, Arrays.stream(bounds.value()).map(row -> UnaryOp.valueOf(row.split(",")[0])).collect(Collectors.toSet()));
    }

    /** The bound is ours and StrictMath's documented one together; for the composed functions, what the composition adds. */
    @ParameterizedTest
    @CsvSource({"EXP, 2", "LOG, 2", "LOG1P, 2", "EXPM1, 3", "TANH, 4.5", "SIGMOID, 4.5", "SOFTPLUS, 4"})
    void isWithinTheBoundOfStrictMath(UnaryOp op, double bound) {
        DoubleUnaryOperator strict = switch (op) {
            case EXP -> StrictMath::exp;
            case LOG -> StrictMath::log;
            case LOG1P -> StrictMath::log1p;
            case EXPM1 -> StrictMath::expm1;
            case TANH -> StrictMath::tanh;
            case SIGMOID -> v -> v >= 0 ? 1 / (1 + StrictMath.exp(-v)) : StrictMath.exp(v) / (1 + StrictMath.exp(v));
            default -> v -> Math.max(v, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v)));
        };
        SplittableRandom random = new SplittableRandom(11);
        for (Numbers kind : Numbers.values()) {
            double[] x = kind.draw(random, 40_000);
            for (Kernels kernels : Implementations.all()) {
                double[] actual = new double[x.length];
                kernels.unary(op, x, 0, actual, 0, x.length);
                for (int i = 0; i < x.length; i++) {
                    double expected = strict.applyAsDouble(x[i]);
                    boolean same = Double.compare(expected, actual[i]) == 0;
                    if (!same && !(Math.abs(expected - actual[i]) <= bound * Math.ulp(expected))) {
                        fail(kernels.describe() + ": " + op + " of " + x[i] + " must be " + expected + " within " + bound
                                + " ulp, but was " + actual[i]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // At -infinity, -1, -0, +0, +infinity.
        "EXP, 0, 0.36787944117144233, 1, 1, Infinity", "LOG, NaN, NaN, -Infinity, -Infinity, Infinity",
        "LOG1P, NaN, -Infinity, -0.0, 0, Infinity", "EXPM1, -1, -0.6321205588285577, -0.0, 0, Infinity",
        "TANH, -1, -0.7615941559557649, -0.0, 0, 1", "SIGMOID, 0, 0.2689414213699951, 0.5, 0.5, 1",
        "SOFTPLUS, 0, 0.31326168751822286, 0.6931471805599453, 0.6931471805599453, Infinity",
        "LGAMMA, NaN, NaN, Infinity, Infinity, Infinity", "DIGAMMA, NaN, NaN, -Infinity, -Infinity, Infinity",
        "TRIGAMMA, NaN, NaN, Infinity, Infinity, 0", "IS_FINITE, 0, 1, 1, 1, 0", "NEG, Infinity, 1, 0, -0.0, -Infinity",
        "ABS, Infinity, 1, 0, 0, Infinity", "SQUARE, Infinity, 1, 0, 0, Infinity", "RECIPROCAL, -0.0, -1, -Infinity, Infinity, 0",
        "SQRT, NaN, NaN, -0.0, 0, Infinity", "ERF, -1, -0.8427007929497149, -0.0, 0, 1", "ERFC, 2, 1.8427007929497148, 1, 1, 0",
        "NORMAL_CDF, 0, 0.15865525393145707, 0.5, 0.5, 1",
        "LOG_NORMAL_CDF, -Infinity, -1.841021645009264, -0.6931471805599453, -0.6931471805599453, -0.0",
        "NORMAL_HAZARD, Infinity, 1.525135276160981, 0.7978845608028654, 0.7978845608028654, 0",
        "NORMAL_QUANTILE, NaN, NaN, -Infinity, -Infinity, NaN",
        "LOG1M_EXP, -0.0, -0.45867514538708193, -Infinity, -Infinity, NaN", "SIN, NaN, -0.8414709848078965, -0.0, 0, NaN",
        "COS, NaN, 0.5403023058681398, 1, 1, NaN", "TAN, NaN, -1.5574077246549023, -0.0, 0, NaN",
        "ASIN, NaN, -1.5707963267948966, -0.0, 0, NaN", "ACOS, NaN, 3.141592653589793, 1.5707963267948966, 1.5707963267948966, NaN",
        "ATAN, -1.5707963267948966, -0.7853981633974483, -0.0, 0, 1.5707963267948966",
        "SINH, -Infinity, -1.1752011936438014, -0.0, 0, Infinity", "COSH, Infinity, 1.543080634815244, 1, 1, Infinity",
        "CBRT, -Infinity, -1, -0.0, 0, Infinity", "FLOOR, -Infinity, -1, -0.0, 0, Infinity"})
    void isExactAtTheEdges(UnaryOp op, double minusInfinity, double minusOne, double minusZero, double zero, double infinity) {
        double[] x = new double[17];
        double[] expected = new double[17];
        double[][] pairs = {{Double.NEGATIVE_INFINITY, minusInfinity}, {-1, minusOne}, {-0.0, minusZero}, {0.0, zero},
            {Double.POSITIVE_INFINITY, infinity}, {Double.NaN, op == UnaryOp.IS_FINITE ? 0 : Double.NaN}};
        for (int i = 0; i < x.length; i++) {
            x[i] = pairs[i % 6][0];
            expected[i] = pairs[i % 6][1];
        }
        for (Kernels kernels : Implementations.all()) {
            double[] actual = new double[17];
            kernels.unary(op, x, 0, actual, 0, 17);
            for (int i = 0; i < 17; i++) {
                // Values that are not exact are here to show the place, their bounds are tested above.
                boolean same = Double.compare(expected[i], actual[i]) == 0;
                boolean near = expected[i] != 0 && Math.abs(expected[i] - actual[i]) <= 2 * Math.ulp(expected[i]);
                assertTrue(same || near, kernels.describe() + ": " + op + " of " + x[i] + " must be " + expected[i]
                        + ", but was " + actual[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXP", "EXPM1"})
    void overflowsWhereTheFunctionDoes(UnaryOp op) {
        double last = 709.782712893384;
        for (Kernels kernels : Implementations.all()) {
            double[] y = {last, Math.nextUp(last), 710, 711, 1e4, 1e300, Double.MAX_VALUE, -1};
            kernels.unary(op, y, 0, y, 0, y.length);
            assertTrue(y[0] > 1.797e308 && y[0] < Double.POSITIVE_INFINITY, op + ": " + y[0]);
            for (int i = 1; i < 7; i++) {
                assertEquals(Double.POSITIVE_INFINITY, y[i]);
            }
        }
    }

    @Test
    void expUnderflowsGradually() {
        for (Kernels kernels : Implementations.all()) {
            double[] y = {-745.13, -745.2, -746, -1e4, -1e300, -Double.MAX_VALUE, -708.5, -744};
            kernels.unary(UnaryOp.EXP, y, 0, y, 0, y.length);
            assertEquals(Double.MIN_VALUE, y[0]);
            for (int i = 1; i < 6; i++) {
                assertEquals(0, y[i]);
            }
            assertTrue(y[6] > 0 && y[6] < Double.MIN_NORMAL);
            assertEquals(2 * Double.MIN_VALUE, y[7]);
        }
    }
}
