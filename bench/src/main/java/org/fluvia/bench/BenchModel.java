package org.fluvia.bench;

import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poissonLog;
import static org.fluvia.dist.Distributions.studentT;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelBuilder;
import org.fluvia.support.Support;

/** The models whose gradients are compared, each with the parameters in the order of the peers'. */
public enum BenchModel {
    /** Effects of coaching in eight schools (Rubin 1981), non-centred. */
    EIGHT_SCHOOLS(BenchData::eightSchools, m -> {
        Expr z = m.sample("z", normal(0, 1), 8);
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfCauchy(5));
        m.observe("y", normal(mu.plus(tau.times(z)), m.data("sigma")));
    }),
    /** Linear regression of party identification on eight columns (Gelman and Hill 2007). */
    NES1972(BenchData::nes1972, m -> {
        Expr beta = m.parameter("beta", Support.real(), 9);
        Expr sigma = m.parameter("sigma", Support.positive());
        m.observe("y", normal(m.data("design").matmul(beta), sigma));
    }),
    /** Linear regression of 5,000 diamonds' prices on a centred design of 24 columns and an intercept. */
    DIAMONDS(BenchData::diamonds, m -> {
        Expr x = m.data("X");
        Expr b = m.sample("b", normal(0, 1), x.shape().dim(1));
        Expr intercept = m.sample("intercept", studentT(3, 8, 10));
        Expr sigma = m.parameter("sigma", Support.positive());
        m.logDensity(studentT(3, 0, 10).logDensity(sigma));
        m.observe("y", normal(x.matmul(b).plus(intercept), sigma));
    }),
    /** Poisson regression, 2,000 x 10. */
    POISSON(BenchData::poisson, m -> {
        Expr x = m.data("X");
        Expr alpha = m.sample("alpha", normal(0, 5));
        Expr beta = m.sample("beta", normal(0, 1), x.shape().dim(1));
        m.observe("y", poissonLog(x.matmul(beta).plus(alpha)));
    });

    private final Supplier<Data> data;
    private final Consumer<ModelBuilder> definition;

    BenchModel(Supplier<Data> data, Consumer<ModelBuilder> definition) {
        this.data = data;
        this.definition = definition;
    }

    /** The name of the peers' program. */
    public String program() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public Data data() {
        return data.get();
    }

    public BoundModel bind() {
        return Model.define(program(), definition).bind(data());
    }
}
