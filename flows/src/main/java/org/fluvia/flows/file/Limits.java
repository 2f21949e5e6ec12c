package org.fluvia.flows.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a file may ask for before a flow is built of it: no more than goes with the weights that it has. So a file of a kilobyte cannot
 * take gigabytes, whatever its recipe says.
 */
final class Limits {
    /** A dimension or a width that is no larger needs no weights to go with it. */
    private static final int SMALL = 1_000;
    /** Layers that need no inputs to go with them. */
    private static final int FEW = 16;
    /** Elements of matrices, 128 MB, that any file may ask for: networks for contexts are options of flows without any too. */
    private static final long FREE = 1 << 24;
    /** Elements that a file may ask for, for each of its weights. */
    private static final long FOR_EACH_WEIGHT = 16;
    /** Options that say how often something is made. */
    private static final Set<String> REPEATS = Set.of("layers", "levels", "steps");
    /** Options that make nothing larger. */
    private static final Set<String> NO_SIZES = Set.of("seed", "mostSteps");

    private Limits() {}

    /** Names and shapes of inputs, which must take all weights there are. */
    static List<Map<String, Object>> layout(List<?> announced, int weights) throws Refused {
        List<Map<String, Object>> layout = new ArrayList<>();
        long left = weights;
        for (Object each : announced) {
            Map<String, @Nullable Object> input = Header.object(each, "weights");
            String name = Header.text(input.get("name"), "the name of weights");
            List<Object> shape = new ArrayList<>();
            long size = 1;
            for (Object extent : Header.list(input.get("shape"), name)) {
                long e = Header.whole(extent, name, 0, Math.max(1, left));
                shape.add(e);
                size *= e;
                if (size > left) throw new Refused("its weights are fewer than their shapes say, " + weights);
            }
            layout.add(Map.of("name", name, "shape", shape));
            left -= size;
        }
        if (left != 0) throw new Refused("its weights are more than their shapes say, " + weights);
        return layout;
    }

    /**
     * Whether a recipe goes with weights.
     *
     * @param tree of the recipe
     * @param inputs that the weights are of
     */
    static void check(@Nullable Object tree, int dimension, long weights, int inputs) throws Refused {
        size("dimension", dimension, Math.max(SMALL, weights));
        double asked = new Asked(dimension, Math.max(SMALL, weights), Math.max(FEW, inputs)).elements(Header.object(tree, "recipe"));
        if (asked > FREE + FOR_EACH_WEIGHT * weights) {
            throw new Refused("its recipe asks for matrices of about " + (long) asked + " elements, which do not go with " + weights + " weights");
        }
    }

    private static long size(String name, long value, long most) throws Refused {
        if (value > most) throw new Refused("its recipe has " + name + " " + value + ", which does not go with the weights it has");
        return value;
    }

    /**
     * Roughly how many elements the matrices of a recipe have.
     *
     * @param largest that a size may be
     * @param most that something may be repeated
     */
    private record Asked(int dimension, long largest, long most) {
        double elements(Map<String, @Nullable Object> flow) throws Refused {
            long repeats = 1;
            double parts = 0;
            double matrices = 0;
            double last = 1; // width of a network, or of none
            double each = 1; // numbers that a network gives for each element
            for (Map.Entry<String, @Nullable Object> option : flow.entrySet()) {
                String name = option.getKey();
                Object value = option.getValue();
                if (value instanceof List<?> list) {
                    for (Object item : list) {
                        if (item instanceof Map<?, ?>) parts += elements(Header.object(item, name));
                        if (!(item instanceof Long width)) continue;
                        matrices += (last == 1 ? dimension : last) * size(name, width, largest);
                        last = width;
                    }
                } else if (value instanceof Map<?, ?> inner && Parts.FLOWS.examples().containsKey(String.valueOf(inner.get(Tree.FAMILY)))) {
                    parts += elements(Header.object(value, name));
                } else if (value instanceof Map<?, ?> inner) {
                    for (Map.Entry<?, ?> of : inner.entrySet()) {
                        if (of.getValue() instanceof Long n && !NO_SIZES.contains(of.getKey())) each += size(String.valueOf(of.getKey()), n, largest);
                    }
                } else if (value instanceof Long n && REPEATS.contains(name)) {
                    repeats = size(name, repeats * Math.min(n, most + 1), most);
                } else if (value instanceof Long n && !NO_SIZES.contains(name)) {
                    each += size(name, n, largest);
                }
            }
            return each * parts + repeats * (matrices + dimension * last * each); // a mixture of so many parts
        }
    }
}
