package org.fluvia.model;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.ExternalDensity;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Null, and other arguments that cannot be right, are refused where they are given, and named. */
class NullArgumentsTest {
    @Test
    void modelsAndData() {
        refused("model: name", () -> Model.define(null, m -> { }));
        refused("model: definition", () -> Model.define("m", null));
        refused("model: source", () -> Model.of(null));
        refused("model: logDensity", () -> Model.logDensity("m", 2, (Function<Expr, Expr>) null));
        refused("model: density", () -> Model.external("m", 2, (ExternalDensity) null));
        // what binds a model is no line of it
        assertEquals("bind: data must not be null",
                assertThrows(IllegalArgumentException.class, () -> Model.define("m", m -> { }).bind(null)).getMessage());
        refused("data: file", () -> Data.json((Path) null));
        refused("data: file", () -> Data.csv((Path) null));
        refused("data: in", () -> Data.json((InputStream) null, "x"));
        refused("data: json", () -> Data.jsonText(null));
        refused("data: csv", () -> Data.csvText(null));
        refused("data: variables", () -> Data.of((Map<String, ?>) null));
        refused("data: y", () -> Data.empty().with("y", (double[]) null));
        refused("data: y", () -> Data.empty().with("y", (int[]) null));
        refused("data: y", () -> Data.empty().with("y", (double[][]) null));
        refused("data: a row of y", () -> Data.empty().with("y", new double[][] {{1}, null}));
        refused("data: y", () -> Data.builder().with("y", (double[]) null));
        refused("data: the shape of y", () -> Data.empty().with("y", (Shape) null, 1.0));
        refused("data: a name", () -> Data.empty().with(null, 1));
        assertEquals("model: dimension must be at least 1, but was 0",
                assertThrows(IllegalArgumentException.class, () -> Model.logDensity("m", 0, x -> x)).getMessage());
    }

    @Test
    void declarations() {
        declares("data: a name", m -> m.data(null));
        declares("data: a name", m -> m.numbers(null));
        declares("model: a name", m -> m.sample(null, normal(0, 1)));
        declares("sample: the prior of x", m -> m.sample("x", (Distribution) null));
        declares("sample: the prior of x", m -> m.sample("x", (CompositePrior) null));
        declares("sample: the support of x", m -> m.sample("x", normal(0, 1), (Support) null));
        declares("parameter: the support of x", m -> m.parameter("x", null));
        declares("observe: the values", m -> m.observe((Expr) null, normal(0, 1)));
        declares("observe: the distribution of y", m -> m.observe("y", null));
        declares("predict: the distribution of z", m -> m.predict("z", null));
        declares("derive: the value of z", m -> m.derive("z", null));
        declares("logDensity: the term", m -> m.logDensity(null));
    }

    private static void declares(String what, Consumer<ModelBuilder> definition) {
        refused(what, () -> Model.define("m", definition).bind(Data.empty().with("y", 1, 2)));
    }

    private static void refused(String what, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.startsWith(what + " must not be null (NullArgumentsTest.java:"), message);
    }
}
