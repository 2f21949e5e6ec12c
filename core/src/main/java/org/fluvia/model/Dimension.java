package org.fluvia.model;

import java.util.HashSet;
import java.util.List;

/**
 * What an axis runs over, such as the schools of a study: see {@link ModelBuilder#dimension}.
 *
 * @param name such as "school"
 * @param entries the names along it, which differ
 */
public record Dimension(String name, List<String> entries) {

    /** @throws IllegalArgumentException if an entry is empty or occurs twice */
    public Dimension {
        entries = List.copyOf(entries);
        if (entries.stream().anyMatch(String::isBlank) || new HashSet<>(entries).size() != entries.size()) {
            throw new IllegalArgumentException("dimension: the entries of " + name + " must be different names, none of them empty, but were "
                    + String.join(", ", entries));
        }
    }
}
