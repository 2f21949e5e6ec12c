package org.fluvia.stan.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** What functions of the program must keep to. */
final class FunctionRules {
    private final Names names;
    private final StatementRules statements;

    FunctionRules(Names names, StatementRules statements) {
        this.names = names;
        this.statements = statements;
    }

    void check(List<FunctionDefinition> functions) {
        for (FunctionDefinition f : functions) {
            declare(f);
            if (f.body() != null) body(f, f.body());
        }
        for (FunctionDefinition f : functions) {
            boolean defined = functions.stream().anyMatch(g -> g.body() != null && same(f, g));
            if (!defined) throw error(f.span(), "`" + f.name().name() + "` is declared, but never defined");
        }
    }

    private static boolean same(FunctionDefinition f, FunctionDefinition g) {
        return f.name().name().equals(g.name().name()) && f.argumentTypes().equals(g.argumentTypes());
    }

    private void declare(FunctionDefinition f) {
        String name = f.name().name();
        checkName(f, name);
        Set<String> arguments = new HashSet<>();
        for (FunctionDefinition.Argument a : f.arguments()) {
            String argument = a.name().name();
            if (argument.equals(name) || !arguments.add(argument)) throw error(a.name().span(), "the argument `" + argument + "` needs another name");
        }
        for (FunctionDefinition before : names.functions(name)) {
            if (!same(f, before)) continue;
            if (before.body() != null || f.body() == null) throw error(f.span(), "`" + name + "` is already defined with these arguments");
            if (!before.returned().equals(f.returned())) throw error(f.span(), "`" + name + "` was declared to return "
                    + ExpressionRules.a(before.returned()));
            names.replace(before, f);
            return;
        }
        names.declare(f);
    }

    private void checkName(FunctionDefinition f, String name) {
        if (name.endsWith("_lupdf") || name.endsWith("_lupmf")) {
            throw error(f.name().span(), "define `" + name.replace("_lup", "_lp") + "`: the form without constants follows from it");
        }
        if (HigherOrder.of(name) != null || Signatures.result(name, f.argumentTypes()) != null) {
            throw error(f.name().span(), "`" + name + "` is a function of the library. Give this one another name");
        }
        boolean density = name.endsWith("_lpdf") || name.endsWith("_lpmf") || name.endsWith("_lcdf") || name.endsWith("_lccdf")
                || name.endsWith("_cdf");
        if (density && !f.returned().equals(Type.REAL)) throw error(f.span(), "a function with such a name must return real");
        if (!name.endsWith("_lpdf") && !name.endsWith("_lpmf")) return;
        Type variate = f.arguments().isEmpty() ? null : f.arguments().get(0).type();
        boolean whole = variate != null && variate.innermost().isInt();
        if (variate == null || whole != name.endsWith("_lpmf")) {
            throw error(f.name().span(), "the first argument of a function that ends in " + name.substring(name.length() - 5) + " must be "
                    + (name.endsWith("_lpmf") ? "int" : "real"));
        }
    }

    private void body(FunctionDefinition f, Statement body) {
        names.open();
        for (FunctionDefinition.Argument a : f.arguments()) {
            boolean data = a.isData() || a.type().base() == Type.Base.INT;
            names.declare(a.name(), new Names.Variable(a.type(), data, null, "it is an argument of the function"));
        }
        statements.check(body, Place.in(f));
        names.close();
        if (f.returned().base() != Type.Base.VOID && !Returns.always(body)) {
            throw error(body.span(), "`" + f.name().name() + "` must return " + ExpressionRules.a(f.returned()) + " on every way through it");
        }
    }

    private ModelException error(Span span, String sentence) {
        return names.text().error(span, sentence);
    }

    /** Whether a statement always ends in return. */
    private static final class Returns {
        private Returns() {}

        static boolean always(@Nullable Statement s) {
            if (s instanceof Statement.Return) return true;
            if (s instanceof Statement.Say say) return !say.word().equals("print");
            if (s instanceof Statement.Block b) return b.statements().stream().anyMatch(Returns::always);
            if (s instanceof Statement.If i) return always(i.then()) && always(i.otherwise());
            if (s instanceof Statement.While w) return always(w.body()) && !breaks(w.body());
            if (s instanceof Statement.For f) return always(f.body()) && !breaks(f.body());
            if (s instanceof Statement.ForEach f) return always(f.body()) && !breaks(f.body());
            return false;
        }

        private static boolean breaks(@Nullable Statement s) {
            if (s instanceof Statement.Jump j) return j.isBreak();
            if (s instanceof Statement.Block b) return b.statements().stream().anyMatch(Returns::breaks);
            return s instanceof Statement.If i && (breaks(i.then()) || breaks(i.otherwise()));
        }
    }
}
