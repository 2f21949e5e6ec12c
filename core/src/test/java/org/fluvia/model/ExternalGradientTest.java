package org.fluvia.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.ExternalDensity;
import org.fluvia.dist.Distributions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of the user's own code: each way to get them wrong has its message, and right ones are accepted. */
class ExternalGradientTest {
    private static final int D = 3;

    /** The right one, which others spoil: correlated, not quadratic, of scales 1, 2, 3. */
    private static double right(double[] x, double[] g) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double z = x[i] / (i + 1);
            sum += -0.5 * z * z + Math.sin(x[i]);
            g[i] = -z / (i + 1) + Math.cos(x[i]);
        }
        for (int i = 0; i + 1 < x.length; i++) {
            sum += 0.3 * x[i] * x[i + 1];
        }
        for (int i = 0; i < x.length; i++) {
            if (i > 0) g[i] += 0.3 * x[i - 1];
            if (i + 1 < x.length) g[i] += 0.3 * x[i + 1];
        }
        return sum;
    }

    private interface Spoil {
        void gradient(double[] x, double[] g);
    }

    private static ExternalDensity spoiled(Spoil spoil) {
        return (x, g) -> {
            double v = right(x, g);
            spoil.gradient(x, g);
            return v;
        };
    }

    private static String refusal(ExternalDensity density) {
        return refusal(Model.external("mine", D, density));
    }

    private static String refusal(Model model) {
        BoundModel m = model.bind(Data.empty());
        String message = assertThrows(ModelException.class, () -> m.checkExternalGradients(() -> true)).getMessage();
        assertEquals(message, assertThrows(ModelException.class, () -> m.checkExternalGradients(() -> true)).getMessage(), "the same each time");
        return message;
    }

    private static void isSaid(String message, String... words) {
        for (String w : words) assertTrue(message.contains(w), message);
    }

    @Test
    void theWrongSign() {
        isSaid(refusal(spoiled((x, g) -> Arrays.setAll(g, i -> -g[i]))), "model mine: external: the gradient has the wrong sign: at x = (",
                "x[1] of it is ", "but differences of the value give ", "Return the log-density and its gradient, not those of its negative.");
    }

    @Test
    void theWrongSignOfOneElement() {
        isSaid(refusal(spoiled((x, g) -> g[1] *= -1)), "x[2] of the gradient has the wrong sign");
    }

    @Test
    void aWrongFactor() {
        isSaid(refusal(spoiled((x, g) -> Arrays.setAll(g, i -> 2 * g[i]))), "the gradient is 2.0 times what it should be");
        isSaid(refusal(spoiled((x, g) -> g[2] *= 1.01)), "x[3] of the gradient is 1.01 times what it should be");
    }

    @Test
    void zero() {
        isSaid(refusal(spoiled((x, g) -> Arrays.fill(g, 0))), "the gradient is all zero, but the value is not constant");
        isSaid(refusal(spoiled((x, g) -> g[2] = 0)), "x[3] of the gradient is 0, but the value depends on it");
    }

    @Test
    void notSet() {
        isSaid(refusal((x, g) -> right(x, new double[D])), "the gradient is all zero: the code does not set the array");
        isSaid(refusal((x, g) -> {
            double[] mine = new double[D];
            double v = right(x, mine);
            g[0] = mine[0];
            g[2] = mine[2];
            return v;
        }), "the code does not set x[2] of the gradient");
    }

    @Test
    void addedToWhatIsThere() {
        isSaid(refusal((x, g) -> {
            double[] mine = new double[D];
            double v = right(x, mine);
            for (int i = 0; i < D; i++) g[i] += mine[i];
            return v;
        }), "the code adds to what the array of the gradient holds", "Arrays.fill(gradient, 0)");
    }

    @Test
    void aChangedArgument() {
        isSaid(refusal((x, g) -> {
            double v = right(x, g);
            x[1] = 0;
            return v;
        }), "its code changes its argument: x[2] = ", "x.clone()");
    }

    @Test
    void notANumberAtTimes() {
        isSaid(refusal(spoiled((x, g) -> g[1] = x[1] < 0 ? Math.log(x[1]) : g[1])),
                "the gradient is not finite at points where the value is: x[2] is NaN at x = (",
                "where the value is ", " points");
        isSaid(refusal(spoiled((x, g) -> g[0] = Double.POSITIVE_INFINITY)), "x[1] is Infinity", "16 of 16 points");
    }

    @Test
    void anotherFunctionsGradient() {
        isSaid(refusal(spoiled((x, g) -> g[1] += x[0])), "x[2] of the gradient is not the derivative of the value", "(value(x + h) - value(x - h)) / (2 h)");
    }

    @Test
    void namesTheArgumentWhereItHasOne() {
        Model model = Model.define("two", m -> {
            Expr theta = m.sample("theta", Distributions.normal(0, 1), D);
            m.logDensity(theta.external(spoiled((x, g) -> g[1] *= -1)));
            m.logDensity(theta.exp().external(ExternalGradientTest::right));
        });
        isSaid(refusal(model), "theta[2] of the gradient has the wrong sign: at theta = (");
    }

    @Test
    void oneElementOfManyIsFound() {
        int d = 200;
        Model model = Model.external("many", d, (x, g) -> {
            double v = 0;
            for (int i = 0; i < d; i++) {
                v -= 0.5 * x[i] * x[i];
                g[i] = i >= 100 ? x[i] : -x[i];
            }
            return v;
        });
        isSaid(refusal(model), "has the wrong sign", "... 200 elements)");
    }

    static Map<String, ExternalDensity> accepted() {
        Map<String, ExternalDensity> all = new LinkedHashMap<>();
        for (double scale : new double[] {1, 1e6, 1e-6, 1e-3, 1e3}) {
            for (double constant : new double[] {0, 1e8, -1e8, 1e300}) {
                for (double height : new double[] {1, 1e6, 1e-6}) {
                    all.put("scale " + scale + ", constant " + constant + ", height " + height, (x, g) -> {
                        double[] z = Arrays.stream(x).map(v -> v / scale).toArray();
                        double v = height * right(z, g);
                        for (int i = 0; i < g.length; i++) g[i] *= height / scale;
                        return v + constant;
                    });
                }
            }
        }
        all.put("scales mixed", (x, g) -> {
            double[] scales = {1e6, 1e-6, 1};
            double v = 1e8;
            for (int i = 0; i < D; i++) {
                v -= 0.5 * x[i] * x[i] / (scales[i] * scales[i]);
                g[i] = -x[i] / (scales[i] * scales[i]);
            }
            return v;
        });
        all.put("kinks", (x, g) -> {
            double v = 0;
            for (int i = 0; i < D; i++) {
                v -= Math.abs(x[i] - 0.3);
                g[i] = x[i] < 0.3 ? 1 : -1;
            }
            return v;
        });
        double[] data = new SplittableRandom(3).doubles(5000, -2, 2).toArray();
        all.put("a kink at every observation", (x, g) -> {
            Arrays.fill(g, 0);
            double v = 0;
            for (int i = 0; i < D; i++) {
                for (double y : data) {
                    v -= Math.abs(x[i] - y);
                    g[i] += y < x[i] ? -1 : 1;
                }
            }
            return v;
        });
        all.put("single precision", (x, g) -> (float) right(x, g));
        all.put("noise of a solver", (x, g) -> right(x, g) + 1e-7 * Math.sin(1e9 * x[0]) + 1e-7 * Math.cos(1e9 * x[1]));
        all.put("a random value", (x, g) -> right(x, g) + 1e-3 * Math.random());
        all.put("zero outside a box", (x, g) -> {
            double v = right(x, g);
            return Math.abs(x[0]) > 1 ? Double.NEGATIVE_INFINITY : v;
        });
        all.put("NaN at one point in a thousand", (x, g) -> {
            double v = right(x, g);
            if (x[0] > 1.998) g[0] = Double.NaN;
            return v;
        });
        all.put("throws far out", (x, g) -> {
            if (Math.abs(x[0]) > 1.5) throw new IllegalStateException("out of range");
            return right(x, g);
        });
        all.put("constant in an element", (x, g) -> {
            Arrays.fill(g, 0);
            g[0] = -x[0];
            return -0.5 * x[0] * x[0];
        });
        all.put("steep", (x, g) -> {
            Arrays.setAll(g, i -> -Math.sinh(20 * x[i]) * 20);
            return -Arrays.stream(x).map(v -> Math.cosh(20 * v)).sum();
        });
        return all;
    }

    static Iterable<String> names() {
        return accepted().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void rightGradientsAreAccepted(String name) {
        BoundModel m = Model.external("mine", D, accepted().get(name)).bind(Data.empty());
        assertDoesNotThrow(() -> m.checkExternalGradients(() -> true));
    }

    @Test
    void nothingIsAskedOfOtherModelsAndNoMoreOnceTheTimeIsUp() {
        Model.define("plain", m -> m.sample("x", Distributions.normal(0, 1))).bind(Data.empty()).checkExternalGradients(() -> {
            throw new AssertionError("asked");
        });
        AtomicInteger calls = new AtomicInteger();
        BoundModel m = Model.external("slow", D, spoiled((x, g) -> {
            calls.incrementAndGet();
            g[0] *= -1;
        })).bind(Data.empty());
        m.checkExternalGradients(() -> calls.get() < 5);
        assertTrue(calls.get() < 50, calls + " evaluations");
        assertFalse(calls.get() == 0);
    }
}
