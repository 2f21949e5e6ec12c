package org.fluvia.catalogue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table of things of one kind, in the order in which they are shown. Immutable and thread-safe.
 *
 * @param <R> its rows
 */
public final class Catalogue<R extends Catalogue.Row> implements Iterable<R> {
    /** What every table says of a thing. */
    public interface Row {
        /** Unique in the table; what users type. */
        String name();

        /** One line, without a full stop. */
        String description();

        /** The paper and equation, or the reference it is taken from; empty if it needs none. */
        String source();
    }

    private final String kind;
    private final Map<String, R> rows;

    private Catalogue(String kind, Map<String, R> rows) {
        this.kind = kind;
        this.rows = rows;
    }

    /**
     * A table of these rows.
     *
     * @param kind what a row is, for messages: "flow"
     * @throws IllegalArgumentException if two rows have the same name
     */
    public static <R extends Row> Catalogue<R> of(String kind, List<R> rows) {
        Map<String, R> byName = new LinkedHashMap<>();
        for (R row : rows) {
            if (byName.put(row.name(), row) != null) {
                throw new IllegalArgumentException("catalogue: each " + kind + " must have a name of its own, but two are called " + row.name());
            }
        }
        return new Catalogue<>(kind, byName);
    }

    /** The rows in order. */
    public List<R> rows() {
        return new ArrayList<>(rows.values());
    }

    /** The names in order. */
    public List<String> names() {
        return List.copyOf(rows.keySet());
    }

    /** The row of this name, if there is one. */
    public Optional<R> find(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    /**
     * The row of this name.
     *
     * @throws IllegalArgumentException if there is none, with the names there are
     */
    public R named(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(kind + ": there is none called " + name + ". There are "
                + rows.keySet().stream().sorted().collect(Collectors.joining(", ")) + "."));
    }

    @Override
    public Iterator<R> iterator() {
        return rows().iterator();
    }
}
