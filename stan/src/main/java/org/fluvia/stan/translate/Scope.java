package org.fluvia.stan.translate;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fluvia.stan.check.Checked;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.ProgramText;
import org.fluvia.stan.tree.Scopes;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;
import org.jspecify.annotations.Nullable;

/** What is known while a program is translated. Mutable. */
final class Scope {
    final ProgramText text;
    final Map<Expression, Checked> known;
    final Map<Span, Variable.Storage> storages;
    /** Imports, of which static ones begin with that word. */
    final Set<String> imports = new TreeSet<>();
    final Map<String, FunctionDefinition> functions = new HashMap<>();
    /** How the data that are used are declared in Java, by the names of the program. */
    final Map<String, Map<String, String>> dataUsed = new LinkedHashMap<>();
    final Map<String, Statement.Declaration> data = new LinkedHashMap<>();
    final JavaNames names = new JavaNames();
    private final Map<String, String> dataNames = new HashMap<>();
    /** Whether numbers of data are asked for as numbers of Java, as a condition of a statement needs them. */
    boolean wantsNumbers;
    /** The first value of the variable of a loop that is written as one statement, and the last; null outside. */
    @Nullable Code first;
    @Nullable Code last;
    /** Variables outside of such a loop that get their values in it. */
    final Set<Variable> given = new HashSet<>();
    private Scopes<Variable> scopes = new Scopes<>();

    Scope(Program program, Map<Expression, Checked> known, Map<Span, Variable.Storage> storages) {
        this.text = program.text();
        this.known = known;
        this.storages = storages;
        for (FunctionDefinition f : program.functions()) {
            if (f.body() == null) continue;
            if (functions.put(f.name().name(), f) != null) {
                throw text.error(f.name().span(), "functions of one name are not translated. Give this one a name of its own");
            }
        }
        for (Statement s : program.block(Program.Block.DATA)) {
            if (s instanceof Statement.Declaration d) {
                data.put(d.name().name(), d);
                dataNames.put(d.name().name(), names.name(d.name().name()));
            }
        }
    }

    void open() {
        scopes.open();
    }

    void close() {
        scopes.close();
    }

    /** What is seen in a function is nothing but data of its own; what was seen before is to be given back to {@link #leave}. */
    Scopes<Variable> enter() {
        Scopes<Variable> before = scopes;
        scopes = new Scopes<>();
        return before;
    }

    void leave(Scopes<Variable> before) {
        scopes = before;
    }

    void put(String name, Variable v) {
        scopes.declare(name, v);
    }

    @Nullable Variable find(String name) {
        return scopes.find(name);
    }

    /** The Java variable that holds data in one of its forms. */
    String dataVariable(String name, String form) {
        Map<String, String> forms = dataUsed.computeIfAbsent(name, n -> new LinkedHashMap<>());
        String own = requireNonNull(dataNames.get(name));
        return forms.computeIfAbsent(form, f -> f.equals("data") || f.equals("integer") ? own : names.name(name + "_" + f));
    }

    Type type(Expression e) {
        Checked c = known.get(e);
        if (c == null) throw new IllegalStateException("stan: no type of " + e);
        return c.type();
    }

    boolean isData(Expression e) {
        Checked c = known.get(e);
        return c != null && c.isData();
    }

    String source(Span span) {
        return text.text().substring(span.from(), span.to());
    }

    RuntimeException at(Span span, RuntimeException e) {
        if (e instanceof NotLifted && first == null) return text.error(span, "this is not translated. Write it as a loop, or fit the program as it is");
        return e instanceof Refusal ? text.error(span, String.valueOf(e.getMessage())) : e;
    }

    void importClass(String name) {
        imports.add(name);
    }

    void importStatic(String type) {
        imports.add("static " + type + ".*");
    }

    /** The state that an attempt may have to be undone to. */
    record Mark(Set<String> names, Map<String, Set<String>> data, Set<String> imports, int depth) {}

    Mark mark() {
        Map<String, Set<String>> forms = new HashMap<>();
        dataUsed.forEach((name, f) -> forms.put(name, new HashSet<>(f.keySet())));
        return new Mark(names.taken(), forms, Set.copyOf(imports), scopes.depth());
    }

    void undo(Mark mark) {
        names.restore(mark.names);
        dataUsed.keySet().retainAll(mark.data.keySet());
        dataUsed.forEach((name, forms) -> forms.keySet().retainAll(mark.data.getOrDefault(name, Set.of())));
        imports.retainAll(mark.imports);
        scopes.closeTo(mark.depth);
        first = null;
        last = null;
    }
}
