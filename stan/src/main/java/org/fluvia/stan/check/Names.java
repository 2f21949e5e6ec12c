package org.fluvia.stan.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.ProgramText;
import org.fluvia.stan.tree.Scopes;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** What names mean at a place of a program. */
final class Names {
    /**
     * A variable.
     *
     * @param isData whether it is made of data alone
     * @param block that declares it at its top; null for a local one
     * @param fixed why nothing can be assigned to it; empty where it can
     */
    record Variable(Type type, boolean isData, Program.@Nullable Block block, String fixed) {}

    private final ProgramText text;
    private final Scopes<Variable> scopes = new Scopes<>();
    private final Map<String, List<FunctionDefinition>> functions = new HashMap<>();

    Names(ProgramText text) {
        this.text = text;
    }

    ProgramText text() {
        return text;
    }

    void open() {
        scopes.open();
    }

    void close() {
        scopes.close();
    }

    @Nullable Variable variable(String name) {
        return scopes.find(name);
    }

    void declare(Expression.Name name, Variable variable) {
        if (variable(name.name()) != null) throw text.error(name.span(), "`" + name.name()
                + "` is already declared. Give this variable another name");
        if (name.name().endsWith("_lupdf") || name.name().endsWith("_lupmf")) {
            throw text.error(name.span(), "a variable's name cannot end in _lupdf or _lupmf");
        }
        List<FunctionDefinition> same = functions.get(name.name());
        if (same != null) throw text.error(name.span(), "`" + name.name() + "` is already the name of a function");
        scopes.declare(name.name(), variable);
    }

    List<FunctionDefinition> functions(String name) {
        return functions.getOrDefault(name, List.of());
    }

    void declare(FunctionDefinition function) {
        functions.computeIfAbsent(function.name().name(), n -> new ArrayList<>()).add(function);
    }

    void replace(FunctionDefinition declared, FunctionDefinition defined) {
        List<FunctionDefinition> same = functions.get(defined.name().name());
        if (same != null) same.set(same.indexOf(declared), defined);
    }
}
