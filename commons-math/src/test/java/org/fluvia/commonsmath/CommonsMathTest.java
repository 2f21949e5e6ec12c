package org.fluvia.commonsmath;

import static org.fluvia.dist.Distributions.gamma;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.analysis.MultivariateVectorFunction;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.MultivariateRealDistribution;
import org.apache.commons.math3.exception.DimensionMismatchException;
import org.apache.commons.math3.exception.NotStrictlyPositiveException;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.PosteriorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Commons Math itself says of the same distributions. */
class CommonsMathTest {
    private static final double[] MEAN = {1, -2, 30};
    private static final double[][] FACTOR = {{2, 0, 0}, {-1, 0.5, 0}, {3, 1, 4}};

    @TempDir
    private Path folder;

    private static double[][] covariance() {
        RealMatrix factor = MatrixUtils.createRealMatrix(FACTOR);
        return factor.multiply(factor.transpose()).getData();
    }

    private static FittedFlow gaussian() {
        Flow flow = Flow.of(LowerTriangularAffine.fixed(MEAN, new DMatrixRMaj(FACTOR)));
        return FittedFlow.of(flow, flow.weights().initial());
    }

    @Test
    void aFlowHasTheDensityOfTheDistributionThatItIs() {
        MultivariateRealDistribution ours = CommonsMath.distribution(gaussian());
        MultivariateNormalDistribution theirs = new MultivariateNormalDistribution(MEAN, covariance());
        assertEquals(3, ours.getDimension());
        for (double[] x : new double[][] {MEAN, {0, 0, 0}, {-3, 1, 45}, {1.5, -2.25, 20}, {1e3, 0, 0}}) {
            assertEquals(theirs.density(x), ours.density(x), 1e-9 * theirs.density(x));
        }
    }

    /** Within five standard errors of 20,000 draws. */
    @Test
    void itsDrawsHaveItsMomentsAndTheirSeedsTellThemApart() {
        MultivariateRealDistribution ours = CommonsMath.distribution(gaussian());
        double[][] draws = ours.sample(20_000);
        double[][] found = new Covariance(draws).getCovarianceMatrix().getData();
        double[][] expected = covariance();
        for (int i = 0; i < 3; i++) {
            double mean = 0;
            for (double[] x : draws) mean += x[i] / draws.length;
            assertEquals(MEAN[i], mean, 5 * Math.sqrt(expected[i][i] / draws.length));
            for (int j = 0; j < 3; j++) {
                double error = Math.sqrt((expected[i][i] * expected[j][j] + expected[i][j] * expected[i][j]) / draws.length);
                assertEquals(expected[i][j], found[i][j], 5 * error);
            }
        }
        double[] next = ours.sample();
        assertTrue(next[0] != draws[0][0]);
        ours.reseedRandomGenerator(1);
        assertArrayEquals(draws[7], ours.sample(20_000)[7]);
        assertArrayEquals(next, ours.sample());
        ours.reseedRandomGenerator(2);
        assertTrue(ours.sample(20_000)[7][0] != draws[7][0]);
    }

    @Test
    void wrongArgumentsAreThoseOfCommonsMath() {
        MultivariateRealDistribution ours = CommonsMath.distribution(gaussian());
        assertThrows(DimensionMismatchException.class, () -> ours.density(new double[2]));
        assertThrows(NotStrictlyPositiveException.class, () -> ours.sample(0));
    }

    /** A gamma prior and Poisson's likelihood by hand: the posterior is Gamma(3 + 12, 2 + 5). What is fitted to it is not quite that. */
    private static Posterior rate() {
        Model model = Model.define("rate", m -> {
            var rate = m.sample("rate", gamma(3, 2));
            m.logDensity(rate.log().times(12).minus(rate.times(5)));
            m.derive("twice", rate.times(2));
        });
        return Fit.of(model).draws(200).run();
    }

