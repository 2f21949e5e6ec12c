package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Stan's regressions by name, against the family at the linear predictor computed by hand. */
class RegressionsTest {
    private static final Expr X = Expr.shared("x", Shape.of(3, 2), 1, 2, -0.5, 3, 0, 1);
    private static final Expr BETA = Expr.vector(0.5, -1);
    private static final Expr ALPHA = Expr.vector(0.25, 1, -1);
    /** alpha + x beta. */
    private static final Expr ETA = Expr.vector(-1.25, -2.25, -2);
    private static final Expr Y = Expr.vector(1, 0, 1);

    private static Map<String, List<Supplier<Distribution>>> table() {
        Map<String, List<Supplier<Distribution>>> table = new LinkedHashMap<>();
        table.put("normalIdGlm", List.of(() -> Distributions.normalIdGlm(X, ALPHA, BETA, Expr.of(2)),
                () -> Distributions.normal(ETA, 2)));
        table.put("bernoulliLogitGlm", List.of(() -> Distributions.bernoulliLogitGlm(X, ALPHA, BETA),
                () -> Distributions.bernoulliLogit(ETA)));
        table.put("binomialLogitGlm", List.of(() -> Distributions.binomialLogitGlm(Expr.vector(4, 5, 6), X, ALPHA, BETA),
                () -> Distributions.binomialLogit(Expr.vector(4, 5, 6), ETA)));
        table.put("poissonLogGlm", List.of(() -> Distributions.poissonLogGlm(X, ALPHA, BETA),
                () -> Distributions.poissonLog(ETA)));
        table.put("negBinomial2LogGlm", List.of(() -> Distributions.negBinomial2LogGlm(X, ALPHA, BETA, Expr.of(3)),
                () -> Distributions.negBinomial2Log(ETA, 3)));
        Expr betas = Expr.shared("beta", Shape.of(2, 3), 1, 0, 0.5, 0, 2, -1);
        // rows alpha + x[n] beta
        Expr logits = Expr.shared("logits", Shape.of(3, 3), 1.25, 5, -2.5, -0.25, 7, -4.25, 0.25, 3, -2);
        table.put("categoricalLogitGlm", List.of(() -> Distributions.categoricalLogitGlm(X, ALPHA, betas),
                () -> Distributions.categoricalLogit(logits)));
        Expr cutpoints = Expr.vector(-1, 0.5);
        table.put("orderedLogisticGlm", List.of(() -> Distributions.orderedLogisticGlm(X, BETA, cutpoints),
                () -> Distributions.orderedLogistic(ETA.minus(ALPHA), cutpoints)));
        return table;
    }

    @Test
    void tableHasEveryFamily() {
        assertEquals(FamilyCase.named(Family.Kind.REGRESSIONS), new TreeSet<>(table().keySet()));
    }

    @Test
    void areTheFamiliesAtTheLinearPredictor() {
        table().forEach((name, pair) -> {
            boolean categories = pair.get(1).get() instanceof Categories;
            Expr y = categories ? Y.plus(1) : Y;
            double[] actual = SharedValues.of(pair.get(0).get().logDensity(y));
            double[] expected = SharedValues.of(pair.get(1).get().logDensity(y));
            for (int i = 0; i < 3; i++) assertEquals(expected[i], actual[i], 1e-14 * Math.abs(expected[i]), name);
        });
    }

    @Test
    void theInterceptMayBeOneNumber() {
        double[] actual = SharedValues.of(Distributions.poissonLogGlm(X, Expr.of(1), BETA).logDensity(Y));
        double[] expected = SharedValues.of(Distributions.poissonLog(ETA.minus(ALPHA).plus(1)).logDensity(Y));
        for (int i = 0; i < 3; i++) assertEquals(expected[i], actual[i], 1e-14 * Math.abs(expected[i]));
    }

    private static void fails(String pattern, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.matches(pattern.replace("LINE", "RegressionsTest\\.java:\\d+")), message);
    }

    @Test
    void shapesMustFit() {
        fails("normalIdGlm: x must be a matrix with a row for each observation, but has shape \\(2\\) \\(LINE\\)",
                () -> Distributions.normalIdGlm(BETA, Expr.of(0), BETA, Expr.of(1)));
        fails("poissonLogGlm: beta must be a vector with a number for each of the 2 columns of x, but has shape \\(3\\) \\(LINE\\)",
                () -> Distributions.poissonLogGlm(X, Expr.of(0), ALPHA));
        fails("poissonLogGlm: alpha must be a scalar or have a number for each of the 3 rows of x, but has shape \\(2\\) .*",
                () -> Distributions.poissonLogGlm(X, BETA, BETA));
        fails("categoricalLogitGlm: beta must be a matrix with a row for each of the 2 columns of x, but .* \\(3 x 2\\) .*",
                () -> Distributions.categoricalLogitGlm(X, BETA, X));
        fails("categoricalLogitGlm: alpha must have a number for each of the 2 columns of beta, but has shape scalar .*",
                () -> Distributions.categoricalLogitGlm(X, Expr.of(0), Expr.shared("b", Shape.of(2, 2), 0, 0, 0, 0)));
    }
}
