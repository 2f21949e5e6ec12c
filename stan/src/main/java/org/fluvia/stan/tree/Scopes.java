package org.fluvia.stan.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names mean in blocks within blocks, the innermost first. Mutable; begins with one block. */
public final class Scopes<V> {
    private final Deque<Map<String, V>> scopes = new ArrayDeque<>();

    public Scopes() {
        open();
    }

    public void open() {
        scopes.push(new HashMap<>());
    }

    public void close() {
        scopes.pop();
    }

    public int depth() {
        return scopes.size();
    }

    /** Closes what was opened since the depth was such. */
    public void closeTo(int depth) {
        while (scopes.size() > depth) scopes.pop();
    }

    /** Declares a name in the innermost block. */
    public void declare(String name, V meaning) {
        scopes.element().put(name, meaning);
    }

    public @Nullable V find(String name) {
        for (Map<String, V> scope : scopes) {
            V meaning = scope.get(name);
            if (meaning != null) return meaning;
        }
        return null;
    }

    /** What a name means that was declared. */
    public V variable(String name) {
        V meaning = find(name);
        if (meaning == null) throw new IllegalStateException("stan: no variable " + name);
        return meaning;
    }
}