    @Test
    void aPosteriorOfAPositiveParameterHasItsDensityThere() throws IOException {
        Posterior posterior = rate();
        MultivariateRealDistribution ours = CommonsMath.distribution(posterior);
        GammaDistribution theirs = new GammaDistribution(15, 1.0 / 7);
        assertEquals(1, ours.getDimension());
        for (double x : new double[] {1, 1.5, 2, 2.5, 3, 4}) assertEquals(theirs.density(x), ours.density(new double[] {x}), 0.05 * theirs.density(2));
        assertEquals(1, new SimpsonIntegrator().integrate(100_000, x -> ours.density(new double[] {x}), 1e-9, 12), 1e-4);
        for (double x : new double[] {0, -1, Double.NEGATIVE_INFINITY}) assertEquals(0, ours.density(new double[] {x}));
        double mean = 0;
        for (double[] x : ours.sample(20_000)) mean += x[0] / 20_000;
        assertEquals(theirs.getNumericalMean(), mean, 5 * Math.sqrt(theirs.getNumericalVariance() / 20_000) + 0.005);

        posterior.save(folder.resolve("posterior.fluvia"));
        MultivariateRealDistribution again = CommonsMath.distribution(PosteriorFile.read(folder.resolve("posterior.fluvia")));
        ours.reseedRandomGenerator(5);
        again.reseedRandomGenerator(5);
        assertArrayEquals(ours.sample(10), again.sample(10));
        assertEquals(ours.density(new double[] {2}), again.density(new double[] {2}), 1e-12);
        assertEquals(0, again.density(new double[] {-2}));
    }

    /** Commons Math's normal distribution as a density of one's own, with its gradient by hand. */
    @Test
    void functionsOfCommonsMathAreFitted() {
        MultivariateNormalDistribution theirs = new MultivariateNormalDistribution(MEAN, covariance());
        RealMatrix precision = new LUDecomposition(MatrixUtils.createRealMatrix(covariance())).getSolver().getInverse();
        MultivariateFunction logDensity = x -> -0.5 * quadratic(precision, x);
        MultivariateVectorFunction gradient = x -> {
            double[] slope = precision.operate(centred(x));
            for (int i = 0; i < slope.length; i++) slope[i] = -slope[i];
            return slope;
        };
        Posterior p = Fit.of(CommonsMath.model("normal", 3, logDensity, gradient)).flow(Flows.fullRank()).run();
        for (int i = 0; i < 3; i++) {
            double sd = theirs.getStandardDeviations()[i];
            assertEquals(MEAN[i], p.summary("x[" + (i + 1) + "]").mean(), 0.05 * sd);
            assertEquals(sd, p.summary("x[" + (i + 1) + "]").sd(), 0.05 * sd);
        }
        double atZero = theirs.density(new double[3]);
        assertEquals(atZero, CommonsMath.distribution(p).density(new double[3]), 1e-6 * atZero);
    }

    private static double[] centred(double[] x) {
        double[] c = new double[x.length];
        for (int i = 0; i < x.length; i++) c[i] = x[i] - MEAN[i];
        return c;
    }

    private static double quadratic(RealMatrix precision, double[] x) {
        double[] c = centred(x);
        double[] p = precision.operate(c);
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += c[i] * p[i];
        return sum;
    }

    @Test
    void aGradientOfTheWrongLengthIsOneMessage() {
        Model wrong = CommonsMath.model("wrong", 2, x -> 0, x -> new double[] {0});
        RuntimeException e = assertThrows(RuntimeException.class, () -> Fit.of(wrong).run());
        assertTrue(e.getMessage().contains("wrong: gradient must have 2 elements, but had 1"), e.getMessage());
    }

    @Test
    void matricesGoThereAndBack() {
        DMatrixRMaj ours = new DMatrixRMaj(new double[][] {{2, 1, 0}, {1, 3, -1}, {0, -1, 4}});
        RealMatrix theirs = CommonsMath.matrix(ours);
        assertArrayEquals(ours.data, CommonsMath.ejml(theirs).data);
        DMatrixRMaj inverse = new DMatrixRMaj(3, 3);
        assertTrue(CommonOps_DDRM.invert(ours, inverse));
        assertArrayEquals(CommonsMath.ejml(new LUDecomposition(theirs).getSolver().getInverse()).data, inverse.data, 1e-14);
        theirs.setEntry(0, 0, 9);
        assertEquals(2, ours.get(0, 0), "it is a copy");
    }
}
