package org.fluvia.stan.translate;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Expressions;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Mentions;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;
import org.jspecify.annotations.Nullable;

/** Writes statements. */
final class StatementWriter {
    private final Scope scope;
    private final ExpressionWriter expressions;
    private final Comments comments;
    private final VariableWriter variables;
    private final Map<Statement, Boolean> done = new IdentityHashMap<>();
    private Lines lines;

    StatementWriter(Scope scope, ExpressionWriter expressions, Comments comments, Lines lines) {
        this.scope = scope;
        this.expressions = expressions;
        this.comments = comments;
        this.lines = lines;
        this.variables = new VariableWriter(scope, expressions, this);
    }

    Lines lines() {
        return lines;
    }

    VariableWriter variables() {
        return variables;
    }

    void writeTo(Lines other) {
        lines = other;
    }

    /** Is written elsewhere. */
    void skip(Statement s) {
        done.put(s, true);
    }

    /** The comment behind a statement that is written elsewhere. */
    List<String> aside(Span span) {
        return comments.aside(span.to());
    }

    void write(List<? extends Statement> all) {
        for (Statement s : all) {
            write(s);
            if (s instanceof Statement.Say say && !say.word().equals("print")) return; // what follows is never reached
        }
    }

    void write(Statement s) {
        if (done.containsKey(s)) return;
        commented(s.span(), () -> {
            try {
                one(s);
            } catch (RuntimeException e) {
                throw scope.at(s.span(), e);
            }
        });
    }

    /** With the comments before it, in it and behind it. */
    void commented(Span span, Runnable writing) {
        if (scope.first != null) {
            writing.run();
            return;
        }
        for (String c : comments.before(span.from())) lines.add("// " + c);
        int at = lines.count();
        writing.run();
        List<String> inside = comments.before(span.to());
        for (int i = 0; i < inside.size(); i++) lines.add(at + i, "// " + inside.get(i));
        List<String> behind = comments.behind(span.to());
        if (behind.isEmpty()) return;
        if (lines.count() == at + inside.size()) for (String c : behind) lines.add("// " + c);
        else lines.append(at + inside.size(), "// " + String.join(" ", behind));
    }

    private void one(Statement s) {
        if (s instanceof Statement.Declaration d) variables.declare(d);
        else if (s instanceof Statement.Assignment a) variables.assign(a);
        else if (s instanceof Statement.Distributed d) distributed(d.value(), d.distribution().name(), d.arguments(), d.truncation());
        else if (s instanceof Statement.Increment i) increment(i);
        else if (s instanceof Statement.CallStatement c) called(c.call());
        else if (s instanceof Statement.Say say) say(say);
        else if (s instanceof Statement.If i) conditional(i);
        else if (s instanceof Statement.For f) loop(f);
        else if (s instanceof Statement.While w) loop(w);
        else if (s instanceof Statement.Block b) block(b);
        else if (s instanceof Statement.Jump j) jump(j.isBreak() ? "break;" : "continue;");
        else if (s instanceof Statement.Return r) jump(returned(r.value()));
        else if (s instanceof Statement.ForEach) throw new Refusal("a loop over elements is not translated. Write one over their indices");
    }

    private String returned(@Nullable Expression value) {
        if (value == null) return "return;";
        Code c = expressions.value(value);
        return "return " + (scope.type(value).isInt() && c.isInt() ? c.java() : c.expr()) + ";";
    }

    private void jump(String statement) {
        if (scope.first != null) throw new NotLifted();
        lines.add(statement);
    }

    private void block(Statement.Block b) {
        scope.open();
        write(b.statements());
        scope.close();
    }

    private void inner(String heading, Statement body) {
        lines.open(heading);
        scope.open();
        write(body instanceof Statement.Block b ? b.statements() : List.of(body));
        scope.close();
        lines.close();
    }

    private void conditional(Statement.If i) {
        Code c = expressions.numbers(i.condition());
        if (c.isLanes() || c.form() == Code.Form.COUNTER) throw new NotLifted();
        inner("if (" + condition(c, i.condition()) + ")", i.then());
        Statement otherwise = i.otherwise();
        if (otherwise != null) inner("else", otherwise);
    }

    private void loop(Statement.While w) {
        Code c = expressions.numbers(w.condition());
        if (scope.first != null) throw new NotLifted();
        inner("while (" + condition(c, w.condition()) + ")", w.body());
    }

    private String condition(Code c, Expression e) {
        try {
            return Operations.asCondition(c).java();
        } catch (Refusal x) {
            throw scope.at(e.span(), x);
        }
    }

    private void loop(Statement.For f) {
        if (scope.first == null && lifted(f)) return;
        Code first = expressions.integer(f.first());
        Code last = expressions.integer(f.last());
        Variable v = new Variable(Type.INT, Variable.Storage.INT, null, List.of(), scope.names.counter(f.variable().name()));
        v.offset = 1;
        scope.open();
        scope.put(f.variable().name(), v);
        inner("for (int " + v.java + " = " + first.place() + "; " + v.java + " < " + last.java() + "; " + v.java + "++)", f.body());
        scope.close();
        scope.names.free(v.java);
    }

