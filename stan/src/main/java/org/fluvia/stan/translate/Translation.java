package org.fluvia.stan.translate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fluvia.model.ModelException;
import org.fluvia.stan.check.Checked;
import org.fluvia.stan.check.Checker;
import org.fluvia.stan.run.LeftOut;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.Program.Block;
import org.fluvia.stan.tree.Scopes;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;

/** Writes a program as a model in Java: the statements one by one, loops over data as statements of vectors where they can be. */
public final class Translation {
    /** How deep the statements of the method are. */
    static final int METHOD = 2;
    /** The types of Java of data, by the methods that give them. */
    private static final Map<String, String> FORMS = Map.of("data", "Expr", "integer", "int", "integers", "int[]", "number", "double", "numbers", "double[]");
    private static final Set<String> TAKEN = Set.of("Expr", "Functions", "Matrices", "ModelBuilder", "ModelSource", "Ode", "Stream", "Support", "Math",
            "Double", "Integer", "String", "Override", "IllegalArgumentException");
    private static final Pattern DECLARED = Pattern.compile("(\\s*)Expr (\\w+) = (m\\.(?:derive|sample|parameter)\\(.*)");

    private final Program program;
    private final Scope scope;
    private final ExpressionWriter expressions;
    private final Comments comments;
    private final Lines lines = new Lines(METHOD);
    private final StatementWriter statements;
    private final Consumer<String> notes;
    /** The comments of data, by name. */
    private final Map<String, List<String>> described = new LinkedHashMap<>();

    private Translation(Program program, Map<Expression, Checked> known, Map<Span, Variable.Storage> storages, Consumer<String> notes) {
        this.program = program;
        this.notes = notes;
        scope = new Scope(program, known, storages);
        expressions = new ExpressionWriter(scope);
        comments = new Comments(program.text());
        statements = new StatementWriter(scope, expressions, comments, lines);
    }

    /**
     * The source of a class that implements {@code ModelSource}, named as the program's file.
     *
     * @param notes takes which generated quantities are left out and why
     * @throws ModelException naming file, line and column of what is not translated, with what to write instead
     */
    public static String of(Program program, Consumer<String> notes) {
        Map<Expression, Checked> known = Checker.check(program);
        Map<Span, Variable.Storage> storages = new HashMap<>();
        while (true) {
            List<String> said = new ArrayList<>();
            try {
                String java = new Translation(program, known, storages, said::add).source();
                said.forEach(notes);
                return java;
            } catch (Restart r) {
                if (storages.put(r.declaration(), r.storage()) == r.storage()) throw new IllegalStateException("stan: the translation does not end", r);
            }
        }
    }

    private String source() {
        if (program.block(Block.PARAMETERS).isEmpty()) {
            throw new ModelException(program.text().name() + " declares no parameters: there is nothing to fit").in(program.text().name());
        }
        String stem = JavaNames.camelCase(program.text().name().replaceFirst("\\.stan$", ""), true);
        String name = TAKEN.contains(stem) ? stem + "Model" : stem;
        List<String> heading = comments.before(start());
        List<String> functions = functions();
        for (Statement s : program.block(Block.DATA)) describe((Statement.Declaration) s);
        for (Block block : Block.values()) if (block != Block.DATA) statements.variables().prepare(program.block(block));
        statements.write(program.block(Block.TRANSFORMED_DATA));
        ParameterWriter parameters = new ParameterWriter(program, scope, expressions, statements);
        for (Statement s : program.block(Block.PARAMETERS)) statements.commented(s.span(), () -> parameters.write((Statement.Declaration) s));
        transformed();
        scope.open();
        statements.write(program.block(Block.MODEL));
        scope.close();
        generated();
        for (String c : comments.before(program.text().text().length())) lines.add("// " + c);
        return whole(name, heading, functions);
    }

    /** Where the first block begins; comments before belong to the program. */
    private int start() {
        String text = program.text().text();
        Matcher m = Pattern.compile("(?m)^\\s*(functions|data|transformed\\s+data|parameters)\\b").matcher(text);
        return m.find() ? m.start() : 0;
    }

