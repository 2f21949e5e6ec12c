package org.fluvia.vi;

import static org.fluvia.dist.Distributions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What an application that embeds Fluvia relies on. */
class EmbeddingTest {
    private static final Model MODEL = Model.define("matrix", m -> {
        Expr s = m.sample("s", normal(0, 1));
        Expr a = m.sample("a", normal(0, 1), 2, 3);
        m.derive("b", a.plus(s));
    });

    @Test
    void anArrayHasTheDrawsOfEachElementInRowMajorOrder() {
        Posterior p = Fit.of(MODEL).draws(50).run();
        PriorDraws prior = Prior.of(MODEL, Data.empty()).draws(50, 1);
        for (Quantity q : p.quantities()) {
            List<String> names = q.elementNames();
            for (int i = 0; i < names.size(); i++) {
                assertArrayEquals(p.draws(names.get(i)), column(p.array(q.name()), i));
                assertArrayEquals(prior.draws(names.get(i)), column(prior.array(q.name()), i));
            }
        }
        assertEquals(50, p.array("a").length);
        assertEquals(6, p.array("a")[0].length);
        assertEquals(1, p.array("s")[0].length);
        assertArrayEquals(p.draws("a[2,1]"), column(p.array("a"), 3));
        p.array("s")[0][0] = 99;
        assertEquals(p.draws("s")[0], p.array("s")[0][0]);
        assertEquals("posterior: there is no parameter a[1,1]; there are s, a, b",
                assertThrows(IllegalArgumentException.class, () -> p.array("a[1,1]")).getMessage());
    }

    private static double[] column(double[][] array, int element) {
        double[] column = new double[array.length];
        for (int j = 0; j < column.length; j++) column[j] = array[j][element];
        return column;
    }

    @Test
    void whatCannotBeRightIsRefusedAtTheCall() {
        Fit fit = Fit.of(MODEL);
        refused("fit: model must not be null", () -> Fit.of((Model) null));
        refused("fit: model must not be null", () -> Fluvia.fit(null, Data.empty()));
        refused("fit: data must not be null", () -> Fluvia.fit(MODEL, null));
        refused("fit: data must not be null", () -> fit.data(null));
        refused("fit: flow must not be null", () -> fit.flow(null));
        refused("fit: within must not be null", () -> fit.within(null));
        refused("fit: progress must not be null", () -> fit.progress(null));
        refused("fit: init must not be null", () -> fit.init((Data) null));
        refused("fit: init must not be null", () -> fit.init((Map<String, double[]>) null));
        Map<String, double[]> none = new HashMap<>();
        none.put("s", null);
        refused("fit: init must have numbers for s, but was null", () -> fit.init(none));
        refused("fit: draws must be at least 1, but was 0", () -> fit.draws(0));
        refused("prior: model must not be null", () -> Prior.of(null, Data.empty()));
        refused("bind: data must not be null", () -> Prior.of(MODEL, null));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
