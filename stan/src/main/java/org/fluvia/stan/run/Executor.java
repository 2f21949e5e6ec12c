package org.fluvia.stan.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Source;
import org.fluvia.stan.library.Densities;
import org.fluvia.stan.library.Missing;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Scopes;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/** Runs statements. */
final class Executor {
    private final Session session;
    private final Evaluator evaluator;
    private final Assigner assigner;
    private final Sizes sizes;
    private final Loops loops;
    private final Branches branches;
    private final Map<Statement, Source> sources = new IdentityHashMap<>();

    Executor(Session session) {
        this.session = session;
        this.evaluator = new Evaluator(session, this::call);
        this.assigner = new Assigner(session, evaluator);
        this.sizes = new Sizes(session, evaluator);
        this.loops = new Loops(session, this);
        this.branches = new Branches(session, this);
    }

    Evaluator evaluator() {
        return evaluator;
    }

    Assigner assigner() {
        return assigner;
    }

    Sizes sizes() {
        return sizes;
    }

    /** Statements one after the other, in the scope that is open. */
    Completion run(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            Completion c = run(statements.get(i));
            Tensor condition = c.condition();
            if (condition != null) return branches.otherwise(c, condition, statements.subList(i + 1, statements.size()));
            if (!c.isNormal()) return c;
        }
        return Completion.NORMAL;
    }

    Completion run(Statement s) {
        session.step();
        if (s instanceof Statement.Block b) return block(b);
        Source source = sources.computeIfAbsent(s, x -> session.text.source(x.span()));
        try {
            return Source.attribute(source, () -> one(s));
        } catch (RuntimeException e) {
            throw session.at(s.span(), e);
        }
    }

    private Completion block(Statement.Block b) {
        int depth = session.frame().depth();
        session.frame().open();
        try {
            return run(b.statements());
        } finally {
            session.frame().closeTo(depth);
        }
    }

    private Completion one(Statement s) {
        if (s instanceof Statement.Assignment a) assigner.assign(a);
        else if (s instanceof Statement.Declaration d) declare(d);
        else if (s instanceof Statement.Distributed d) distributed(d);
        else if (s instanceof Statement.Increment i) increment(i);
        else if (s instanceof Statement.CallStatement c) evaluator.calls().call(c.call(), evaluator::value);
        else if (s instanceof Statement.Say say) say(say);
        else if (s instanceof Statement.If i) return branches.run(i);
        else if (s instanceof Statement.For f) return loops.run(f);
        else if (s instanceof Statement.ForEach f) return loops.run(f);
        else if (s instanceof Statement.While w) return loops.run(w);
        else if (s instanceof Statement.Jump j) return j.isBreak() ? Completion.BREAK : Completion.CONTINUE;
        else if (s instanceof Statement.Return r) return returned(r);
        return Completion.NORMAL;
    }

    private Completion returned(Statement.Return r) {
        Expression value = r.value();
        return Completion.returned(value == null ? null : evaluator.value(value));
    }

    private void declare(Statement.Declaration d) {
        Variable v = sizes.variable(d.type());
        Expression value = d.value();
        if (value != null) {
            Value given = evaluator.value(value);
            assigner.whole(v, given);
        }
        session.frame().declare(d.name().name(), v);
    }

    private void increment(Statement.Increment i) {
        Statement.Distributed d = asDistributed(i);
        if (d != null) {
            distributed(d);
            return;
        }
        Tensor value = evaluator.tensor(i.value());
        if (value.isScalar()) {
            session.terms.add(value, session.lanes());
        } else if (value.lanes() == null) {
            session.terms.add(Tensor.of(Type.REAL, new int[0], null, value.expr().sum()), session.lanes());
        } else {
            throw new NotLifted("a term of several elements");
        }
    }

    /** {@code y ~ normal(mu, sigma)} for {@code target += normal_lpdf(y | mu, sigma)}; null for other terms. */
    private Statement.@Nullable Distributed asDistributed(Statement.Increment i) {
        if (!(Expressions.inner(i.value()) instanceof Expression.Call c) || !session.functions(c.name()).isEmpty()) return null;
        String name = c.name().replaceFirst("_lu?p[dm]f$", "");
        if (name.equals(c.name()) || !Densities.has(name)) return null;
        List<Expression> arguments = c.arguments().subList(1, c.arguments().size());
        return new Statement.Distributed(i.span(), c.arguments().get(0), new Expression.Name(c.function().span(), name), arguments, null);
    }

    private void distributed(Statement.Distributed d) {
        Tensor values = evaluator.tensor(d.value());
        List<Value> all = new ArrayList<>(List.of(values));
        for (Expression argument : d.arguments()) all.add(evaluator.value(argument));
        String name = d.distribution().name();
        List<Type> types = all.stream().map(Value::type).toList();
        for (String suffix : List.of("_lpdf", "_lpmf", "_log")) {
            FunctionDefinition own = evaluator.calls().own(name + suffix, types);
            if (own == null) continue;
            Tensor density = (Tensor) requireNonNull(call(own, all));
            session.terms.add(density, session.lanes());
            truncatedOwn(d, name, all);
            return;
        }
        if (!Densities.has(name)) throw new Refusal("the distribution `" + name + "` is not read. " + Missing.instead(name
                + (values.type().holdsInts() ? "_lpmf" : "_lpdf")));
        List<Tensor> parameters = all.subList(1, all.size()).stream().map(v -> (Tensor) v).toList();
        Densities.Term term = Densities.term(name, values, parameters);
        Statement.Truncation t = d.truncation();
        if (t != null) term = term.truncated(bound(t.lower()), bound(t.upper()));
        session.terms.add(named(term, d.value()), session.lanes());
    }

    /** Observed under the name of the variable of which they are a part. */
    private static Densities.Term named(Densities.Term term, Expression values) {
        Expr x = term.values();
        Expression root = values;
        while (root instanceof Expression.Indexed i) root = i.base();
        boolean isNamed = x.isPerDraw() || x.name() != null || !(root instanceof Expression.Name);
        return isNamed ? term : term.named(((Expression.Name) root).name());
    }

    private @Nullable Expr bound(@Nullable Expression e) {
        return e == null ? null : evaluator.tensor(e).expr();
    }

    /** Divides by the probability of the bounds, by the program's own distribution functions. */
    private void truncatedOwn(Statement.Distributed d, String name, List<Value> all) {
        Statement.Truncation t = d.truncation();
        if (t == null) return;
        Expression lower = t.lower();
        Expression upper = t.upper();
        if (lower != null && upper != null) throw new Refusal("a distribution of the program's own can be truncated at one bound only");
        Expression bound = lower != null ? lower : upper;
        if (bound == null) return;
        List<Value> given = new ArrayList<>(all);
        given.set(0, evaluator.value(bound));
        Tensor probability = (Tensor) requireNonNull(evaluator.calls().named(name + (lower != null ? "_lccdf" : "_lcdf"), given));
        session.terms.add(org.fluvia.stan.library.Arithmetic.negative(probability), session.lanes());
    }

    private void say(Statement.Say say) {
        StringBuilder line = new StringBuilder();
        for (Statement.Said part : say.parts()) {
            Expression value = part.value();
            if (value == null) line.append(part.text());
            else line.append(evaluator.value(value) instanceof Tensor t && t.isData() ? shown(t) : "(" + part.text()
                    + ", which depends on parameters)");
        }
        if (!say.word().equals("print")) throw new Rejected(say.word() + ": " + line);
        session.print(line.toString());
    }

    private static String shown(Tensor t) {
        StringBuilder b = new StringBuilder();
        double[] numbers = t.numbers();
        for (double x : numbers) b.append(b.length() == 0 ? "" : ",").append(x == (long) x ? String.valueOf((long) x) : String.valueOf(x));
        return t.isScalar() ? b.toString() : "[" + b + "]";
    }

    /** Calls a function of the program. */
    @Nullable Value call(FunctionDefinition f, List<Value> arguments) {
        Scopes<Variable> frame = new Scopes<>();
        for (int i = 0; i < arguments.size(); i++) {
            FunctionDefinition.Argument a = f.arguments().get(i);
            frame.declare(a.name().name(), sizes.holding(arguments.get(i), a.type()));
        }
        Statement body = requireNonNull(f.body());
        Completion c = session.in(frame, () -> run(body));
        if (c.condition() != null) throw new Refusal("`" + f.name().name() + "` returns under a condition on a parameter, and otherwise does not");
        Value value = c.value();
        return value instanceof Tensor t ? t.promotedTo(f.returned()) : value;
    }
}