    private void describe(Statement.Declaration d) {
        List<String> all = new ArrayList<>(comments.before(d.span().from()));
        all.addAll(comments.before(d.span().to()));
        all.addAll(comments.behind(d.span().to()));
        described.put(d.name().name(), all);
    }

    private void transformed() {
        List<Statement> block = program.block(Block.TRANSFORMED_PARAMETERS);
        statements.variables().report(block);
        statements.write(block);
        statements.variables().reportAll();
        for (Statement s : block) if (s instanceof Statement.Declaration d) bounds(d);
    }

    /** Outside of the bounds of a transformed parameter there is no density. */
    private void bounds(Statement.Declaration d) {
        Expression lower = d.type().bounds().lower();
        Expression upper = d.type().bounds().upper();
        if (lower == null && upper == null) return;
        Variable v = requireNonNull(scope.find(d.name().name()));
        Code x = expressions.whole(v);
        boolean isPositive = lower instanceof Expression.IntLiteral i && i.value() == 0;
        for (Expression bound : new Expression[] {lower, upper}) {
            boolean isOne = bound instanceof Expression.IntLiteral i && i.value() == 1;
            boolean isKept = bound == lower ? isPositive && statements.variables().isPositive(v) : isOne && statements.variables().isUnit(v);
            if (bound == null || isKept) continue;
            Code b = expressions.value(bound);
            String outside = bound == lower ? x.expr() + ".lt(" + b.argument() + ")" : b.expr() + ".lt(" + x.expr() + ")";
            lines.add("m.logDensity(Expr.where(" + outside + ", Expr.of(Double.NEGATIVE_INFINITY), Expr.of(0)));");
        }
    }

    private void generated() {
        List<Statement> block = program.block(Block.GENERATED_QUANTITIES);
        Set<String> left = LeftOut.random(block);
        Set<String> random = new TreeSet<>(left);
        Predicted predicted = new Predicted(scope, expressions);
        statements.variables().report(block);
        for (Statement s : block) {
            if (LeftOut.uses(s, left)) {
                if (s instanceof Statement.Declaration d) predicted.declare(d);
                String line = predicted.line(s);
                if (line != null) statements.commented(s.span(), () -> lines.add(line));
                random.removeAll(predicted.names());
                continue;
            }
            if (s instanceof Statement.Declaration d && left.contains(d.name().name())) {
                predicted.declare(d);
                continue;
            }
            int count = lines.count();
            Scope.Mark mark = scope.mark();
            VariableWriter.State before = statements.variables().state();
            try {
                statements.write(s);
            } catch (ModelException e) {
                statements.variables().restore(before);
                scope.undo(mark);
                lines.cutTo(count);
                lines.setDepth(METHOD);
                Set<String> more = LeftOut.after(block, s, left);
                left.addAll(more);
                more.forEach(statements.variables()::forget);
                String names = String.join(", ", more);
                notes.accept("generated quantities left out: " + names + ", as " + e.getMessage());
                lines.add("// left out: " + names);
            }
        }
        if (!random.isEmpty()) {
            String names = String.join(", ", random);
            notes.accept("generated quantities that are drawn at random are left out: " + names);
            lines.add("// left out, as they are drawn at random: " + names);
        }
        statements.variables().reportAll();
    }

    /** The program's functions as methods. */
    private List<String> functions() {
        List<String> all = new ArrayList<>();
        for (FunctionDefinition f : program.functions()) {
            Statement body = f.body();
            if (body == null || f.name().name().endsWith("_rng")) continue;
            Lines own = new Lines(1);
            List<String> said = comments.before(body.span().from());
            if (!said.isEmpty()) own.add("/** " + String.join("; ", said) + " */");
            statements.writeTo(own);
            Set<String> names = scope.names.taken();
            Scopes<Variable> before = scope.enter();
            own.open("private static " + java(f.returned(), f) + " " + JavaNames.camelCase(f.name().name(), false) + "(" + arguments(f) + ")");
            statements.variables().prepare(List.of(body));
            statements.write(body instanceof Statement.Block b ? b.statements() : List.of(body));
            own.close();
            scope.leave(before);
            scope.names.restore(names);
            all.add("");
            all.addAll(own.broken());
        }
        statements.writeTo(lines);
        return all;
    }

