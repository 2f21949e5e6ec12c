package org.fluvia.model;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** Sizes that cannot be, positions counted from the wrong end, and what is lawful but hardly meant. */
class SlipsTest {
    private static final Data DATA = Data.empty().with("y", 1, 2, 3).with("N", -3).with("M", 2_000_000_000).with("sizes", 4, -7);

    private static String refusal(Consumer<ModelBuilder> definition) {
        return assertThrows(IllegalArgumentException.class, () -> Model.define("test", definition).bind(DATA)).getMessage();
    }

    private static void says(String message, String regex) {
        assertTrue(message.matches(regex), message);
    }

    @Test
    void negativeSizesNameTheValueAndTheNumberOfTheData() {
        String end = " must not have a negative dimension, but has -3 \\(N of the data\\) \\(SlipsTest.java:\\d+\\)\\. An empty value has dimension 0\\.";
        says(refusal(m -> m.sample("x", normal(0, 1), m.integer("N"))), "sample: x" + end);
        says(refusal(m -> m.sample("x", normal(0, 1), Support.positive(), 2, m.integer("N"))), "sample: x" + end);
        says(refusal(m -> m.parameter("x", Support.real(), m.integer("N"))), "parameter: x" + end);
        says(refusal(m -> m.predict("x", normal(0, 1), m.integer("N"))), "predict: x" + end);
        says(refusal(m -> m.data("y", m.integer("N"))), "data: y" + end);
        says(refusal(m -> m.sample("x", Horseshoe.of(0.1), m.integer("N"))), "sample: x" + end);
        says(refusal(m -> m.sample("x", normal(0, 1), m.integers("sizes")[1])), "sample: x .* has -7 \\(sizes\\[2] of the data\\) .*");
        says(refusal(m -> m.sample("x", normal(0, 1), -5)), "sample: x must not have a negative dimension, but has -5 \\(SlipsTest.*");
    }

    @Test
    void hugeSizesNameThemToo() {
        says(refusal(m -> m.sample("x", normal(0, 1), m.integer("M"))),
                "sample: x must have at most 10000000 elements, but has 2000000000 \\(M of the data\\) \\(SlipsTest.java:\\d+\\)\\. Is the number right\\?");
        says(refusal(m -> m.parameter("x", Support.covMatrix(), m.integer("M"), m.integer("M"))), "parameter: x .* has 2000000000 .* x 2000000000 .*");
        says(refusal(m -> m.parameter("x", Support.real(), 1 << 31 - 1, 1 << 30, 1 << 30)), "parameter: x must have at most .*");
    }

    @Test
    void shapesOfAnySizeAreCountedRight() {
        for (int[] dims : new int[][] {{1 << 30, 1 << 30, 1 << 30}, {1 << 16, 1 << 16, 1 << 16, 1 << 16}, {Integer.MAX_VALUE, 2}}) {
            String message = assertThrows(IllegalArgumentException.class, () -> Shape.of(dims)).getMessage();
            says(message, "shape: .* elements \\(SlipsTest.java:\\d+\\); at most 2147483647 are possible");
        }
        says(assertThrows(IllegalArgumentException.class, () -> Shape.of(2, -1)).getMessage(),
                "shape: dimensions must not be negative, but were \\(2 x -1\\) \\(SlipsTest.java:\\d+\\)");
        assertEquals(0, Shape.of(1 << 30, 1 << 30, 1 << 30, 0).size());
    }

    @Test
    void positionsSayHowTheyCount() {
        String end = " \\(SlipsTest.java:\\d+\\)\\. Code counts from 0; names such as theta\\[1] count from 1\\.";
        Expr v = Expr.vector(new double[21]);
        Expr matrix = v.reshape(Shape.of(3, 7));
        for (Runnable wrong : List.<Runnable>of(() -> v.get(21), () -> v.get(-1))) {
            says(assertThrows(IllegalArgumentException.class, wrong::run).getMessage(), "get: index (21|-1) must be from 0 to 20" + end);
        }
        says(assertThrows(IllegalArgumentException.class, () -> matrix.column(7)).getMessage(), "column: index 7 must be a column of shape \\(3 x 7\\)" + end);
        says(assertThrows(IllegalArgumentException.class, () -> v.slice(3, 22)).getMessage(),
                "slice: \\[3, 22\\) must lie in the first dimension of \\(21\\)" + end);
    }

    private static List<String> warnings(Consumer<ModelBuilder> definition, String... unused) {
        Data data = Data.empty().with("y", 1, 2, 3).with("sigma", 2);
        for (String name : unused) data = data.with(name, 1);
        return Model.define("test", definition).bind(data).warnings();
    }

    @Test
    void whatIsMeantGivesNoWarning() {
        assertEquals(List.of(), warnings(m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            m.observe("y", normal(mu, m.number("sigma")));
            for (int i = 0; i < 3; i++) m.observe(m.data("y").get(i), normal(mu, 2));
        }));
    }

    @Test
    void dataObservedTwiceAreSaid() {
        List<String> w = warnings(m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            m.observe("y", normal(mu, m.data("sigma")));
            m.observe(m.data("y"), normal(mu, 3));
        });
        assertEquals(1, w.size());
        says(w.get(0), "observe: y is observed twice \\(SlipsTest.java:\\d+ and SlipsTest.java:\\d+\\): its density counts twice\\.");
    }

    @Test
    void parametersNamedAsDataAreSaid() {
        List<String> w = warnings(m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            m.observe("y", normal(mu, m.data("sigma")));
            m.parameter("sigma", Support.positive());
            m.derive("N", mu);
        }, "N");
        assertEquals(3, w.size(), w.toString());
        says(w.get(0), "sigma \\(SlipsTest.java:\\d+\\) has the name of a variable of the data, and is another value: the data are m.data\\(\"sigma\"\\)\\.");
        says(w.get(1), "N \\(SlipsTest.java:\\d+\\) has the name .*");
        assertEquals("data: the model does not use N of the data.", w.get(2));
    }

    @Test
    void dataThatNobodyUsesAreSaid() {
        List<String> w = warnings(m -> m.observe("y", normal(m.sample("mu", normal(0, 1)), m.data("sigma"))), "K", "prior_only");
        assertEquals(List.of("data: the model does not use K, prior_only of the data."), w);
    }
}
