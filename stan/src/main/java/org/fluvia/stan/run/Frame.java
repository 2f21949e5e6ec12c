package org.fluvia.stan.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/** The variables that a block or a call of a function sees. Mutable. */
final class Frame {
    private final Deque<Map<String, Variable>> scopes = new ArrayDeque<>();

    Frame() {
        open();
    }

    void open() {
        scopes.push(new HashMap<>());
    }

    void close() {
        scopes.pop();
    }

    int depth() {
        return scopes.size();
    }

    /** Closes what was opened since the depth was such. */
    void closeTo(int depth) {
        while (scopes.size() > depth) scopes.pop();
    }

    void declare(String name, Variable variable) {
        scopes.element().put(name, variable);
    }

    @Nullable Variable find(String name) {
        for (Map<String, Variable> scope : scopes) {
            Variable v = scope.get(name);
            if (v != null) return v;
        }
        return null;
    }

    Variable variable(String name) {
        Variable v = find(name);
        if (v == null) throw new IllegalStateException("stan: no variable " + name);
        return v;
    }
}
