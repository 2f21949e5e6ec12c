package org.fluvia.vi;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.dirichlet;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.multinomial;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poisson;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelException;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Data SIZES = Data.empty().with("x", 0, 1, 2).with("y", 3, 1, 4).with("n", 2, 0, 5);
    private static final int N = 300;

    private static Model model(Consumer<ModelBuilder> definition) {
        return Model.define("test", definition);
    }

    private static final Model LINE = model(m -> {
        Expr b = m.sample("b", normal(2, 1));
        Expr s = m.sample("s", halfNormal(1));
        Expr line = m.derive("line", m.data("x").times(b));
        m.observe("y", normal(line, s));
        m.observe("n", poisson(line.exp()));
    });

    /** y[3] = 2 b + s e and n[1] of rate 1: moments by hand. */
    @Test
    void parametersAreOfThePriorAndDataOfTheParameters() {
        Simulation s = Simulation.of(LINE.compile(SIZES)::bind, SIZES, Data.empty());
        List<Simulation.Drawn> all = IntStream.range(0, N).mapToObj(s::draw).toList();
        assertMoments(2, 1, all.stream().mapToDouble(d -> d.parameters().values("b")[0]).toArray());
        assertMoments(4, Math.sqrt(4 + 1), all.stream().mapToDouble(d -> d.data().values("y")[2]).toArray());
        assertMoments(1, 1, all.stream().mapToDouble(d -> d.data().values("n")[0]).toArray());
        assertMoments(0, 1, all.stream().mapToDouble(d -> d.data().values("y")[0]).toArray());
        for (Simulation.Drawn d : all.subList(0, 20)) {
            assertEquals(2 * d.parameters().values("b")[0], d.derived().values("line")[2]);
            assertArrayEquals(SIZES.values("x"), d.data().values("x"));
            assertEquals(SIZES.names(), d.data().names());
        }
    }

    private static void assertMoments(double mean, double sd, double[] x) {
        double found = Arrays.stream(x).average().orElseThrow();
        assertEquals(mean, found, 5 * sd / Math.sqrt(x.length));
        assertEquals(sd * sd, Arrays.stream(x).map(v -> (v - found) * (v - found)).average().orElseThrow(), 0.5 * sd * sd);
    }

    @Test
    void theSameSeedGivesTheSameData() {
        Simulation s = Simulation.of(LINE, SIZES);
        assertArrayEquals(s.draw(7).data().values("y"), Simulation.of(LINE, SIZES).draw(7).data().values("y"));
        assertTrue(s.draw(7).data().values("y")[0] != s.draw(8).data().values("y")[0]);
        assertArrayEquals(Simulation.of(LINE.compile(SIZES)::bind, SIZES, Data.empty()).draw(7).data().values("y"), s.draw(7).data().values("y"));
    }

    @Test
    void givenParametersStayAndOthersAreDrawnGivenThem() {
        Model levels = model(m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            Expr a = m.sample("a", normal(mu, 0.01), 3);
            Expr flat = m.parameter("flat", Support.positive());
            m.logDensity(flat.unaryMinus());
            m.observe("y", normal(a, flat));
        });
        Data given = Data.empty().with("mu", 100).with("flat", 0.001);
        String message = assertThrows(ModelException.class, () -> Simulation.of(levels, SIZES, Data.empty().with("mu", 1))).getMessage();
        assertTrue(message.contains("flat of model test must have a proper prior"), message);
        message = assertThrows(ModelException.class, () -> Simulation.of(levels, SIZES, given)).getMessage();
        assertTrue(message.contains("a term of logDensity"), message); // a's distribution may be another one by it
        Simulation.Drawn all = Simulation.of(levels, SIZES, given.with("a", 1, 2, 3)).draw(1);
        assertArrayEquals(new double[] {1, 2, 3}, all.data().values("y"), 0.01);
        Model proper = model(m -> m.observe("y", normal(m.sample("a", normal(m.sample("mu", normal(0, 1)), 0.01), 3), 0.001)));
        Simulation.Drawn some = Simulation.of(proper, SIZES, Data.empty().with("mu", 100)).draw(1);
        assertEquals(100, some.parameters().values("mu")[0]);
        assertArrayEquals(new double[] {100, 100, 100}, some.data().values("y"), 0.1);
        for (Data wrong : List.of(Data.empty().with("no", 1), Data.empty().with("mu", new double[] {1}), Data.empty().with("a", 1, 2))) {
            assertThrows(ModelException.class, () -> Simulation.of(proper, SIZES, wrong));
        }
    }

    @Test
    void whatCannotBeDrawnAtOnceIsRefused() {
        Data series = Data.empty().with("y", 1, 2, 3, 4).with("z", 1, 2, 3, 4);
        refused("what is observed as observed_1 of model test must be a variable of the data", series, m -> {
            Expr y = m.data("y");
            m.observe(y.slice(1, 4), normal(y.slice(0, 3).times(m.sample("phi", normal(0, 1))), 1));
        });
        refused("the distribution of z in model test depends on observed data", series, m -> {
            Expr phi = m.sample("phi", normal(0, 1));
            m.observe("y", normal(phi, 1));
            m.observe("z", normal(m.data("y").times(phi), 1));
        });
        refused("the distribution of mu in model test depends on observed data", series,
                m -> m.observe("y", normal(m.sample("mu", normal(m.data("y").mean(), 1)), 1)));
        refused("the distribution of mu in model test depends on observed data", series,
                m -> m.observe("y", normal(m.sample("mu", normal(m.numbers("y")[0], 1)), 1)));
        refused("what is observed as y_2 of model test must be a variable of the data", series, m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            m.observe("y", normal(mu, 1));
            m.observe("y", normal(mu, 2));
        });
        refused("observes no data", series, m -> m.sample("mu", normal(0, 1)));
        refused("cannot draw y: replications of y are NaN in 1 of 1 draws", Data.empty().with("y", 1, 0), m -> {
            Expr p = m.sample("p", normal(50, 1));
            m.observe("y", bernoulli(p.times(p.abs()).named("odd"))); // of any sign, which is found out by draws only
        });
    }

    private static void refused(String words, Data sizes, Consumer<ModelBuilder> definition) {
        String message = assertThrows(ModelException.class, () -> Simulation.of(model(definition), sizes).draw(1)).getMessage();
        assertTrue(message.contains(words), message);
    }

    /** Their number is not the model's to say, and stays. */
    @Test
    void trialsOfAMultinomialAreThoseOfTheSizes() {
        Model shares = model(m -> m.observe("n", multinomial(m.sample("p", dirichlet(Expr.vector(1, 1, 1))))));
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(7, Arrays.stream(Simulation.of(shares, SIZES).draw(seed).data().values("n")).sum());
        }
    }
}
