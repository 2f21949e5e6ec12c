package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The elementwise functions and their derivatives, against mpmath (functions.txt, made by functions.py). */
class FunctionsTest {
    /** Of zero derivative. */
    private static final Set<String> STEPS = Set.of("floor", "ceil", "sign");
    /** Of the whole value or of parts of it: AlongTest. */
    private static final Set<String> SHAPES = Set.of("sum", "product", "mean", "sd", "variance", "max", "min", "logSumExp", "softmax", "logSoftmax",
            "cumulativeSum", "reverseCumulativeSum", "diff", "reverse", "part", "segmentSum", "repeat", "repeatRows",
            "repeatColumns", "stack", "concatRows", "concatColumns");

    private static final Map<String, Function<Expr[], Expr>> CALLS = new HashMap<>();

    static {
        for (Method m : Functions.class.getDeclaredMethods()) {
            boolean elementwise = Arrays.stream(m.getParameterTypes()).allMatch(t -> t == Expr.class)
                    && !SHAPES.contains(m.getName());
            if (Modifier.isPublic(m.getModifiers()) && elementwise && !STEPS.contains(m.getName())) {
                CALLS.put(m.getName(), x -> call(m, x));
            }
        }
        CALLS.put("lmgamma1", x -> Functions.lmgamma(1, x[0]));
        CALLS.put("lmgamma3", x -> Functions.lmgamma(3, x[0]));
    }

    private static Expr call(Method m, Expr[] x) {
        try {
            return (Expr) m.invoke(null, (Object[]) x);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private record Line(String function, int arguments, double[] numbers) {}

    private static List<Line> lines() throws IOException {
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                FunctionsTest.class.getResourceAsStream("functions.txt"), StandardCharsets.US_ASCII))) {
            return file.lines().map(l -> l.split(" ")).map(w -> new Line(w[0], Integer.parseInt(w[1]),
                    Arrays.stream(w).skip(2).mapToDouble(Double::parseDouble).toArray())).toList();
        }
    }

    @Test
    void valuesAndDerivativesAreThoseOfHighPrecision() throws IOException {
        for (Line l : lines()) {
            Expr[] x = new Expr[l.arguments];
            for (int i = 0; i < x.length; i++) x[i] = Expr.perDraw("x" + i, Shape.scalar());
            Expr y = CALLS.get(l.function).apply(x);
            List<Expr> outputs = new ArrayList<>(List.of(y));
            outputs.addAll(Gradient.of(y, List.of(x)));
            Workspace w = Program.of(outputs).workspace();
            for (int i = 0; i < x.length; i++) w.set(x[i], DrawSource.of(new DMatrixRMaj(new double[][] {{l.numbers[i]}})));
            w.run(1);
            for (int k = 0; k < outputs.size(); k++) {
                double expected = l.numbers[l.arguments + k];
                double actual = w.perDraw(outputs.get(k)).get(0);
                // differences of digammas, and of log Gammas by a real n, are good to ulps of what is subtracted
                boolean difference = l.function.equals("lchoose") || l.function.equals("lbeta") && k > 0;
                double tolerance = Math.abs(expected) * (k == 0 ? 4e-15 : 2e-13) + (difference ? 1e-14 : 1e-16);
                if (Math.abs(expected) < 1e-15) tolerance = Math.abs(expected) * 1e-12 + 1e-320;
                assertEquals(expected, actual, tolerance, l.function + Arrays.toString(l.numbers) + " number " + k);
            }
        }
    }

    @Test
    void everyFunctionIsInTheReference() throws IOException {
        Set<String> tested = lines().stream().map(Line::function).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(CALLS.keySet()), tested);
    }

    private static double[] values(Expr y, Expr x, double... at) {
        Workspace w = Program.of(y).workspace();
        w.set(x, DrawSource.of(new DMatrixRMaj(new double[][] {at})));
        w.run(at.length);
        return Arrays.copyOf(w.perDraw(y).data, at.length);
    }

    /** d/dx phi(x)/Phi(x) tends to -1 in the left tail: its direct formula loses all digits there. */
    @Test
    void secondDerivativeOfLogNormalCdfHoldsInTheTail() {
        Expr x = Expr.perDraw("x", Shape.scalar());
        Expr second = Gradient.of(Gradient.of(Functions.logNormalCdf(x), x), x);
        double[] at = {-1e8, -1e4, -100.01, -99.99, -40, -1, 0, 10};
        // mpmath: m = phi(x) / Phi(x), -m (x + m) at 60 digits
        double[] expected = {-0.9999999999999999, -0.9999999900000006, -0.99990007992308808, -0.99990003997102737,
            -0.99937733162140861, -0.80090233442965121, -0.63661977236758134, -7.6945986267064193e-22};
        double[] actual = values(second, x, at);
        for (int i = 0; i < at.length; i++) assertEquals(expected[i], actual[i], 1e-11 * Math.abs(expected[i]), "at " + at[i]);
    }

    @Test
    void infinitiesAreCarriedWithoutNaN() {
        double inf = Double.POSITIVE_INFINITY;
        Expr x = Expr.perDraw("x", Shape.scalar());
        Expr minusInfinity = Expr.of(-inf);
        assertEquals(List.of(3.0, -inf, inf), boxed(values(Functions.logAddExp(x, minusInfinity), x, 3, -inf, inf)));
        assertEquals(List.of(3.0, -inf, inf), boxed(values(Functions.logDiffExp(x, minusInfinity), x, 3, -inf, inf)));
        assertEquals(List.of(-inf), boxed(values(Functions.logDiffExp(x, x), x, 3)));
        assertEquals(List.of(0.0, 0.0), boxed(values(Functions.xLogY(Expr.of(0), x), x, 0, 3)));
        assertEquals(List.of(0.0, 0.0), boxed(values(Functions.xLog1p(Expr.of(0), x), x, -1, 3)));
        Expr sum = Functions.logAddExp(x, minusInfinity);
        assertEquals(List.of(1.0, 0.0), boxed(values(Gradient.of(sum, x), x, 3, -inf)));
        Expr y = Functions.xLogY(Expr.of(0), x);
        assertEquals(List.of(0.0), boxed(values(Gradient.of(y, x), x, 0)));
    }

    @Test
    void stepsHaveValuesAndNoDerivative() {
        Expr x = Expr.perDraw("x", Shape.scalar());
        double[] at = {-1.5, -1, 0, 0.25, 7};
        assertEquals(List.of(-2.0, -1.0, 0.0, 0.0, 7.0), boxed(values(Functions.floor(x), x, at)));
        assertEquals(List.of(-1.0, -1.0, 0.0, 1.0, 7.0), boxed(values(Functions.ceil(x).plus(0.0), x, at).clone()));
        assertEquals(List.of(-1.0, -1.0, 0.0, 1.0, 1.0), boxed(values(Functions.sign(x), x, at)));
        for (Expr y : List.of(Functions.floor(x), Functions.ceil(x), Functions.sign(x))) {
            assertEquals(List.of(0.0), boxed(values(Gradient.of(y.times(2), x), x, 0.25)));
        }
    }

    private static List<Double> boxed(double[] x) {
        return Arrays.stream(x).map(v -> v + 0.0).boxed().toList();
    }

    @Test
    void dimensionOfMultivariateGammaIsChecked() {
        String message = assertThrows(IllegalArgumentException.class, () -> Functions.lmgamma(0, Expr.of(1))).getMessage();
        assertTrue(message.startsWith("lmgamma: dimension must be at least 1, but was 0 (FunctionsTest.java:"), message);
    }
}
