package org.fluvia.stan.translate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.dist.Family;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.Mentions;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/** Writes parameters, each with its prior where that depends on data and on parameters before it. */
final class ParameterWriter {
    /** {@code theta ~ normal(mu, tau)}, however it is written. */
    private record Prior(Statement statement, String name, List<Expression> arguments) {}

    private final Scope scope;
    private final ExpressionWriter expressions;
    private final StatementWriter statements;
    private final Map<String, Prior> priors = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    ParameterWriter(Program program, Scope scope, ExpressionWriter expressions, StatementWriter statements) {
        this.scope = scope;
        this.expressions = expressions;
        this.statements = statements;
        for (Program.Block block : List.of(Program.Block.DATA, Program.Block.TRANSFORMED_DATA)) {
            for (Statement s : program.block(block)) if (s instanceof Statement.Declaration d) known.add(d.name().name());
        }
        for (Statement s : program.block(Program.Block.MODEL)) find(s);
    }

    private void find(Statement s) {
        if (s instanceof Statement.Distributed d && d.truncation() == null) {
            found(s, d.value(), d.distribution().name(), d.arguments());
        } else if (s instanceof Statement.Increment i && Expressions.inner(i.value()) instanceof Expression.Call c && c.name().matches(".*_lu?p[dm]f")) {
            found(s, c.arguments().get(0), c.name().replaceFirst("_lu?p[dm]f$", ""), c.arguments().subList(1, c.arguments().size()));
        }
    }

    private void found(Statement s, Expression value, String name, List<Expression> arguments) {
        boolean isOwn = scope.functions.containsKey(name + "_lpdf") || scope.functions.containsKey(name + "_log");
        if (!isOwn && Densities.family(name) != null && value instanceof Expression.Name n) priors.putIfAbsent(n.name(), new Prior(s, name, arguments));
    }

    void write(Statement.Declaration d) {
        try {
            declared(d);
        } catch (RuntimeException e) {
            throw scope.at(d.span(), e);
        }
    }

    private void declared(Statement.Declaration d) {
        String name = d.name().name();
        SizedType type = d.type();
        List<Code> sizes = new ArrayList<>();
        for (Expression e : type.arraySizes()) sizes.add(expressions.integer(e));
        for (Expression e : type.sizes()) sizes.add(expressions.integer(e));
        if (type.kind().base() == Type.Base.MATRIX && type.sizes().size() == 1) sizes.add(sizes.get(sizes.size() - 1));
        Prior p = priors.get(name);
        Variable v = new Variable(type.type(), Variable.Storage.EXPR, d.span(), sizes, scope.names.name(name));
        String text;
        List<String> aside = List.of();
        if (p != null && fits(p, type.type())) {
            Densities.Written prior = expressions.densities().distribution(p.name, p.arguments);
            String support = support(type);
            boolean isTheSame = support(prior.family()).equals(support);
            text = "m.sample(\"" + name + "\", " + prior.java() + (isTheSame ? "" : ", " + support) + Densities.joined(sizes) + ")";
            if (!isTheSame) scope.importClass("org.fluvia.support.Support");
            statements.skip(p.statement);
            aside = statements.aside(p.statement.span());
        } else {
            text = "m.parameter(\"" + name + "\", " + support(type) + Densities.joined(sizes) + ")";
            scope.importClass("org.fluvia.support.Support");
        }
        known.add(name);
        scope.put(name, v);
        int at = statements.lines().count();
        statements.lines().add("Expr " + v.java + " = " + text + ";");
        if (!aside.isEmpty()) statements.lines().add(at, "// " + String.join(" ", aside));
    }

    /** Whether the prior can be given with the declaration: it depends on nothing that comes later, and is of the parameter's elements. */
    private boolean fits(Prior p, Type type) {
        boolean isKnown = p.arguments.stream().allMatch(e -> {
            boolean[] all = {true};
            Mentions.each(e, part -> all[0] &= !(part instanceof Expression.Name n) || known.contains(n.name()) || scope.functions.containsKey(n.name()));
            return all[0];
        });
        Family f = requireNonNull(Densities.family(p.name));
        boolean fits = f.example().eventRank() > 0
                || p.arguments.stream().allMatch(e -> scope.type(e).isNumber() || scope.type(e).dimensions() == type.dimensions());
        return isKnown && fits;
    }

    private String support(SizedType type) {
        return switch (type.kind()) {
            case ORDERED -> "Support.ordered()";
            case POSITIVE_ORDERED -> "Support.positiveOrdered()";
            case SIMPLEX, ROW_STOCHASTIC_MATRIX -> "Support.simplex()";
            case UNIT_VECTOR -> "Support.unitVector()";
            case SUM_TO_ZERO_VECTOR -> "Support.sumToZero()";
            case SUM_TO_ZERO_MATRIX -> "Support.sumToZeroMatrix()";
            case CHOLESKY_FACTOR_CORR -> "Support.choleskyFactorCorr()";
            case CHOLESKY_FACTOR_COV -> "Support.choleskyFactorCov()";
            case CORR_MATRIX -> "Support.corrMatrix()";
            case COV_MATRIX -> "Support.covMatrix()";
            case REAL, VECTOR, ROW_VECTOR, MATRIX -> bounded(type.bounds());
            default -> throw new Refusal("such a parameter is not translated");
        };
    }

    private String bounded(SizedType.Bounds b) {
        String offset = bound(b.offset());
        String multiplier = bound(b.multiplier());
        if (!offset.isEmpty() || !multiplier.isEmpty()) {
            return "Support.affine(" + (offset.isEmpty() ? "0" : offset) + ", " + (multiplier.isEmpty() ? "1" : multiplier) + ")";
        }
        String lower = bound(b.lower());
        String upper = bound(b.upper());
        if (lower.isEmpty()) return upper.isEmpty() ? "Support.real()" : "Support.upper(" + upper + ")";
        if (upper.isEmpty()) return lower.equals("0") || lower.equals("0.0") ? "Support.positive()" : "Support.lower(" + lower + ")";
        return "Support.interval(" + lower + ", " + upper + ")";
    }

    private String bound(@Nullable Expression e) {
        if (e == null) return "";
        return e instanceof Expression.Call c && c.name().endsWith("_infinity") ? "" : expressions.value(e).argument();
    }

    /** As a declaration would be written that has no other support than the family's; empty where that depends on its parameters. */
    private static String support(Family f) {
        Map<Support, String> all = Map.of(Support.real(), "Support.real()", Support.positive(), "Support.positive()", Support.interval(0, 1),
                "Support.interval(0, 1)", Support.simplex(), "Support.simplex()", Support.choleskyFactorCorr(), "Support.choleskyFactorCorr()",
                Support.corrMatrix(), "Support.corrMatrix()", Support.covMatrix(), "Support.covMatrix()");
        Support own = f.example().support();
        for (Map.Entry<Support, String> e : all.entrySet()) if (e.getKey().toString().equals(own.toString())) return f.name().equals("uniform") ? "" : e.getValue();
        return "";
    }
}
