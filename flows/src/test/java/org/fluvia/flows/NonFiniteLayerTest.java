package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.conditioner.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that is not finite tells of which layer of a flow it is, in either direction, on the path and in the gradient. */
class NonFiniteLayerTest {
    private final Expr noise = Expr.perDraw("noise", Shape.of(2));

    static List<Flow> flows() {
        return List.of(Flows.realNvp().build(2, 1, Context.none()), Flows.iaf().build(2, 1, Context.none()),
                Flows.maf().build(2, 1, Context.none()));
    }

    private static Map<Expr, double[]> point(Expr input, double[] x, Expr weight, double value) {
        double[] weights = new double[weight.size()];
        Arrays.fill(weights, 0.1);
        weights[weights.length - 1] = value;
        return Map.of(input, x, weight, weights);
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aWeightThatIsNoNumberIsReportedWithItsLayer(Flow flow) {
        List<Bijection> layers = ((Chain) Instances.map(flow)).layers();
        int third = -1;
        for (int i = 0, seen = 0; i < layers.size() && third < 0; i++) if (!layers.get(i).weights().isEmpty() && ++seen == 3) third = i;
        List<Expr> weights = layers.get(third).weights();
        String expected = ", in layer " + (third + 1) + " of " + layers.size() + ", " + layers.get(third) + ")";
        Flow.Draw total = flow.sample(noise);
        Flow.Draw path = flow.pathSample(noise);
        List<Expr> reported = new ArrayList<>(List.of(total.value().sum(), total.logDensity(), path.value().sum(), path.logDensity(),
                flow.logDensity(noise), Gradient.of(total.logDensity(), noise).sum(), Gradient.of(path.logDensity(), weights.get(0)).sum()));
        for (Expr value : reported) {
            for (Expr weight : weights) {
                String why = NonFinite.explain(value, point(noise, new double[] {0.3, -0.2}, weight, Double.NaN));
                // not all weights are of what is drawn
                if (why == null) continue;
                assertTrue(why.contains("(NonFiniteLayerTest.java:") && why.contains(expected), why);
                assertTrue(why.contains(weight.name()), why);
            }
            assertNull(NonFinite.explain(value, point(noise, new double[] {0.3, -0.2}, weights.get(0), 0.2)));
        }
        Expr last = weights.get(weights.size() - 1);
        String why = NonFinite.explain(total.logDensity(), point(noise, new double[] {0.3, -0.2}, last, Double.NaN));
        assertTrue(why != null && why.contains(expected), String.valueOf(why));
    }

    @Test
    void partsOfPartsAreBoth() {
        Expr y = Source.within("component 2", () -> Instances.map(flows().get(0)).forward(noise).value());
        assertTrue(y.source().toString().contains(", in component 2, layer "), y.source().toString());
    }
}
