package org.fluvia.stan.run;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Source;
import org.fluvia.dist.Distribution;
import org.fluvia.model.ModelBuilder;
import org.fluvia.stan.library.Densities;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Generated quantities that are drawn from a distribution of the library as a whole, {@code y_rep = normal_rng(mu, sigma)}, or in a loop over
 * all elements: the model predicts them.
 */
final class Predictions {
    private static final String SUFFIX = "_rng";

    private final Session session;
    private final Executor executor;
    private final ModelBuilder model;

    Predictions(Session session, Executor executor, ModelBuilder model) {
        this.session = session;
        this.executor = executor;
        this.model = model;
    }

    /** The name of the quantity that the statement draws and the model now predicts; null if it is none of these. */
    @Nullable String predicted(Statement s) {
        try {
            return Source.attribute(session.text.source(s.span()), () -> drawn(s));
        } catch (IllegalArgumentException | NotLifted | Refusal e) {
            return null; // it is left out then
        }
    }

    private @Nullable String drawn(Statement s) {
        if (s instanceof Statement.Declaration d) {
            session.frame().declare(d.name().name(), executor.sizes().variable(d.type()));
            return whole(d.name(), d.value());
        }
        if (s instanceof Statement.Assignment a && a.operator() == null && a.target() instanceof Expression.Name n) return whole(n, a.value());
        return s instanceof Statement.For f ? each(f) : null;
    }

    private @Nullable String whole(Expression.Name name, @Nullable Expression value) {
        Variable v = session.frame().find(name.name());
        if (v == null || !(value instanceof Expression.Call c)) return null;
        return predict(name.name(), v.dims(), c, c.arguments().stream().map(executor.evaluator()::tensor).toList());
    }

    /** {@code for (n in 1:N) y[n] = normal_rng(mu[n], sigma);} */
    private @Nullable String each(Statement.For f) {
        Statement body = f.body();
        while (body instanceof Statement.Block b && b.statements().size() == 1) body = b.statements().get(0);
        if (!(body instanceof Statement.Assignment a && a.operator() == null && a.target() instanceof Expression.Indexed i
                && a.value() instanceof Expression.Call c
                && i.base() instanceof Expression.Name name && i.indices().equals(List.of(new Expression.At(at(i))))
                        && isVariable(i, f))) return null;
        Variable v = session.frame().find(name.name());
        int n = v == null || v.dims().length != 1 ? -1 : v.dims()[0];
        if (n < 1 || executor.evaluator().tensor(f.first()).integer() != 1 || executor.evaluator().tensor(f.last()).integer() != n) return null;
        Lanes lanes = new Lanes(null, new int[n]);
        int depth = session.frame().depth();
        session.frame().open();
        try {
            Variable counter = new Variable(Type.INT, new int[0], lanes);
            counter.assign(Tensor.of(Type.INT, new int[0], lanes, IntStream.rangeClosed(1, n).asDoubleStream().toArray()));
            session.frame().declare(f.variable().name(), counter);
            List<Tensor> arguments = session.in(lanes, () -> c.arguments().stream().map(executor.evaluator()::tensor).toList());
            int[] dims = {n};
            return predict(name.name(), dims, c, arguments.stream().map(t -> t.lanes() == null
                    ? t : Tensor.of(Type.VECTOR, dims, null, t.expr())).toList());
        } finally {
            session.frame().closeTo(depth);
        }
    }

    private static Expression at(Expression.Indexed i) {
        return i.indices().get(0) instanceof Expression.At a ? a.place() : i;
    }

    private static boolean isVariable(Expression.Indexed i, Statement.For f) {
        return at(i) instanceof Expression.Name n && n.name().equals(f.variable().name());
    }

    private @Nullable String predict(String name, int[] dims, Expression.Call c, List<Tensor> parameters) {
        if (!c.name().endsWith(SUFFIX) || !session.functions(c.name()).isEmpty() || Arrays.stream(dims).anyMatch(n -> n == 0)) return null;
        Distribution d = Densities.distribution(c.name().substring(0, c.name().length() - SUFFIX.length()), dims, parameters);
        if (d == null || d.misfit(org.fluvia.autodiff.Shape.of(dims)).isPresent()) return null;
        model.predict(name, d, dims);
        return name;
    }
}
