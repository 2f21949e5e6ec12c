package org.fluvia.stan.library;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;

/** The functions of Stan's library that are read, by name. */
public final class Library {
    private static final Map<String, LibraryFunction> TABLE = new HashMap<>();

    static {
        Numbers.put(TABLE);
        Vectors.put(TABLE);
        Shaping.put(TABLE);
        Matrix.put(TABLE);
        Processes.put(TABLE);
    }

    private Library() {}

    /** The names of the functions, in order, without those of distributions. */
    public static SortedSet<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }

    /** The value of a call, of values in the lanes that are current. */
    public static Value call(String name, List<Value> arguments) {
        LibraryFunction f = TABLE.get(name);
        if (f != null) return f.of(new Arguments(arguments));
        List<Tensor> tensors = arguments.stream().map(v -> {
            if (v instanceof Tensor t) return t;
            throw new Refusal("a tuple cannot be here");
        }).toList();
        Tensor density = Densities.evaluated(name, tensors);
        if (density == null) throw new Refusal("the function `" + name + "` is not read. " + Missing.instead(name));
        return density;
    }
}
