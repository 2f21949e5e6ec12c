package org.fluvia.stan.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** What calls of functions must keep to. */
final class CallRules {
    private static final Set<String> WITH_BAR = Set.of("_lpdf", "_lpmf", "_lupdf", "_lupmf", "_cdf", "_lcdf", "_lccdf");
    /** The older forms, written with a comma. */
    private static final Set<String> WITH_COMMA = Set.of("_cdf");

    private final Names names;
    private final ExpressionRules expressions;

    CallRules(Names names, ExpressionRules expressions) {
        this.names = names;
        this.expressions = expressions;
    }

    Checked check(Expression.Call call, Place place) {
        Checked checked = any(call, place);
        if (checked.type().base() == Type.Base.VOID) throw error(call.span(), "`" + call.name() + "` returns nothing, and is no expression");
        return checked;
    }

    /** A call that is a statement. */
    void statement(Expression.Call call, Place place) {
        Checked checked = any(call, place);
        if (checked.type().base() != Type.Base.VOID) {
            throw error(call.span(), "`" + call.name() + "` returns " + ExpressionRules.a(checked.type())
                    + ", which must be used: assign it or add it to target");
        }
    }

    private Checked any(Expression.Call call, Place place) {
        String name = call.name();
        checkPlace(call, place);
        checkBar(call);
        HigherOrder higher = HigherOrder.of(name);
        if (higher != null && names.functions(name).isEmpty()) return higherOrder(call, higher, place);
        List<Type> types = new ArrayList<>();
        boolean data = !name.endsWith("_lp");
        boolean[] isData = new boolean[call.arguments().size()];
        for (int i = 0; i < isData.length; i++) {
            Checked c = expressions.check(call.arguments().get(i), place);
            types.add(c.type());
            isData[i] = c.isData();
            data &= c.isData();
        }
        if (names.variable(name) != null && !Signatures.has(name)) throw error(call.function().span(), "`" + name
                + "` is a variable, and no function");
        FunctionDefinition own = own(name, types);
        if (own != null) {
            for (int i = 0; i < isData.length; i++) {
                if (own.arguments().get(i).isData() && !isData[i]) {
                    throw error(call.arguments().get(i).span(), "argument " + (i + 1) + " of `" + name + "` must be data");
                }
            }
            return new Checked(own.returned(), data);
        }
        Type result = Signatures.result(name, types);
        if (result != null) return new Checked(result, data);
        throw unknown(call, types);
    }

    /** The program's own function of this name that takes these types: the one that needs the fewest promotions; null if there is none. */
    private @Nullable FunctionDefinition own(String name, List<Type> types) {
        return Overloads.choose(candidates(name), types);
    }

    private List<FunctionDefinition> candidates(String name) {
        for (String as : Overloads.namesOf(name)) {
            List<FunctionDefinition> found = names.functions(as);
            if (!found.isEmpty()) return found;
        }
        return List.of();
    }

    private ModelException unknown(Expression.Call call, List<Type> types) {
        String name = call.name();
        String given = types.stream().map(Type::toString).collect(Collectors.joining(", ", "(", ")"));
        if (!candidates(name).isEmpty()) {
            String ways = candidates(name).stream().map(f ->
                    f.argumentTypes().stream().map(Type::toString).collect(Collectors.joining(", ", "(", ")")))
                    .collect(Collectors.joining(" or "));
            return error(call.span(), "`" + name + "` takes " + ways + ", but is given " + given);
        }
        if (Signatures.has(name)) return error(call.span(), "`" + name + "` cannot be called with " + given);
        return error(call.span(), "there is no function `" + name + "`");
    }

    private void checkPlace(Expression.Call call, Place place) {
        String name = call.name();
        boolean own = !names.functions(name).isEmpty();
        if (name.endsWith("_lp") && own && !place.mayUseTarget()) {
            throw error(call.span(), "`" + name + "` can only be called in the model block and in functions whose names end in _lp");
        }
        if (name.endsWith("_jacobian") && own && !place.mayUseJacobian()) {
            throw error(call.span(), "`" + name + "` can only be called in transformed parameters and in functions whose names end in _jacobian");
        }
        if (name.endsWith("_rng") && !place.mayDraw()) {
            throw error(call.span(), "`" + name + "` draws at random, which transformed data, generated quantities and functions whose names end in _rng may do");
        }
        if ((name.endsWith("_lupdf") || name.endsWith("_lupmf")) && !place.mayBeUnnormalised()) {
            throw error(call.span(), "`" + name + "` can only be called in the model block and in functions whose names end in _lp, _lpdf or _lpmf");
        }
    }

    private void checkBar(Expression.Call call) {
        String name = call.name();
        boolean isConditional = WITH_BAR.stream().anyMatch(name::endsWith);
        boolean known = !candidates(name).isEmpty() || Signatures.has(name);
        if (call.hasBar() && !isConditional && known) {
            throw error(call.span(), "`|` belongs after the first argument of a density or a distribution function only");
        }
        boolean comma = WITH_COMMA.stream().anyMatch(name::endsWith);
        if (!call.hasBar() && isConditional && !comma && known) {
            throw error(call.span(), "`" + name + "` needs `|` after its first argument, in place of a comma");
        }
    }

    private Checked higherOrder(Expression.Call call, HigherOrder higher, Place place) {
        String name = call.name();
        if (call.arguments().isEmpty() || !(Expressions.inner(call.arguments().get(0)) instanceof Expression.Name function)) {
            throw error(call.span(), "`" + name + "` must be given a function first");
        }
        List<FunctionDefinition> own = candidates(function.name());
        if (own.isEmpty() && !Signatures.has(function.name()) || names.variable(function.name()) != null) {
            throw error(function.span(), "`" + name + "` must be given a function first, and there is no function `" + function.name() + "`");
        }
        List<Type> types = new ArrayList<>();
        List<Boolean> each = new ArrayList<>();
        boolean data = true;
        for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
            Checked c = expressions.check(argument, place);
            types.add(c.type());
            each.add(c.isData());
            data &= c.isData();
        }
        String misfit = higher.misfit(types, each);
        if (misfit != null) throw error(call.span(), "`" + name + "` " + misfit);
        boolean fits = own.stream().anyMatch(f -> higher.takes(f.argumentTypes(), f.returned(), types));
        if (own.isEmpty() ? !name.startsWith("reduce_sum") : !fits) {
            throw error(call.span(), "`" + name + "` gives `" + function.name()
                    + "` arguments that it does not take, or needs another type than it returns");
        }
        if (function.name().endsWith("_lp") || function.name().endsWith("_rng")) {
            throw error(function.span(), "a function that is given to another cannot end in _lp or _rng");
        }
        return new Checked(higher.resultType(), data);
    }

    /** Whether a distribution has a function of it with this suffix that takes these types. */
    boolean has(String name, List<Type> types) {
        return own(name, types) != null || Signatures.result(name, types) != null;
    }

    boolean exists(String name) {
        return !candidates(name).isEmpty() || Signatures.has(name);
    }

    private ModelException error(Span span, String sentence) {
        return expressions.error(span, sentence);
    }
}
