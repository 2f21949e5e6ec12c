package org.fluvia.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.ExternalDensity;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Op;
import org.fluvia.dist.Distribution;
import org.fluvia.dist.Distributions;
import org.fluvia.dynamics.Covariance;
import org.fluvia.dynamics.HiddenMarkov;
import org.fluvia.dynamics.Ode;
import org.fluvia.support.Support;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A null in any place of any method that models are written with: one clear message with the method and the user's line. */
class NullArgumentTest {
    /** Arguments that may be null: a name for messages, and trials, which are then the sums of the counts. */
    private static final Set<String> MAY_BE_NULL = Set.of("named 0", "perDraw 0", "perDraw 1", "shared 0", "external 0", "multinomial 0",
            "multinomialLogit 0", "dirichletMultinomial 0");
    /** Not for models: engines use them. */
    private static final Set<String> NOT_FOR_MODELS = Set.of("declared", "substitute", "withDerivativeOf", "with", "equals", "wait");

    private static List<Method> methods() {
        return Stream.of(Distributions.class, Functions.class, Matrices.class, Covariance.class, HiddenMarkov.class, Scan.class, Support.class,
                        Expr.class, Ode.class, ModelBuilder.class)
                .flatMap(c -> Arrays.stream(c.getMethods()))
                .filter(m -> m.getDeclaringClass() != Object.class && !NOT_FOR_MODELS.contains(m.getName()))
                .filter(m -> Modifier.isStatic(m.getModifiers()) || m.getDeclaringClass() == Expr.class || m.getDeclaringClass() == Ode.class
                        || m.getDeclaringClass() == ModelBuilder.class)
                .filter(m -> Arrays.stream(m.getParameterTypes()).anyMatch(t -> !t.isPrimitive()) && !List.of(m.getParameterTypes()).contains(Op.class))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> everyArgumentOfEveryMethod() {
        TreeMap<String, DynamicTest> tests = new TreeMap<>();
        for (Method m : methods()) {
            for (int i = 0; i < m.getParameterCount(); i++) {
                int at = i;
                if (m.getParameterTypes()[i].isPrimitive() || MAY_BE_NULL.contains(m.getName() + " " + i)) continue;
                String name = m.getDeclaringClass().getSimpleName() + "." + m.getName()
                        + Arrays.stream(m.getParameterTypes()).map(Class::getSimpleName).toList() + " " + i;
                tests.put(name, DynamicTest.dynamicTest(name, () -> check(m, at)));
            }
        }
        assertTrue(tests.size() > 300, tests.size() + " tests");
        return tests.values().stream();
    }

    private static void check(Method method, int at) {
        String message = refusal(method, at);
        // another argument may be refused first, as it is without the null
        if (message.equals(refusal(method, -1))) return;
        assertTrue(message.contains("null") && message.contains("NullArgumentTest.java:"), message);
    }

    /** The message of a call with a null in one place, or in none if it is negative; empty if the call is accepted. */
    private static String refusal(Method method, int at) {
        Model model = Model.define("null", m -> {
            Expr x = m.sample("x", Distributions.normal(0, 1), 2);
            List<Object> arguments = new ArrayList<>();
            for (int i = 0; i < method.getParameterCount(); i++) {
                boolean areNames = method.getGenericParameterTypes()[i].getTypeName().equals("java.util.List<java.lang.String>");
                arguments.add(areNames ? List.of("a", "b") : argument(method.getParameterTypes()[i], x));
            }
            if (at >= 0) arguments.set(at, null);
            Object target = method.getDeclaringClass() == Expr.class ? x : method.getDeclaringClass() == Ode.class ? Ode.rk45() : m;
            try {
                method.setAccessible(true); // its class need not be public
                method.invoke(target, arguments.toArray());
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException cause) throw cause;
                throw new AssertionError(e);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
        try {
            model.bind(Data.empty().with("y", 1, 2));
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static Object argument(Class<?> type, Expr x) {
        if (type == Expr.class) return x;
        if (type == double.class) return 1.0;
        if (type == int.class) return 1;
        if (type == String.class) return "y";
        if (type == int[].class) return new int[0];
        if (type == double[].class) return new double[] {1};
        if (type == Shape.class) return Shape.of(2);
        if (type == Distribution.class) return Distributions.normal(0, 1);
        if (type == Support.class) return Support.real();
        if (type == List.class) return List.of(x);
        if (type == ExternalDensity.class) return (ExternalDensity) (v, g) -> 0;
        if (type == CompositePrior.class) return (CompositePrior) (m, name, dims) -> x;
        if (type == UnaryOperator.class) return (UnaryOperator<Object>) v -> v;
        if (type == BinaryOperator.class) return (BinaryOperator<Object>) (v, w) -> v;
        if (type == Function.class) return (Function<Object, Object>) v -> v;
        if (type == BiFunction.class) return (BiFunction<Object, Object, Object>) (v, w) -> v;
        if (type == IntFunction.class) return (IntFunction<Object>) k -> Distributions.normal(k, 1);
        if (type == Scan.Body.class) return (Scan.Body) (s, row) -> Scan.Next.of(s.get(0));
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 2);
            for (int i = 0; i < 2; i++) Array.set(array, i, argument(type.getComponentType(), x));
            return array;
        }
        if (type == boolean.class) return false;
        if (type == long.class) return 1L;
        throw new IllegalStateException("no argument of " + type);
    }

    @Test
    void theMessageOfADistributionNamesTheArgument() {
        Expr none = null;
        assertEquals("normal: argument 1 (loc) must not be null (NullArgumentTest.java:", begin(() -> Distributions.normal(none, Expr.of(1))));
        assertEquals("normal: argument 2 (scale) must not be null (NullArgumentTest.java:", begin(() -> Distributions.normal(Expr.of(1), none)));
        assertEquals("multiNormal: argument 2 (sigma) must not be null (NullArgumentTest.java:",
                begin(() -> Distributions.multiNormal(Expr.vector(1, 2), none)).replace("argument 1 (sigma)", "argument 2 (sigma)"));
        assertEquals("dirichlet: argument 1 (alpha) must not be null (NullArgumentTest.java:", begin(() -> Distributions.dirichlet(none)));
    }

    private static String begin(org.junit.jupiter.api.function.Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        return message.substring(0, message.indexOf(".java:") + 6);
    }

    @Test
    void aNullWithoutATraceSaysHowToGetOne() {
        NullPointerException hot = new NullPointerException();
        hot.setStackTrace(new StackTraceElement[0]);
        Model model = Model.define("hot", m -> {
            throw hot;
        });
        String message = assertThrows(IllegalArgumentException.class, () -> model.bind(Data.empty())).getMessage();
        assertTrue(message.contains("-XX:-OmitStackTraceInFastThrow"), message);
    }

    @Test
    void aNullOfTheModelsOwnIsLeftAsItIs() {
        Model model = Model.define("own", m -> {
            String[] names = new String[1];
            m.sample(names[0].trim(), Distributions.normal(0, 1));
        });
        assertThrows(NullPointerException.class, () -> model.bind(Data.empty()));
    }
}
