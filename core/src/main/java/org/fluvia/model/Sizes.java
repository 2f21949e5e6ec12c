package org.fluvia.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fluvia.autodiff.Source;

/** The sizes that a model declares, and the whole numbers of the data that they may come from. Belongs to one thread. */
final class Sizes {
    /** More elements of one value than this are a slip: their draws alone would take a terabyte. */
    private static final long MOST = 10_000_000;

    private final Map<Integer, String> read = new LinkedHashMap<>();

    /** A number of the data was read as a number of Java. */
    void read(String name, int value) {
        read.putIfAbsent(value, name);
    }

    /** @throws ModelException if a dimension is negative, or there are too many elements: it names the value, and the number of the data */
    void check(String verb, String name, int... dims) {
        if (dims == null) {
            throw new ModelException(verb, "the dimensions of " + name + " must not be null" + Source.suffix() + ". A scalar has none.").of(name);
        }
        long size = 1;
        for (int d : dims) {
            if (d < 0) {
                throw new ModelException(verb, name + " must not have a negative dimension, but has " + d + from(d) + Source.suffix()
                        + ". An empty value has dimension 0.").of(name);
            }
            size = d == 0 ? 0 : size > Long.MAX_VALUE / d ? Long.MAX_VALUE : size * d;
        }
        if (size <= MOST) return;
        StringBuilder text = new StringBuilder();
        for (int d : dims) text.append(text.length() == 0 ? "" : " x ").append(d).append(from(d));
        throw new ModelException(verb, name + " must have at most " + MOST + " elements, but has " + text + Source.suffix()
                + ". Is the number right?").of(name);
    }

    private String from(int value) {
        String name = read.get(value);
        return name == null ? "" : " (" + name + " of the data)";
    }
}
