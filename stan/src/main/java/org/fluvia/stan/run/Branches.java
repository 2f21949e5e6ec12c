package org.fluvia.stan.run;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.fluvia.autodiff.Expr;
import org.fluvia.stan.library.Arithmetic;
import org.fluvia.stan.library.Parts;
import org.fluvia.stan.tree.Mentions;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/** Runs conditionals: on data one branch, or each in the lanes where it is taken; on parameters both, of which {@code where} chooses. */
final class Branches {
    private final Session session;
    private final Executor executor;

    Branches(Session session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    Completion run(Statement.If i) {
        Tensor condition = executor.evaluator().tensor(i.condition());
        if (!condition.isData()) return onParameters(i, condition);
        Lanes now = session.lanes();
        if (condition.lanes() == null || now == null) return inner(condition.number() != 0 ? i.then() : i.otherwise());
        boolean[] holds = Evaluator.holds(condition);
        inLanes(now, holds, i.then());
        inLanes(now, Evaluator.negated(holds), i.otherwise());
        return Completion.NORMAL;
    }

    private void inLanes(Lanes now, boolean[] holds, @Nullable Statement s) {
        Lanes some = now.where(holds);
        if (s == null || some.count() == 0) return;
        Completion c = session.in(some.count() == now.count() ? now : some, () -> inner(s));
        if (!c.isNormal()) throw new NotLifted("an early end");
    }

    private Completion inner(@Nullable Statement s) {
        if (s == null) return Completion.NORMAL;
        int depth = session.frame().depth();
        session.frame().open();
        try {
            return executor.run(s);
        } finally {
            session.frame().closeTo(depth);
        }
    }

    private Completion onParameters(Statement.If i, Tensor condition) {
        Set<String> names = new HashSet<>(Mentions.assigned(i.then()));
        Statement otherwise = i.otherwise();
        if (otherwise != null) names.addAll(Mentions.assigned(otherwise));
        Completion[] ends = both(condition, names, () -> inner(i.then()), () -> inner(otherwise));
        return joined(condition, ends[0], ends[1]);
    }

    /** What follows a statement that returns under a condition on parameters: it runs where the condition does not hold. */
    Completion otherwise(Completion early, Tensor condition, List<Statement> rest) {
        Completion end = executor.run(rest);
        if (end.kind() != Completion.Kind.RETURN) throw new Refusal("a return under a condition on a parameter is only read where what follows returns too");
        return joined(condition, Completion.returned(early.value()), end);
    }

    private Completion joined(Tensor condition, Completion then, Completion otherwise) {
        if (then.isNormal() && otherwise.isNormal()) return Completion.NORMAL;
        Value a = then.value();
        Value b = otherwise.value();
        boolean returns = then.kind() == Completion.Kind.RETURN && then.condition() == null;
        boolean otherReturns = otherwise.kind() == Completion.Kind.RETURN && otherwise.condition() == null;
        if (returns && otherReturns && a instanceof Tensor x && b instanceof Tensor y) return Completion.returned(Evaluator.where(condition, x, y));
        if (returns && otherwise.isNormal() && a != null) return new Completion(Completion.Kind.RETURN, a, condition);
        if (otherReturns && then.isNormal() && b != null) {
            return new Completion(Completion.Kind.RETURN, b, Arithmetic.not(condition));
        }
        throw new Refusal("a condition on a parameter cannot decide where a loop or a function ends");
    }

    /** Runs both, and lets variables and the log-density be what the condition chooses. */
    private Completion[] both(Tensor condition, Set<String> names, Supplier<Completion> then, Supplier<Completion> otherwise) {
        Map<Variable, Variable> before = new LinkedHashMap<>();
        for (String name : names) {
            Variable v = session.frame().find(name);
            if (v != null) before.put(v, v.copy());
        }
        int terms = session.terms.size();
        Branch first = branch(then, terms);
        Map<Variable, Variable> after = new LinkedHashMap<>();
        for (Variable v : before.keySet()) after.put(v, v.copy());
        before.forEach(Variable::restore);
        Branch second = branch(otherwise, terms);
        after.forEach((v, copy) -> choose(condition, v, copy));
        if (!first.isEmpty || !second.isEmpty) session.terms.add(Evaluator.where(condition, first.density, second.density), session.lanes());
        return new Completion[] {first.end, second.end};
    }

    /** Elements in which the branches differ become what the condition chooses. */
    private void choose(Tensor condition, Variable v, Variable then) {
        int[] places = v.differences(then);
        if (places.length == 0) return;
        if (v.lanes() != session.lanes()) throw new NotLifted("a condition on a parameter in a loop, on what is outside");
        int[] dims = {places.length};
        Tensor a = then.get(places, Type.VECTOR, dims, null);
        Tensor b = v.get(places, Type.VECTOR, dims, null);
        Tensor each = condition;
        if (condition.lanes() != null) {
            int[] lane = Arrays.stream(places).map(p -> p / v.size()).toArray();
            each = Tensor.of(Type.VECTOR, dims, null, Parts.flat(condition.expr(), lane));
        }
        v.set(places, Evaluator.where(each, a, b));
    }

    /**
     * What a branch came to.
     *
     * @param density that it added, in the lanes that are current
     */
    private record Branch(Tensor density, boolean isEmpty, Completion end) {}

    private Branch branch(Supplier<Completion> work, int terms) {
        Completion end;
        Tensor density;
        boolean isEmpty = false;
        try {
            end = session.inBranch(work);
            isEmpty = session.terms.size() == terms;
            density = session.terms.sumFrom(terms, session.lanes());
        } catch (Rejected e) {
            end = Completion.NORMAL;
            density = Tensor.of(Type.REAL, new int[0], null, Expr.of(Double.NEGATIVE_INFINITY));
        }
        session.terms.cutTo(terms);
        return new Branch(density, isEmpty, end);
    }
}
