package org.fluvia.model;

import static org.fluvia.dist.Distributions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** What a model shows of itself, and of the data that are missing. */
class ModelTextTest {
    @Test
    void aModelShowsWhatItDeclaresOnceItIsBound() {
        Model model = Model.define("schools", m -> {
            Expr mu = m.sample("mu", normal(0, 5));
            Expr tau = m.sample("tau", exponential(1));
            Expr z = m.sample("z", normal(0, 1), 2);
            m.parameter("p", Support.simplex(), 3);
            Expr theta = m.derive("theta", mu.plus(tau.times(z)));
            m.observe("y", normal(theta, 1));
            m.predict("next", normal(mu, tau));
        });
        assertEquals("model schools, without data: print bind(data) to see its parameters", model.toString());
        assertEquals(List.of("model schools, 6 unconstrained dimensions", "  parameter mu scalar, real", "  parameter tau scalar, at least 0",
                "  parameter z (2), real", "  parameter p (3), simplex", "  derived   theta (2)", "  observed  y (2)",
                "  predicted next scalar", "  data      the data: y (2)"),
                model.bind(Data.empty().with("y", 1, 2)).toString().lines().toList());
    }

    @Test
    void numbersHaveWhatIsMissingAndTheOthersRefuseIt() {
        Data data = Data.empty().with("y", 1, Double.NaN, 4).with("x", Double.NaN);
        Model model = Model.define("missing", m -> {
            double[] y = m.numbers("y");
            assertArrayEquals(new double[] {1, Double.NaN, 4}, y);
            int[] seen = IntStream.range(0, y.length).filter(i -> !Double.isNaN(y[i])).toArray();
            Expr mu = m.sample("mu", normal(0, 1));
            m.observe(Expr.vector(IntStream.of(seen).mapToDouble(i -> y[i]).toArray()).named("y_seen"), normal(mu, 1));
        });
        assertEquals(2, model.bind(data).observations().get(0).values().shape().size());
        for (Model strict : List.of(Model.define("a", m -> m.data("y")), Model.define("b", m -> m.observe("y", normal(0, 1))),
                Model.define("c", m -> m.number("x")), Model.define("d", m -> m.integers("y")), Model.define("e", m -> m.integer("x")))) {
            String message = assertThrows(ModelException.class, () -> strict.bind(data)).getMessage();
            assertTrue(message.contains("NaN"), message);
        }
        String message = assertThrows(ModelException.class, () -> Model.define("a", m -> m.data("y")).bind(data)).getMessage();
        assertTrue(message.endsWith("Leave missing values out, or declare them as parameters: m.numbers(\"y\") has them as they are."), message);
    }
}
