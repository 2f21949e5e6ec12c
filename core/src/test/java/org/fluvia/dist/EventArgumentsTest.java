package org.fluvia.dist;

import static org.fluvia.dist.Distributions.ar;
import static org.fluvia.dist.Distributions.dirichlet;
import static org.fluvia.dist.Distributions.dirichletMultinomial;
import static org.fluvia.dist.Distributions.gaussianRandomWalk;
import static org.fluvia.dist.Distributions.inverseWishartCholesky;
import static org.fluvia.dist.Distributions.lkjCorrCholesky;
import static org.fluvia.dist.Distributions.multiNormal;
import static org.fluvia.dist.Distributions.multiNormalCholesky;
import static org.fluvia.dist.Distributions.multiNormalPrec;
import static org.fluvia.dist.Distributions.multiStudentT;
import static org.fluvia.dist.Distributions.multiStudentTCholesky;
import static org.fluvia.dist.Distributions.multinomial;
import static org.fluvia.dist.Distributions.multinomialLogit;
import static org.fluvia.dist.Distributions.wishart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What distributions of vectors and matrices say of arguments, shapes and data that cannot be. */
class EventArgumentsTest {

    private static void fails(String pattern, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.matches(pattern.replace("LINE", "EventArgumentsTest\\.java:\\d+")), message);
    }

    private static Expr matrix(int rows, int columns, double... values) {
        return Expr.shared("a", Shape.of(rows, columns), values);
    }

    @Test
    void invalidValuesAreNamedWithTheirLine() {
        fails("gaussianRandomWalk: sigma must be positive and finite, but was 0.0 \\(LINE\\)\\. Correct .*",
                () -> gaussianRandomWalk(0, 0));
        fails("gaussianRandomWalk: start must be finite, but was NaN \\(LINE\\).*", () -> gaussianRandomWalk(Double.NaN, 1));
        fails("ar: coefficients must be finite, but was Infinity \\(element\\[2\\], LINE\\).*",
                () -> ar(Expr.vector(0, Double.POSITIVE_INFINITY), 1));
        fails("ar: sigma must be positive and finite, but was -2.0 \\(a\\[1,2\\], LINE\\).*",
                () -> ar(Expr.vector(0), matrix(1, 2, 3, -2)));
        fails("multinomial: trials must be a whole number from 0, but was 2.5 \\(LINE\\).*",
                () -> multinomial(2.5, Expr.vector(0.5, 0.5)));
        fails("multinomial: prob must be finite and not negative, but was -0.5 \\(element\\[2\\], LINE\\).*",
                () -> multinomial(Expr.vector(1.5, -0.5)));
        fails("multinomial: prob must add up to 1, but the value\\[2\\] = \\(0.25, 0.5\\) adds up to 0.75 \\(LINE\\).*",
                () -> multinomial(Expr.vector(0.5, 0.5, 0.25, 0.5).reshape(Shape.of(2, 2))));
        fails("multinomialLogit: logits must be finite, but was NaN .*", () -> multinomialLogit(Expr.vector(0, Double.NaN)));
        fails("dirichletMultinomial: alpha must be positive and finite, but was 0.0 .*",
                () -> dirichletMultinomial(Expr.vector(0, 1)));
    }

    @Test
    void matricesOfDataAreChecked() {
        fails("multiNormal: sigma must be positive definite, but row 2 has no variance left given those before \\(LINE\\)\\. .*",
                () -> multiNormal(0, matrix(2, 2, 1, 2, 2, 4)));
        fails("multiNormal: sigma must be positive definite, but row 1 of matrix 2 has no variance left .*",
                () -> multiNormal(0, Expr.shared("s", Shape.of(2, 1, 1), 1, -1)));
        fails("multiNormalPrec: omega must be symmetric, but omega\\[2,1\\] is 0.25 and omega\\[1,2\\] is 0.5 \\(LINE\\)",
                () -> multiNormalPrec(0, matrix(2, 2, 1, 0.5, 0.25, 1)));
        fails("multiNormal: sigma must be finite, but was NaN \\(a\\[2,2\\], LINE\\).*",
                () -> multiNormal(0, matrix(2, 2, 1, 0, 0, Double.NaN)));
        fails("multiNormalCholesky: L must be a Cholesky factor, with a positive diagonal, but L\\[2,2\\] is 0.0 \\(LINE\\)\\."
                + " For a covariance matrix use multiNormal\\.", () -> multiNormalCholesky(0, matrix(2, 2, 1, 0, 5, 0)));
        fails("multiStudentTCholesky: L must be a Cholesky factor, with finite numbers below the diagonal, but L\\[2,1\\] .*",
                () -> multiStudentTCholesky(4, Expr.of(0), matrix(2, 2, 1, 0, Double.NaN, 1)));
        fails("wishart: df must be finite and above 1, the number of rows less 1, but was 1.0 \\(LINE\\)\\. .*",
                () -> wishart(1, matrix(2, 2, 1, 0, 0, 1)));
        fails("inverseWishartCholesky: L must be a Cholesky factor, .*",
                () -> inverseWishartCholesky(3, matrix(2, 2, 1, 0, 0, -1)));
        fails("multiStudentT: df must be positive and finite, but was 0.0 .*",
                () -> multiStudentT(0, Expr.of(0), matrix(1, 1, 1)));
    }

    @Test
    void sizesOfParametersMustFit() {
        fails("multiNormal: sigma must be a square matrix, or have square matrices as its last two axes, but has shape"
                + " \\(2 x 3\\) \\(LINE\\)", () -> multiNormal(0, matrix(2, 3, new double[6])));
        fails("multiNormal: mu must fit sigma, which has shape \\(2 x 2\\), but has shape \\(3\\) \\(LINE\\)",
                () -> multiNormal(Expr.vector(1, 2, 3), matrix(2, 2, 1, 0, 0, 1)));
        fails("multiNormal: the value has shape \\(4 x 3\\), but an event of multiNormal has shape \\(2\\) \\(LINE\\)",
                () -> multiNormal(0, matrix(2, 2, 1, 0, 0, 1)).logDensity(matrix(4, 3, new double[12])));
        fails("multiNormal: the value has shape \\(4 x 2\\), but multiNormal has shape \\(3 x 2\\) \\(LINE\\)",
                () -> multiNormal(matrix(3, 2, new double[6]), matrix(2, 2, 1, 0, 0, 1)).logDensity(
                        matrix(4, 2, new double[8])));
        fails("lkjCorrCholesky: the value has shape \\(3 x 2\\), but an event of lkjCorrCholesky is a square matrix \\(LINE\\)",
                () -> lkjCorrCholesky(1).logDensity(matrix(3, 2, new double[6])));
    }

    @Test
    void matricesPerDrawThatAreNotPositiveDefiniteGiveNoDensity() {
        Expr sigma = Expr.perDraw("sigma", Shape.of(2, 2));
        Expr x = matrix(3, 2, 1, 2, 3, 4, 5, 6);
        double[][] points = {{1, 2, 2, 4}, {1, 0.5, 0.5, 1}, {-1, 0, 0, 1}};
        for (Distribution d : List.of(multiNormal(0, sigma), multiNormalPrec(0, sigma),
                multiStudentT(3, Expr.of(0), sigma))) {
            double[][] r = Replay.at(points, List.of(sigma), List.of(d.logDensity(x)));
            for (int i = 0; i < 3; i++) {
                assertTrue(!Double.isFinite(r[0][i]), d.name());
                assertTrue(Double.isFinite(r[1][i]), d.name());
                assertTrue(!Double.isFinite(r[2][i]), d.name());
            }
        }
    }

    @Test
    void vectorsAndMatricesOutsideTheSupportAreNamed() {
        assertEquals("theta[2] must sum to 1, but sums to 0.75: outside the support of dirichlet (simplex)",
                dirichlet(1).outsideSupport(Expr.shared("theta", Shape.of(2, 2), 0.5, 0.5, 0.5, 0.25)).orElseThrow());
        String problem = lkjCorrCholesky(1).outsideSupport(Expr.shared("L", Shape.of(2, 2), 1, 0, 0.5, 0.5)).orElseThrow();
        assertTrue(problem.startsWith("L must have rows of length 1, but row 2 has length 0.70"), problem);
    }

    @Test
    void vectorsAndMatricesOutsideTheSupportHaveNoDensity() {
        Expr x = Expr.perDraw("x", Shape.of(3));
        Expr alpha = Expr.perDraw("alpha", Shape.of(3));
        double[][] outside = {{0.5, 0.5, 0.5}, {-0.5, 1, 0.5}, {Double.POSITIVE_INFINITY, 0, 0}};
        Expr density = dirichlet(alpha).logDensity(x);
        List<Expr> inputs = List.of(x, alpha);
        List<Expr> outputs = new ArrayList<>(List.of(density));
        outputs.addAll(Gradient.of(density, inputs));
        for (double[] v : outside) {
            double[] r = Replay.at(EventReference.join(v, new double[] {1.5, 2, 3}), inputs, outputs.toArray(new Expr[0]));
            assertEquals(Double.NEGATIVE_INFINITY, r[0]);
            for (int i = 1; i < r.length; i++) assertEquals(0, Math.abs(r[i]), "derivative " + i);
        }
        Expr l = Expr.perDraw("L", Shape.of(2, 2));
        double[][] notFactors = {{1, 0, 0.5, 0.5}, {1, 0, 0.6, -0.8}, {1, 0.5, 0.6, 0.8}};
        for (double[] r : Replay.at(notFactors, List.of(l), List.of(lkjCorrCholesky(2).logDensity(l)))) {
            assertEquals(Double.NEGATIVE_INFINITY, r[0]);
        }
    }

    @Test
    void shapesOfParametersMustFit() {
        fails("ar: coefficients must be a vector, or have vectors as its last axis, but is a scalar \\(LINE\\)\\. Make .*",
                () -> ar(Expr.of(0.5), 1));
        fails("multinomial: prob must be a vector.*", () -> multinomial(Expr.of(1)));
        fails("multinomial: prob must not be empty, but has shape \\(0\\) \\(LINE\\)", () -> multinomial(Expr.vector()));
        fails("gaussianRandomWalk: sigma has one value for each of \\(3\\) events, but start for each of \\(2\\) \\(LINE\\)\\. .*",
                () -> gaussianRandomWalk(Expr.vector(1, 2), Expr.vector(1, 2, 3)));
        fails("multinomial: prob has one value for each of \\(2\\) events, but trials for each of \\(3\\) .*",
                () -> multinomial(Expr.vector(1, 2, 3), matrix(2, 2, 0.5, 0.5, 0.5, 0.5)));
    }

    @Test
    void valuesMustHaveTheShapeOfEvents() {
        Expr prob = Expr.vector(0.5, 0.25, 0.25);
        fails("multinomial: the value has shape \\(2\\), but an event of multinomial has shape \\(3\\) \\(LINE\\)",
                () -> multinomial(prob).logDensity(Expr.vector(1, 2)));
        fails("gaussianRandomWalk: the value has shape scalar, but an event of gaussianRandomWalk is a vector \\(LINE\\)",
                () -> gaussianRandomWalk(1).logDensity(Expr.of(1)));
        fails("gaussianRandomWalk: .* \\(2 x 5\\), but gaussianRandomWalk has a vector for each of \\(3\\) \\(LINE\\)",
                () -> gaussianRandomWalk(Expr.vector(1, 2, 3)).logDensity(matrix(2, 5, new double[10])));
        fails("multinomial: .* \\(3\\), but multinomial has shape \\(2 x 3\\) \\(LINE\\)",
                () -> multinomial(Expr.vector(1, 2), prob).logDensity(Expr.vector(0, 0, 1)));
        fails("multinomial: the value has shape \\(2\\), .*",
                () -> multinomial(2, prob).sample(new SplittableRandom(1), Shape.of(2)));
    }

    @Test
    void drawingNeedsTheNumberOfTrials() {
        Expr prob = Expr.vector(0.5, 0.25, 0.25);
        fails("multinomial: drawing needs the number of trials \\(LINE\\)\\. Use multinomial\\(trials, prob\\)\\.",
                () -> multinomial(prob).sample(new SplittableRandom(1), Shape.of(3)));
        Distribution replicates = multinomial(prob).replicating(matrix(2, 3, 1, 2, 3, 0, 0, 9));
        double[] x = replicates.sample(new SplittableRandom(1), Shape.of(2, 3));
        assertEquals(6, x[0] + x[1] + x[2]);
        assertEquals(9, x[3] + x[4] + x[5]);
    }

    @Test
    void countsOutsideTheSupportAreNamed() {
        Distribution d = multinomial(Expr.vector(3, 4), Expr.vector(0.5, 0.25, 0.25));
        assertEquals(Optional.empty(), d.outsideSupport(Expr.shared("y", Shape.of(2, 3), 1, 1, 1, 0, 4, 0)));
        assertEquals("y[2,3] = -1 is outside the support of multinomial (whole numbers from 0)",
                d.outsideSupport(Expr.shared("y", Shape.of(2, 3), 1, 1, 1, 1, 4, -1)).orElseThrow());
        assertEquals("y[1,2] = 0.5 is outside the support of multinomial (whole numbers from 0)",
                d.outsideSupport(Expr.shared("y", Shape.of(2, 3), 1, 0.5, 1.5, 1, 4, -1)).orElseThrow());
        assertEquals("y[2] = (1, 1, 1) adds up to 3, but multinomial has 4 trials",
                d.outsideSupport(Expr.shared("y", Shape.of(2, 3), 1, 1, 1, 1, 1, 1)).orElseThrow());
    }

    @Test
    void countsOutsideTheSupportHaveNoMass() {
        Expr x = Expr.perDraw("x", Shape.of(3));
        Expr prob = Expr.perDraw("prob", Shape.of(3));
        double[][] outside = {{-1, 2, 2}, {0.5, 0.5, 2}, {1, 1, 2}, {Double.POSITIVE_INFINITY, 0, 0}};
        for (double[] y : outside) {
            double[] point = EventReference.join(y, new double[] {0.5, 0.25, 0.25});
            Distribution d = multinomial(3, prob);
            double[] r = Replay.at(point, List.of(x, prob), d.logDensity(x), d.logDensity(Expr.vector(y)));
            assertEquals(Double.NEGATIVE_INFINITY, r[0]);
            assertEquals(Double.NEGATIVE_INFINITY, r[1]);
        }
        double[] impossible = SharedValues.of(multinomial(Expr.vector(0.5, 0.5, 0)).logDensity(
                Expr.shared("y", Shape.of(2, 3), 1, 1, 0, 1, 0, 1)));
        assertEquals(Math.log(0.5), impossible[0], 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, impossible[1]);
    }
}
