package org.fluvia.model;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.bernoulliLogit;
import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.binomial;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.gaussianRandomWalk;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.multinomial;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.orderedLogistic;
import static org.fluvia.dist.Distributions.orderedProbit;
import static org.fluvia.dist.Distributions.poisson;
import static org.fluvia.dist.Distributions.studentT;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** Arguments of distributions that some draws are certain to make invalid are refused at the user's line, and no others. */
class CertainMistakesTest {
    private static final Data DATA = Data.empty().with("x", 1, -2, 0).with("y", 0, 1, 1)
            .with("X", new double[][] {{1, 2}, {1, 0}, {1, -1}}).with("group", 0, 1, 1).with("zero", 0, 0, 0).with("rank", 1, 2, 1);

    private static final String POSITIVE = "scale must be positive and finite, but ";

    private static void refuses(String message, Consumer<ModelBuilder> definition) {
        String actual = assertThrows(IllegalArgumentException.class, () -> Model.define("wrong", definition).bind(DATA)).getMessage();
        assertEquals(message, actual.replaceFirst(" \\(CertainMistakesTest.java:\\d+\\)", " (LINE)"));
    }

    private static void accepts(Consumer<ModelBuilder> definition) {
        assertDoesNotThrow(() -> Model.define("right", definition).bind(DATA));
    }

    @Test
    void aScaleThatIsDeclaredRealIsRefused() {
        String remedy = " (LINE). Declare it with Support.positive(), or use beta.exp().";
        refuses("normal: " + POSITIVE + "`beta` is declared real" + remedy,
                m -> m.observe("y", normal(0, m.parameter("beta", Support.real()))));
        refuses("normal: " + POSITIVE + "`beta` is declared real" + remedy,
                m -> m.observe("y", normal(0, m.sample("beta", normal(0, 1)))));
        refuses("normal: " + POSITIVE + "`beta` is declared real" + remedy,
                m -> m.observe("y", normal(0, m.parameter("beta", Support.real(), 3))));
        refuses("studentT: " + POSITIVE + "`beta` is declared real" + remedy,
                m -> m.observe("y", studentT(4, 0, m.parameter("beta", Support.real(), 2).get(1))));
        refuses("studentT: df must be positive and finite, but `beta` is declared at least -1" + remedy,
                m -> m.observe("y", studentT(m.parameter("beta", Support.lower(-1)), 0, 1)));
        refuses("normal: " + POSITIVE + "`beta` is declared interval (-1, 1)" + remedy,
                m -> m.observe("y", normal(0, m.parameter("beta", Support.interval(-1, 1), 2).get(m.data("group")))));
        refuses("normal: " + POSITIVE + "`beta` is declared ordered vector" + remedy,
                m -> m.observe("y", normal(0, m.parameter("beta", Support.ordered(), 3))));
        refuses("exponential: rate must be positive and finite, but `beta` is declared at most 5" + remedy,
                m -> m.observe("y", exponential(m.parameter("beta", Support.upper(5)))));
        refuses("normal: " + POSITIVE + "`beta` is declared real from mu in units of 2" + remedy,
                m -> m.observe("y", normal(0, m.parameter("beta", Support.affine(m.sample("mu", normal(0, 1)), 2)))));
    }

    @Test
    void cutpointsThatAreDeclaredInNoOrderAreRefused() {
        refuses("orderedLogistic: cutpoints must increase, but `c` is declared real (LINE). Declare them with Support.ordered().",
                m -> m.observe("rank", orderedLogistic(Expr.of(0), m.sample("c", normal(0, 1), 3))));
        refuses("orderedProbit: cutpoints must increase, but `c` is declared at least 0 (LINE). Declare them with Support.ordered().",
                m -> m.observe("rank", orderedProbit(Expr.of(0), m.sample("c", exponential(1), 2))));
        accepts(m -> m.observe("rank", orderedLogistic(Expr.of(0), m.sample("c", normal(0, 1), Support.ordered(), 3))));
        accepts(m -> m.observe("rank", orderedLogistic(Expr.of(0), m.sample("c", normal(0, 1), 1).repeatedOverDraws())));
        accepts(m -> m.observe("rank", orderedLogistic(Expr.of(0), Functions.cumulativeSum(m.sample("c", exponential(1), 3)))));
    }

    @Test
    void aScaleThatIsLinearInParametersAndCrossesZeroIsRefused() {
        String linear = " (LINE). Declare it with Support.positive(), or use (...).exp().";
        String numbers = " (LINE). A number that it is multiplied by, or that is added, makes it negative: check the data, or use (...).exp().";
        refuses("normal: " + POSITIVE + "is linear in `a`, declared real" + linear,
                m -> m.observe("y", normal(0, m.parameter("a", Support.real()).times(2).plus(1))));
        refuses("normal: " + POSITIVE + "is linear in `a`, declared positive" + numbers,
                m -> m.observe("y", normal(0, m.parameter("a", Support.positive()).minus(1))));
        refuses("normal: " + POSITIVE + "is linear in `a`, declared positive" + numbers,
                m -> m.observe("y", normal(0, Expr.of(3).minus(m.parameter("a", Support.positive())))));
        refuses("normal: " + POSITIVE + "is linear in `a`, declared positive" + numbers,
                m -> m.observe("y", normal(0, m.data("x").times(m.parameter("a", Support.positive())))));
        refuses("normal: " + POSITIVE + "is linear in `a`, declared positive" + numbers,
                m -> m.observe("y", normal(0, m.parameter("a", Support.positive()).unaryMinus().div(2))));
        refuses("normal: " + POSITIVE + "is linear in `a`, declared real and `b`, declared positive" + linear,
                m -> m.observe("y", normal(0, m.parameter("a", Support.real()).plus(m.parameter("b", Support.positive(), 3)))));
        refuses("normal: " + POSITIVE + "is linear in `a`, declared positive" + numbers,
                m -> m.observe("y", normal(0, m.data("X").matmul(m.parameter("a", Support.positive(), 2)))));
        refuses("normal: " + POSITIVE + "is linear in `a`, declared real" + linear,
                m -> m.observe("y", normal(0, m.parameter("a", Support.real(), 4).sum())));
    }