    private String arguments(FunctionDefinition f) {
        List<String> all = new ArrayList<>();
        if (f.name().name().endsWith("_lp")) all.add("ModelBuilder m");
        for (FunctionDefinition.Argument a : f.arguments()) {
            boolean isInt = a.type().isInt();
            Variable v = new Variable(a.type(), isInt ? Variable.Storage.INT : Variable.Storage.EXPR, null, List.of(), scope.names.name(a.name().name()));
            scope.put(a.name().name(), v);
            all.add(java(a.type(), f) + " " + v.java);
        }
        return String.join(", ", all);
    }

    private String java(Type type, FunctionDefinition f) {
        if (type.base() == Type.Base.TUPLE || type.isComplex() || type.base() == Type.Base.FUNCTION) {
            throw scope.at(f.span(), new Refusal("functions of tuples and complex numbers are not translated"));
        }
        return type.base() == Type.Base.VOID ? "void" : type.isInt() ? "int" : "Expr";
    }

    private String whole(String name, List<String> heading, List<String> functions) {
        List<String> all = new ArrayList<>();
        Set<String> imports = new TreeSet<>(scope.imports);
        imports.addAll(List.of("org.fluvia.autodiff.Expr", "org.fluvia.model.ModelBuilder", "org.fluvia.model.ModelSource"));
        imports.stream().filter(i -> i.startsWith("static ")).forEach(i -> all.add("import " + i + ";"));
        if (!all.isEmpty()) all.add("");
        imports.stream().filter(i -> !i.startsWith("static ")).forEach(i -> all.add("import " + i + ";"));
        all.add("");
        if (heading.isEmpty()) {
            all.add("/** Translated from " + program.text().name() + ". */");
        } else {
            List<String> said = heading.stream().map(c -> c.replace("*/", "* /")).toList();
            if (said.size() == 1) {
                all.add("/** " + said.get(0) + " */");
            } else {
                all.add("/**");
                said.forEach(c -> all.add(" * " + c));
                all.add(" */");
            }
        }
        all.add("public final class " + name + " implements ModelSource {");
        all.add("    @Override");
        all.add("    public void define(ModelBuilder m) {");
        List<String> body = new ArrayList<>(lines.all());
        String code = withoutTexts(body);
        body.replaceAll(line -> used(line, code));
        Lines data = new Lines(METHOD);
        described.forEach((variable, comment) -> data(data, variable, comment, code));
        body.forEach(line -> data.all().add(line));
        all.addAll(data.broken());
        all.add("    }");
        all.addAll(functions);
        all.add("}");
        return String.join("\n", all) + "\n";
    }

    /** The lines without comments, and without what stands in quotes. */
    private static String withoutTexts(List<String> lines) {
        return String.join("\n", lines).replaceAll("\"[^\"\n]*\"", "").replaceAll("//[^\n]*", "");
    }

    /** A declaration of a variable that is named nowhere else is the statement alone. */
    private static String used(String line, String code) {
        Matcher m = DECLARED.matcher(line);
        return m.matches() && count(code, m.group(2)) < 2 ? m.group(1) + m.group(3) : line;
    }

    private static long count(String code, String name) {
        return Pattern.compile("\\b" + name + "\\b").matcher(code).results().count();
    }

    private void data(Lines data, String variable, List<String> comment, String code) {
        Map<String, String> forms = new LinkedHashMap<>(scope.dataUsed.getOrDefault(variable, Map.of()));
        forms.values().removeIf(java -> count(code, java) == 0);
        if (forms.isEmpty()) {
            for (String c : comment) data.add("// " + variable + ": " + c);
            return;
        }
        int at = data.count();
        forms.forEach((form, java) -> data.add(FORMS.get(form) + " " + java + " = m." + form + "(\"" + variable + "\");"));
        if (!comment.isEmpty()) data.append(at, "// " + String.join(" ", comment));
    }
}
