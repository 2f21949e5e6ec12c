package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fluvia.flows.transformer.Transformers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no flow and no transformer can be made of is refused where it is given, and the message says what, where and which. */
class BadArgumentsTest {

    /** Every recipe, and every transformer that is a record. */
    static Stream<Record> recipes() {
        Stream<Object> flows = Stream.concat(Flows.table().rows().stream().map(family -> family.spec().get()),
                Stream.of(Flows.glow(2, 4, 4), new CircularCoupling()));
        return Stream.concat(flows, Transformers.table().rows().stream().map(family -> family.example()))
                .filter(Record.class::isInstance).map(Record.class::cast);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void badComponentsAreNamed(Record recipe) throws ReflectiveOperationException {
        RecordComponent[] components = recipe.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            for (Object bad : bad(components[i])) {
                Object[] values = values(recipe);
                values[i] = bad;
                String what = recipe.getClass().getSimpleName() + ": " + components[i].getName() + " = " + bad;
                Throwable thrown = assertThrows(InvocationTargetException.class, () -> made(recipe.getClass(), values), what).getCause();
                assertInstanceOf(IllegalArgumentException.class, thrown, what);
                String message = thrown.getMessage();
                assertTrue(message.startsWith(recipe.getClass().getSimpleName() + ": "), what + ", but " + message);
                assertTrue(message.contains(components[i].getName()) && message.contains(String.valueOf(bad)), what + ", but " + message);
            }
        }
    }

    /** What is made of good components equals the recipe: so it is the bad one that is refused above. */
    @ParameterizedTest
    @MethodSource("recipes")
    void goodComponentsAreTaken(Record recipe) throws ReflectiveOperationException {
        assertEquals(recipe, made(recipe.getClass(), values(recipe)));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertMessage("then: next must not be null", () -> Flows.realNvp().then(null));
        assertMessage("from: base must not be null", () -> Flows.realNvp().from(null));
        assertMessage("Flow: base must not be null", () -> Flows.realNvp().from(d -> null).build(2, 1));
        assertMessage("Flow: bijection must not be null", () -> Flow.of(null));
        assertMessage("FittedFlow: flow must not be null", () -> FittedFlow.of(null, new double[1]));
        assertMessage("FittedFlow: weights must not be null", () -> FittedFlow.of(Flows.diagonal().build(2, 1), null));
    }

    private static void assertMessage(String expected, Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    private static List<Object> bad(RecordComponent component) {
        if (component.getType() == int.class) return List.of(0, -1, Integer.MIN_VALUE);
        if (component.getType() == double.class) return List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        List<Object> bad = new ArrayList<>();
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) bad.add(null);
        if (component.getType() == List.class) bad.addAll(List.of(List.of(0), List.of(8, -1), Arrays.asList(8, null)));
        return bad;
    }

    private static Object[] values(Record recipe) throws ReflectiveOperationException {
        List<Object> values = new ArrayList<>();
        for (RecordComponent c : recipe.getClass().getRecordComponents()) values.add(c.getAccessor().invoke(recipe));
        return values.toArray();
    }

    private static Object made(Class<?> recipe, Object... values) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(recipe.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return recipe.getDeclaredConstructor(types).newInstance(values);
    }
}
