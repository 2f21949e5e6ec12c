package org.fluvia.dist;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.beta;
import static org.fluvia.dist.Distributions.betaProportion;
import static org.fluvia.dist.Distributions.binomial;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.LogBeta;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A parameter between 0 and 1, where it rounds to either: the log-density is that of log-odds u, s log sigmoid(u) + f log sigmoid(-u) - constant. */
class UnitIntervalTest {
    private static Arguments of(String name, double successes, double failures, double constant, Distribution prior, Distribution... data) {
        return Arguments.of(name, successes, failures, constant, prior, data);
    }

    static Stream<Arguments> densities() {
        return Stream.of(
                of("beta(0.1, 0.1)", 0.1, 0.1, LogBeta.value(0.1, 0.1), beta(0.1, 0.1)),
                of("beta(3, 0.01)", 3, 0.01, LogBeta.value(3, 0.01), beta(3, 0.01)),
                of("beta(1, 1)", 1, 1, 0, beta(1, 1)),
                of("betaProportion(0.2, 0.5)", 0.1, 0.4, LogBeta.value(0.1, 0.4), betaProportion(0.2, 0.5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("densities")
    void logDensityIsThatOfTheLogOdds(String name, double successes, double failures, double constant, Distribution prior, Distribution... none) {
        check(Model.define("m", m -> m.sample("x", prior)).bind(Data.empty()), successes, failures, constant);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("densities")
    void countsAddTheirOwn(String name, double successes, double failures, double constant, Distribution prior, Distribution... none) {
        Model model = Model.define("m", m -> {
            Expr x = m.sample("x", prior);
            m.logDensity(binomial(Expr.of(5), x).logDensity(Expr.of(5)));
            m.logDensity(binomial(Expr.of(7), x).logDensity(Expr.of(2)));
            m.logDensity(bernoulli(x).logDensity(Expr.of(0)));
        });
        check(model.bind(Data.empty()), successes + 7, failures + 6, constant - Math.log(21));
    }

    private static double softplus(double u) {
        return Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));
    }

    private static void check(BoundModel model, double successes, double failures, double constant) {
        double[] places = {-800, -745, -40, -37, -1, -1e-9, 0, 0.3, 5, 36, 37, 38, 300, 710, 800};
        Expr density = model.logDensityUnconstrained();
        Expr gradient = Gradient.of(density, model.unconstrained());
        Workspace w = Program.of(density, gradient).workspace();
        w.set(model.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(1, places.length, places)));
        w.run(places.length);
        IntStream.range(0, places.length).forEach(j -> {
            double u = places[j];
            double size = 1 + successes * softplus(-u) + failures * softplus(u) + Math.abs(constant);
            assertEquals(-successes * softplus(-u) - failures * softplus(u) - constant, w.perDraw(density).data[j], 1e-12 * size, "at " + u);
            double odds = successes / (1 + Math.exp(u)) - failures / (1 + Math.exp(-u));
            assertEquals(odds, w.perDraw(gradient).data[j], 1e-12 * (successes + failures + 2), "gradient at " + u);
        });
    }
}
