package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.residual.Sylvester;
import org.fluvia.flows.transformer.Affine;
import org.fluvia.flows.transformer.Parameter;
import org.fluvia.flows.transformer.Transformer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No public factory, constructor or recipe of what flows are made of answers a null with a bare NullPointerException. */
class NullArgumentsTest {
    private static final List<String> PACKAGES = List.of("bijection", "conditioner", "layer", "residual", "transformer");
    /** One of each type that there is, which goes with the others. */
    private static final Map<Class<?>, Object> GOOD = Map.ofEntries(Map.entry(int.class, 2), Map.entry(long.class, 1L),
            Map.entry(double.class, 0.005), Map.entry(boolean.class, false), Map.entry(String.class, "name"),
            Map.entry(double[].class, new double[] {1, 2}), Map.entry(int[].class, new int[] {0, 1}),
            Map.entry(boolean[].class, new boolean[] {true, false}), Map.entry(DMatrixRMaj.class, new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}})),
            Map.entry(Expr.class, Expr.vector(1, 2)), Map.entry(Bijection.class, Permutation.reverse(2)), Map.entry(LuAffine.class, LuAffine.trainable(2)),
            Map.entry(Transformer.class, Affine.unbounded()), Map.entry(Context.class, Context.none()), Map.entry(Mlp.class, Mlp.of(4)),
            Map.entry(Masked.class, Masked.of(4)), Map.entry(Conditioner.Recipe.class, FreeWeights.trainable()), Map.entry(Mask.class, Mask.alternate(2)),
            Map.entry(Activation.class, Activation.tanh()), Map.entry(Sylvester.Basis.class, Sylvester.Basis.ORTHOGONAL),
            Map.entry(Parameter.class, Parameter.of("p", 0)), Map.entry(Integer.class, 3), Map.entry(Double.class, 0.5),
            Map.entry(LongFunction.class, (LongFunction<Bijection>) seed -> Permutation.reverse(2)),
            Map.entry(Base.class, Base.standardNormal(2)), Map.entry(Flow.class, Flows.diagonal().build(2, 1)),
            Map.entry(FlowSpec.class, Flows.diagonal()), Map.entry(FlowSpec.Use.class, FlowSpec.Use.DRAWS),
            Map.entry(IntFunction.class, (IntFunction<Base>) Base::standardNormal));

    private static Stream<Class<?>> classes() throws IOException, ClassNotFoundException {
        List<Class<?>> all = new ArrayList<>(List.of(Flow.class, Base.class, FittedFlow.class, Normalisation.class, Weights.class));
        for (FlowFamily family : Flows.table()) all.add(family.spec().get().getClass());
        all.addAll(List.of(Glow.class, CircularCoupling.class));
        Path root = Path.of(java.net.URI.create(String.valueOf(Flow.class.getResource("Flow.class")))).getParent();
        for (String name : PACKAGES) {
            try (Stream<Path> files = Files.list(root.resolve(name))) {
                for (String file : files.map(f -> f.getFileName().toString()).filter(f -> f.matches("\\w+\\.class")).sorted().toList()) {
                    all.add(Class.forName("org.fluvia.flows." + name + "." + file.replace(".class", "")));
                }
            }
        }
        return all.stream().distinct().filter(c -> Modifier.isPublic(c.getModifiers()) && !Catalogue.Row.class.isAssignableFrom(c));
    }

    /** An example of the type; null where there is none. */
    private static @Nullable Object good(Type type) {
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            Object element = good(p.getActualTypeArguments()[0]);
            return element == null ? null : List.of(element);
        }
        if (type instanceof ParameterizedType p) return good(p.getRawType());
        if (type instanceof java.lang.reflect.WildcardType w) return good(w.getUpperBounds()[0]);
        if (type instanceof Class<?> c && c.isArray() && !GOOD.containsKey(c)) {
            Object array = java.lang.reflect.Array.newInstance(c.getComponentType(), 1);
            java.lang.reflect.Array.set(array, 0, good(c.getComponentType()));
            return array;
        }
        return type instanceof Class<?> c ? GOOD.get(c) : null;
    }

    /** Null, and what has a null within. */
    private static List<@Nullable Object> bad(Class<?> type) {
        List<@Nullable Object> bad = new ArrayList<>(Collections.singletonList(null));
        if (type == List.class) bad.add(Collections.singletonList(null));
        if (type.isArray() && !type.getComponentType().isPrimitive()) bad.add(java.lang.reflect.Array.newInstance(type.getComponentType(), 1));
        return bad;
    }

    private static boolean isMade(Class<?> by, Class<?> type) {
        return type.isAssignableFrom(by) || by.isAssignableFrom(type) || type == Conditioner.Recipe.class;
    }

    private interface Call {
        Object of(Object[] arguments) throws ReflectiveOperationException;
    }

    private static int tried(Executable e, Call call, List<String> failures) throws ReflectiveOperationException {
        Object[] good = Arrays.stream(e.getGenericParameterTypes()).map(NullArgumentsTest::good).toArray();
        AnnotatedType[] annotated = e.getAnnotatedParameterTypes();
        int tried = 0;
        for (int i = 0; i < good.length; i++) {
            Class<?> type = e.getParameterTypes()[i];
            if (type.isPrimitive() || annotated[i].isAnnotationPresent(Nullable.class)) continue;
            String what = e.getDeclaringClass().getSimpleName() + "." + e.getName() + ", argument " + (i + 1) + " of " + good.length;
            if (good[i] == null) failures.add(what + ": there is no example of " + type);
            for (Object bad : bad(type)) {
                Object[] arguments = good.clone();
                arguments[i] = bad;
                tried++;
                try {
                    call.of(arguments);
                    failures.add(what + ": " + (bad == null ? "null" : "a null within") + " is taken");
                } catch (InvocationTargetException x) {
                    String message = String.valueOf(x.getCause().getMessage());
                    if (!(x.getCause() instanceof IllegalArgumentException) || !message.matches("(?s)[\\w.]+: .*\\bnull\\b.*")) {
                        failures.add(what + ": " + (bad == null ? "null" : "a null within") + " gives " + x.getCause());
                    }
                }
            }
        }
        return tried;
    }

    @Test
    void nullsAreNamed() throws IOException, ReflectiveOperationException {
        List<String> failures = new ArrayList<>();
        int tried = 0;
        for (Class<?> c : classes().toList()) {
            for (Constructor<?> made : c.getConstructors()) if (!Modifier.isAbstract(c.getModifiers())) tried += tried(made, made::newInstance, failures);
            for (Method m : c.getDeclaredMethods()) {
                boolean isPublic = Modifier.isPublic(m.getModifiers()) && Modifier.isStatic(m.getModifiers()) && !m.isSynthetic();
                if (isPublic && isMade(c, m.getReturnType()) && !m.getName().equals("valueOf")) {
                    tried += tried(m, arguments -> m.invoke(null, arguments), failures);
                }
            }
        }
        assertEquals(List.of(), failures, () -> String.join("\n", failures));
        assertTrue(tried > 100, tried + " tried");
    }

    @Test
    void everyRecipeNamesAContextThatIsNull() {
        List<String> failures = new ArrayList<>();
        for (FlowFamily family : Flows.table()) {
            for (int d : new int[] {1, 2, 3}) {
                try {
                    family.spec().get().build(d, 1, null);
                    failures.add(family.name() + " takes it");
                } catch (RuntimeException e) {
                    if (!String.valueOf(e.getMessage()).matches("\\w+: context must not be null")) failures.add(family.name() + " in " + d + " dimensions: " + e);
                }
            }
        }
        assertEquals(List.of(), failures, () -> String.join("\n", failures));
    }
}
