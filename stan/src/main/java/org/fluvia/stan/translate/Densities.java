package org.fluvia.stan.translate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fluvia.dist.Families;
import org.fluvia.dist.Family;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;
import org.jspecify.annotations.Nullable;

/** Writes distributions and their functions. */
final class Densities {
    private static final Map<String, Family> FAMILIES = new HashMap<>();

    static {
        for (Family f : Families.table().rows()) if (!f.stanName().isEmpty()) FAMILIES.put(f.stanName(), f);
    }

    private final Scope scope;
    private final ExpressionWriter expressions;

    Densities(Scope scope, ExpressionWriter expressions) {
        this.scope = scope;
        this.expressions = expressions;
    }

    static @Nullable Family family(String stanName) {
        return FAMILIES.get(stanName);
    }

    /**
     * A distribution.
     *
     * @param isLanes whether a parameter differs from one iteration of a loop to the next
     */
    record Written(String java, boolean isLanes, Family family) {}

    Written distribution(String name, List<Expression> arguments) {
        Family f = family(name);
        if (f == null) throw new Refusal("the distribution `" + name + "` is not translated");
        scope.importStatic("org.fluvia.dist.Distributions");
        List<Code> given = arguments.stream().map(e -> Operations.counted(expressions.value(e), scope)).toList();
        boolean lanes = given.stream().anyMatch(Code::isLanes);
        List<Family.Parameter> parameters = f.parameters();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Code c = given.get(i);
            boolean isVector = i < parameters.size() && parameters.get(i).rank() > 0;
            if (lanes && !isVector && !c.isScalar() || c.isLanes() && isVector && c.isScalar()) throw new NotLifted();
            texts.add(isVector && given.size() > 1 || given.size() == 1 && !c.isExpr() && isVector && f.example().eventRank() == 0 ? c.expr() : c.argument());
        }
        return new Written(f.name() + "(" + String.join(", ", texts) + ")", lanes, f);
    }

    /** With the bounds that it is cut at. */
    String truncated(String distribution, Statement.@Nullable Truncation t) {
        if (t == null) return distribution;
        Expression lower = t.lower();
        Expression upper = t.upper();
        if (lower == null && upper == null) return distribution;
        if (upper == null) return "leftTruncated(" + distribution + ", " + bound(lower) + ")";
        return lower == null ? "rightTruncated(" + distribution + ", " + bound(upper) + ")"
                : "truncated(" + distribution + ", " + bound(lower) + ", " + bound(upper) + ")";
    }

    private String bound(@Nullable Expression e) {
        return expressions.value(requireNonNull(e)).argument();
    }

    /** {@code normal_lpdf(y | mu, sigma)} and the like; null for another function. */
    @Nullable Code function(Expression.Call c) {
        for (String[] form : new String[][] {{"_lpdf", "logDensity"}, {"_lpmf", "logDensity"}, {"_lupdf", "logDensity"}, {"_lupmf", "logDensity"},
            {"_lcdf", "logCdf"}, {"_lccdf", "logCcdf"}, {"_cdf_log", "logCdf"}, {"_ccdf_log", "logCcdf"}, {"_cdf", "logCdf"}, {"_log", "logDensity"}}) {
            if (!c.name().endsWith(form[0])) continue;
            String name = c.name().substring(0, c.name().length() - form[0].length());
            if (family(name) == null) continue;
            Code value = Operations.counted(expressions.value(c.arguments().get(0)), scope);
            Written d = distribution(name, c.arguments().subList(1, c.arguments().size()));
            boolean lanes = value.isLanes() || d.isLanes;
            if (lanes && (!value.isScalar() && d.family.example().eventRank() == 0 || !value.isLanes() && !value.isScalar())) throw new NotLifted();
            String text = d.java + "." + form[1] + "(" + value.expr() + ")";
            boolean isOne = c.arguments().stream().allMatch(e -> scope.type(e).isNumber());
            if (!lanes && !isOne) text += ".sum()";
            if (form[0].equals("_cdf")) text += ".exp()";
            return Code.expr(Type.REAL, text, lanes);
        }
        return null;
    }

    static String joined(List<Code> sizes) {
        return sizes.stream().map(s -> ", " + s.java()).collect(Collectors.joining());
    }
}
