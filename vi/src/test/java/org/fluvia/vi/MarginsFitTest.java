package org.fluvia.vi;

import static org.fluvia.dist.Distributions.gamma;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.studentT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.Erfc;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Model;
import org.fluvia.model.ModelBuilder;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Posteriors whose elements have tails and edges that no Gaussian and no affine flow has: log evidence in closed form, and next to no error. */
@Timeout(60)
class MarginsFitTest {
    private static final Expr NEVER = Expr.of(Double.NEGATIVE_INFINITY);

    static Stream<Arguments> models() {
        return Stream.of(
                of("t with 1 degree of freedom", 0, m -> m.sample("x", studentT(1, 0, 1), 6)),
                of("gamma", 0, m -> m.sample("x", gamma(0.2, 1), 3)),
                of("half-Cauchy", 0, m -> m.sample("x", halfCauchy(2), 10)),
                of("a box", 2 * Math.log(6), m -> {
                    Expr x = m.parameter("x", Support.real(), 2);
                    m.logDensity(Expr.where(x.abs().lt(3), Expr.of(0), NEVER));
                }),
                of("a Gaussian copula", Math.log(2 * Math.PI * 0.6), m -> {
                    // x = sinh(2 u), u normal with correlation 0.8
                    Expr x = m.parameter("x", Support.real(), 2);
                    Expr u = x.plus(x.square().plus(1).sqrt()).log().div(2);
                    Expr a = u.get(0);
                    Expr b = u.get(1);
                    Expr squares = a.square().plus(b.square()).minus(a.times(b).times(1.6)).div(2 * 0.36);
                    m.logDensity(x.square().plus(1).sqrt().times(2).log().sum().plus(squares).unaryMinus());
                }),
                of("a normal distribution cut twice", 6 * Math.log(0.8185946141203637), m -> {
                    Expr x = m.sample("x", normal(0, 1), 6);
                    m.logDensity(Expr.where(x.lt(-2), NEVER, Expr.where(x.lt(1), Expr.of(0), NEVER)));
                }));
    }

    /** Beyond the first points that starts are tried at. */
    @Test
    void aTailThatBeginsFarOutIsFound() {
        Assessment a = Fit.of(Model.define("m", m -> {
            Expr x = m.sample("x", normal(0, 1));
            m.logDensity(Expr.where(x.lt(3), NEVER, Expr.of(0)));
        })).draws(100).seed(1).run().assessment();
        assertNotEquals(Verdict.FAIL, a.verdict(), a.reasons().toString());
        assertEquals(Math.log(0.5 * Erfc.value(3 / Math.sqrt(2))), a.logEvidence().value(), Math.max(0.02, 4 * a.logEvidence().standardError()));
    }

    private static Arguments of(String name, double logEvidence, Consumer<ModelBuilder> source) {
        return Arguments.of(name, logEvidence, Model.define("m", source::accept));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void marginsAreFoundWithoutTraining(String name, double logEvidence, Model model) {
        Assessment a = Fit.of(model).draws(100).seed(3).run().assessment();
        assertNotEquals(Verdict.FAIL, a.verdict(), a.reasons().toString());
        assertEquals(logEvidence, a.logEvidence().value(), 2e-3, name);
        assertTrue(a.ess() > 40_000, name + ": " + a.ess());
    }
}