    /** Whether the loop is written as statements for all its iterations together. */
    private boolean lifted(Statement.For f) {
        Scope.Mark mark = scope.mark();
        VariableWriter.State before = variables.state();
        int count = lines.count();
        int depth = lines.depth();
        try {
            Code first = expressions.integer(f.first());
            Code last = expressions.integer(f.last());
            scope.first = first;
            scope.last = last;
            scope.open();
            scope.put(f.variable().name(), new Variable(Type.INT, Variable.Storage.COUNTER, null, List.of(), ""));
            for (String name : Mentions.assigned(f.body())) {
                Variable v = scope.find(name);
                if (v != null && v.isDeclared()) scope.given.add(v);
            }
            write(f.body());
            scope.close();
            scope.first = null;
            scope.last = null;
            variables.endLanes();
            return true;
        } catch (NotLifted | ModelException e) {
            variables.restore(before);
            lines.cutTo(count);
            lines.setDepth(depth);
            scope.undo(mark);
            return false;
        }
    }

    private void increment(Statement.Increment i) {
        Expression e = Expressions.inner(i.value());
        if (e instanceof Expression.Call c && !scope.functions.containsKey(c.name()) && c.name().matches(".*_lu?p[dm]f")) {
            String name = c.name().replaceFirst("_lu?p[dm]f$", "");
            if (Densities.family(name) != null) {
                distributed(c.arguments().get(0), name, c.arguments().subList(1, c.arguments().size()), null);
                return;
            }
        }
        Code c = Operations.counted(expressions.value(i.value()), scope);
        if (scope.first != null && (!c.isLanes() || !c.isScalar())) throw new NotLifted();
        lines.add("m.logDensity(" + c.expr() + ");");
    }

    private void distributed(Expression value, String name, List<Expression> arguments, Statement.@Nullable Truncation t) {
        for (String suffix : List.of("_lpdf", "_lpmf", "_log")) {
            FunctionDefinition own = scope.functions.get(name + suffix);
            if (own == null) continue;
            if (scope.first != null) throw new NotLifted();
            if (t != null) throw new Refusal("a distribution of the program's own that is truncated is not translated. Write target += ..._lpdf and ..._lcdf");
            List<Expression> all = new ArrayList<>(List.of(value));
            all.addAll(arguments);
            Expression.Call call = new Expression.Call(value.span(), new Expression.Name(value.span(), own.name().name()), all, true);
            lines.add("m.logDensity(" + expressions.own(call, own).expr() + ");");
            return;
        }
        Scope.Mark mark = scope.mark();
        Code first = scope.first;
        Code last = scope.last;
        Code x = Operations.counted(expressions.value(value), scope);
        String data = wholeData(value, x);
        if (data != null) {
            scope.undo(mark);
            scope.first = first;
            scope.last = last;
        }
        Densities.Written d = expressions.densities().distribution(name, arguments);
        boolean lanes = x.isLanes() || d.isLanes();
        boolean isVector = d.family().example().eventRank() > 0;
        if (scope.first != null && (!lanes || isVector != !x.isScalar() || isVector && !x.isLanes())) throw new NotLifted();
        String java = expressions.densities().truncated(d.java(), t);
        lines.add("m.observe(" + (data == null ? x.expr() : "\"" + data + "\"") + ", " + java + ");");
    }

    /** The name of data that are observed as they are. */
    private @Nullable String wholeData(Expression value, Code x) {
        Expression root = Expressions.inner(value);
        while (root instanceof Expression.Indexed i) root = i.base();
        if (!(root instanceof Expression.Name n) || scope.find(n.name()) != null || !scope.data.containsKey(n.name())) return null;
        Map<String, String> forms = scope.dataUsed.getOrDefault(n.name(), Map.of());
        return forms.containsValue(x.text()) && (x.isExpr() || x.offset() == 0) ? n.name() : null;
    }

    private void called(Expression.Call c) {
        FunctionDefinition own = scope.functions.get(c.name());
        if (scope.first != null) throw new NotLifted();
        if (own == null) throw new Refusal("`" + c.name() + "` is not translated here");
        lines.add(expressions.own(c, own).text() + ";");
    }

    private void say(Statement.Say say) {
        if (scope.first != null) throw new NotLifted();
        if (say.word().equals("print")) {
            lines.add("// " + scope.source(say.span()).lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse(""));
            return;
        }
        StringBuilder b = new StringBuilder();
        for (Statement.Said part : say.parts()) {
            Expression value = part.value();
            Code c = value == null ? null : expressions.value(value);
            if (c != null && c.isExpr()) throw new Refusal("a reject that shows arrays or parameters is not translated: let it say what is wrong in words");
            b.append(b.length() == 0 ? "" : " + ").append(c == null ? quoted(part.text()) : c.within(Code.PRODUCT));
        }
        lines.add("throw new IllegalArgumentException(" + (b.length() == 0 ? "" : "\"\" + " + b) + ");");
    }

    private static String quoted(String text) {
        return text.startsWith("\"") ? text.replace("\\", "\\\\") : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

}