    @Test
    void aProbabilityThatLeavesItsIntervalIsRefused() {
        refuses("bernoulli: prob must be from 0 to 1, but `p` is declared real (LINE)."
                        + " Declare it with Support.interval(0, 1), or use bernoulliLogit or p.sigmoid().",
                m -> m.observe("y", bernoulli(m.parameter("p", Support.real()))));
        refuses("bernoulli: prob must be from 0 to 1, but `p` is declared positive (LINE)."
                        + " Declare it with Support.interval(0, 1), or use bernoulliLogit or p.sigmoid().",
                m -> m.observe("y", bernoulli(m.parameter("p", Support.positive()))));
        refuses("binomial: prob must be from 0 to 1, but is linear in `b`, declared real and `a`, declared real (LINE)."
                        + " Declare it with Support.interval(0, 1), or use binomialLogit or (...).sigmoid().",
                m -> m.observe("y", binomial(1, m.data("X").matmul(m.parameter("b", Support.real(), 2))
                        .plus(m.parameter("a", Support.real())))));
        refuses("binomial: trials must be a whole number from 0, but `n` is declared positive (LINE)."
                        + " Counts are data: sum over what is not known.",
                m -> m.observe("y", binomial(m.parameter("n", Support.positive()), 0.5)));
    }

    @Test
    void argumentsOfDistributionsOfVectorsAreLookedAtToo() {
        refuses("multinomial: prob must have elements from 0 to 1 that add up to 1, but `p` is declared real (LINE)."
                        + " Declare it with Support.simplex(), or use softmax(p).",
                m -> m.observe("y", multinomial(2, m.parameter("p", Support.real(), 3))));
        refuses("gaussianRandomWalk: sigma must be positive and finite, but `s` is declared real (LINE)."
                        + " Declare it with Support.positive(), or use s.exp().",
                m -> m.observe("y", gaussianRandomWalk(0, m.parameter("s", Support.real()))));
        accepts(m -> m.observe("y", multinomial(2, m.parameter("p", Support.simplex(), 3))));
    }

    @Test
    void whatMayBeRightIsAccepted() {
        accepts(m -> m.observe("y", normal(0, m.parameter("a", Support.positive()))));
        accepts(m -> m.observe("y", normal(0, m.parameter("a", Support.lower(0)))));
        accepts(m -> m.observe("y", normal(0, m.sample("a", halfNormal(1)).times(3).plus(1))));
        accepts(m -> m.observe("y", normal(0, m.parameter("a", Support.real()).exp())));
        accepts(m -> m.observe("y", normal(0, m.parameter("a", Support.real()).square())));
        accepts(m -> m.observe("y", normal(0, m.parameter("a", Support.real()).times(m.parameter("b", Support.real())))));
        accepts(m -> m.observe("y", normal(0, m.parameter("a", Support.real()).abs())));
        accepts(m -> m.observe("y", normal(m.parameter("a", Support.real()), 1)));
    }

    @Test
    void whatCancelsOrDependsOnOtherElementsIsNotGuessedAt() {
        accepts(m -> {
            Expr a = m.parameter("a", Support.real());
            m.observe("y", normal(0, a.plus(1).minus(a)));
            Expr b = m.parameter("b", Support.real(), 2);
            Expr twice = b.get(Expr.vector(0, 0));
            m.observe("y", normal(0, Expr.vector(1, -1).reshape(Shape.of(1, 2)).matmul(twice).sum().plus(1)));
            m.observe("y", normal(0, m.parameter("s", Support.sumToZero(), 3).sum().plus(1)));
            m.observe("y", bernoulli(m.parameter("theta", Support.simplex(), 3).sum().times(0.5)));
            Expr cut = m.parameter("cut", Support.ordered(), 3);
            m.observe("y", normal(0, cut.get(2).minus(cut.get(0))));
            m.observe("y", normal(0, Functions.diff(cut).get(0)));
        });
        accepts(m -> {
            Expr low = m.parameter("low", Support.positive());
            m.observe("y", normal(0, m.parameter("above", Support.lower(low))));
            m.observe("y", normal(0, m.parameter("below", Support.upper(low)).unaryMinus().plus(low)));
        });
        accepts(m -> m.observe("y", bernoulli(Expr.of(1).minus(m.parameter("p", Support.interval(0, 1))))));
        accepts(m -> m.observe("y", bernoulli(m.parameter("theta", Support.simplex(), 3))));
        accepts(m -> m.observe("y", bernoulli(m.sample("p", beta(1, 1), 3))));
        accepts(m -> m.observe("y", bernoulliLogit(m.parameter("p", Support.real()))));
        accepts(m -> m.observe("y", poisson(m.parameter("r", Support.positiveOrdered(), 2).get(m.data("group")))));
        accepts(m -> m.observe("y", normal(0, m.data("zero").times(m.parameter("a", Support.real())).plus(1))));
        accepts(m -> m.observe("y", normal(0, m.parameter("L", Support.choleskyFactorCov(), 2, 2).flatten().get(3))));
    }
}
