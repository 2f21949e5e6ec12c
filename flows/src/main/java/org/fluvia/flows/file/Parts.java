package org.fluvia.flows.file;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.Base;
import org.fluvia.flows.CircularCoupling;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.transformer.Transformer;
import org.fluvia.flows.transformer.Transformers;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one kind that a recipe in a file may have, by the names they have there: an example of each, whose class is what is made
 * and whose options stand where a file names none. Nothing else is ever made of what a file says.
 *
 * @param kind what a part is: "flow"
 */
record Parts<T>(String kind, Class<T> type, Map<String, T> examples) {
    private static final FlowSpec ANY = Flows.diagonal();

    /** Those of the table, and what is not in it: flows for some data alone, and flows made of flows. */
    static final Parts<FlowSpec> FLOWS = of("flow", FlowSpec.class, Flows.table(), f -> f.spec().get(), Map.of(
            "glow", Flows.glow(1, 2, 2), "circularCoupling", new CircularCoupling(), "then", ANY.then(ANY), "from", ANY.from(Base::standardNormal)));
    static final Parts<Transformer> TRANSFORMERS = of("transformer", Transformer.class, Transformers.table(), f -> f.example(), Map.of());
    static final Parts<Base> BASES = new Parts<>("base", Base.class, Map.of("standard normal", Base.standardNormal(1),
            "uniform angles", Base.uniformAngles(1), "Student t", Base.studentT(1, 1), "mixture of normals", Base.mixture(1, 1, 1)));
    static final List<Parts<?>> ALL = List.of(FLOWS, TRANSFORMERS, BASES);

    /** What a row of a table is an example of. */
    private interface Example<R, T> {
        T of(R row);
    }

    private static <R extends Catalogue.Row, T> Parts<T> of(String kind, Class<T> type, Catalogue<R> table, Example<R, T> example,
            Map<String, T> others) {
        Map<String, T> examples = new LinkedHashMap<>();
        for (R row : table) examples.put(row.name(), example.of(row));
        examples.putAll(others);
        return new Parts<>(kind, type, examples);
    }

    /**
     * The name of a part: of several of its class the one whose options are most like it.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    String name(Object part) {
        return examples.entrySet().stream().filter(e -> e.getValue().getClass() == part.getClass())
                .filter(e -> part instanceof Record || e.getValue().equals(part))
                .max(Comparator.comparingLong(e -> inCommon(e.getValue(), part))).map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalArgumentException("FlowFile: recipe must be made of what Fluvia has tables of, but its " + kind
                        + " is one of your own, " + Shown.text(String.valueOf(part)) + ". A file can hold its weights, but not its code."));
    }

    /** The number of options that are the same in both. */
    private static long inCommon(Object a, Object b) {
        return a.getClass().isRecord() ? options(a).stream().filter(c -> Objects.equals(value(c, a), value(c, b))).count() : 0;
    }

    /** What can be chosen of a part: the components of its record, but not those that are inputs with weights. */
    static List<RecordComponent> options(Object part) {
        return part instanceof Record ? options(part.getClass()) : List.of();
    }

    /** As {@link #options(Object)}, of any part of a class. */
    static List<RecordComponent> options(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).filter(c -> c.getType() != Expr.class).toList();
    }

    /** A component of a part. */
    static @Nullable Object value(RecordComponent component, Object part) {
        try {
            component.getAccessor().setAccessible(true); // some of them are known to their own package only
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("FlowFile: " + component + " cannot be read", e);
        }
    }
}
