package org.fluvia.model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;

/** What is lawful in a model and yet may be a mistake. Belongs to one thread. */
final class ModelWarnings {
    private final Map<Expr, String> observed = new IdentityHashMap<>();
    /** A line in a loop warns once. */
    private final Set<String> warnings = new LinkedHashSet<>();

    /** @param where the user's line, as " (Model.java:12)" */
    void observed(Expr values, String where) {
        if (values.isPerDraw() || values.name() == null) return;
        String before = observed.putIfAbsent(values, where);
        if (before != null) {
            warnings.add("observe: " + values.name() + " is observed twice" + before.replaceFirst("\\)$", "") + " and"
                    + where.replaceFirst("\\(", "") + ": its density counts twice.");
        }
    }

    void namedAsData(String name, Data data, String where) {
        warnings.add(name + where + " has the name of a variable of " + data.source() + ", and is another value: the data are m.data(\"" + name
                + "\").");
    }

    List<String> all(Data data, Set<String> used) {
        List<String> all = new ArrayList<>(warnings);
        List<String> unused = data.names().stream().filter(n -> !used.contains(n)).toList();
        if (!unused.isEmpty()) {
            all.add("data: the model does not use " + String.join(", ", unused) + " of " + data.source() + ".");
        }
        return all;
    }
}
