package org.fluvia.vi;

import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Shape;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/** Shapes in the header of a file: lists of sizes. */
final class ShapeTree {
    private ShapeTree() {}

    static List<Integer> of(Shape shape) {
        return IntStream.of(shape.dims()).boxed().toList();
    }

    /**
     * @param name of what has the shape
     * @param whose it is, for the message: "quantity"
     */
    static Shape read(@Nullable Object tree, String name, String whose) throws Refused {
        List<?> sizes = Header.list(tree, name);
        int[] dims = new int[sizes.size()];
        for (int i = 0; i < dims.length; i++) dims[i] = (int) Header.whole(sizes.get(i), name, 0, Integer.MAX_VALUE);
        try {
            return Shape.of(dims);
        } catch (IllegalArgumentException e) {
            throw new Refused("its " + whose + " " + Shown.text(name) + " has an impossible shape");
        }
    }
}
