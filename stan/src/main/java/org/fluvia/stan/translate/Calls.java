package org.fluvia.stan.translate;

import java.util.List;
import java.util.Set;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.Refusal;

/** Writes calls of functions of the library. */
final class Calls {
    private static final Set<String> JAVA = Set.of("sqrt", "exp", "log", "abs", "log10", "log1p", "expm1", "sin", "cos", "tan", "floor", "ceil", "cbrt");

    private Calls() {}

    static Code of(Scope scope, Expression.Call c, List<Code> given) {
        String name = c.name();
        Type type = scope.type(c);
        List<Code> all = given.stream().map(x -> Operations.counted(x, scope)).toList();
        boolean lanes = all.stream().anyMatch(Code::isLanes);
        boolean numbers = !all.isEmpty() && all.stream().noneMatch(Code::isExpr);
        if (numbers && all.size() == 1 && JAVA.contains(name)) return Code.number("Math." + name + "(" + all.get(0).java() + ")", Code.WHOLE);
        if (numbers && type.isInt() && all.size() == 2 && (name.equals("min") || name.equals("max"))) {
            return Code.integer("Math." + name + "(" + all.get(0).java() + ", " + all.get(1).java() + ")", 0, Code.WHOLE);
        }
        if (name.equals("num_elements") && all.get(0).type().dimensions() > 1) return Code.integer(all.get(0).text() + ".size()", 0, Code.WHOLE);
        Code special = special(scope, name, type, all);
        if (special != null) return special;
        Functions.Pattern p = Functions.of(name, all.size());
        if (p == null) throw new Refusal("`" + name + "` is not translated. Write it by functions that are, or fit the program as it is");
        if (lanes && (!p.isElementwise() || all.stream().anyMatch(x -> !x.isScalar()))) throw new NotLifted();
        if (!p.from().isEmpty()) {
            scope.importStatic((p.from().equals("Covariance") ? "org.fluvia.dynamics." : "org.fluvia.autodiff.") + p.from());
        }
        String text = p.java();
        if (all.isEmpty()) return Code.number(text, Code.WHOLE);
        for (int i = 0; i < all.size(); i++) {
            Code x = all.get(i);
            if (text.contains("%" + i) && !x.isInt()) throw new Refusal("a size of `" + name + "` that is made of arrays of data is not translated");
            text = text.replace("$" + i, x.expr()).replace("#" + i, x.argument()).replace("%" + i + " - 1", x.place()).replace("%" + i, x.java());
        }
        if (type.isInt() && !lanes && text.contains(".shape().dim")) return Code.integer(text, 0, Code.WHOLE);
        return Code.expr(type, text, lanes);
    }

    /** Functions whose meaning depends on types; null for others. */
    private static @org.jspecify.annotations.Nullable Code special(Scope scope, String name, Type type, List<Code> all) {
        boolean lanes = all.stream().anyMatch(Code::isLanes);
        switch (name) {
            case "dot_product":
                return Operations.dot(all.get(0), all.get(1), scope);
            case "dot_self":
                return lanes ? Operations.dot(all.get(0), all.get(0), scope) : null;
            case "log_sum_exp", "min", "max":
                if (all.size() != 2) return null;
                if (!name.equals("log_sum_exp")) return Code.expr(type, all.get(0).expr() + "." + name + "(" + all.get(1).argument() + ")", lanes);
                scope.importStatic("org.fluvia.autodiff.Functions");
                return Code.expr(type, "logAddExp(" + all.get(0).expr() + ", " + all.get(1).expr() + ")", lanes);
            case "segment":
                if (lanes || !all.get(1).isInt() || !all.get(2).isInt()) throw new NotLifted();
                Code to = Operations.of(Operator.PLUS, all.get(1), all.get(2), scope).plus(-1);
                return Code.expr(type, all.get(0).text() + ".slice(" + all.get(1).place() + ", " + to.java() + ")", false);
            case "to_vector":
                if (lanes) throw new NotLifted();
                return Code.expr(type, all.get(0).text() + (all.get(0).type().is(Base.MATRIX) ? ".transpose().flatten()" : ""), false);
            case "rep_matrix":
                scope.importStatic("org.fluvia.autodiff.Functions");
                String n = all.get(1).java();
                if (all.size() == 3) return Code.expr(type, "repeat(repeat(" + all.get(0).expr() + ", 0, " + all.get(2).java() + "), 0, " + n + ")", false);
                boolean isColumn = all.get(0).type().is(Base.VECTOR);
                return Code.expr(type, (isColumn ? "repeatColumns(" : "repeatRows(") + all.get(0).text() + ", " + n + ")", false);
            case "rep_array":
                if (all.size() != 2 || type.dimensions() != 1) return null;
                scope.importStatic("org.fluvia.autodiff.Functions");
                return Code.expr(type, "repeat(" + all.get(0).expr() + ", 0, " + all.get(1).java() + ")", false);
            case "log_mix":
                return all.size() == 3 ? null : refused("log_mix of vectors is not translated. Write log_sum_exp(log(theta) + lp)");
            case "append_row", "append_col", "append_array":
                boolean flat = type.dimensions() == 1;
                if (flat) return null;
                scope.importStatic("org.fluvia.autodiff.Functions");
                return Code.expr(type, (name.equals("append_col") ? "concatColumns(" : "concatRows(") + all.get(0).expr() + ", " + all.get(1).expr() + ")", false);
            default:
                return null;
        }
    }

    private static Code refused(String sentence) {
        throw new Refusal(sentence);
    }
}
