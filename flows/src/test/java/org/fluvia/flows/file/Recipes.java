package org.fluvia.flows.file;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.Base;
import org.fluvia.flows.CircularCoupling;
import org.fluvia.flows.FlowFamily;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Glow;
import org.fluvia.flows.transformer.TransformerFamily;
import org.fluvia.flows.transformer.Transformers;

/** Every recipe that a file can hold: each of the tables with its defaults and with every option changed, and those made of others. */
final class Recipes {
    private Recipes() {}

    /** What it is built for. */
    static int dimension(FlowSpec spec) {
        return spec instanceof Glow ? 4 : 2;
    }

    static List<FlowSpec> all() {
        List<FlowSpec> all = new ArrayList<>();
        for (FlowFamily family : Flows.table()) {
            all.add(small(family.spec().get()));
            all.add(changed(family.spec().get()));
        }
        for (TransformerFamily family : Transformers.table()) all.add(Flows.sos().layers(1).hidden(5).transformer(family.example()));
        all.add(Flows.glow(1, 2, 2).steps(2).hidden(3));
        all.add(new CircularCoupling(2, List.of(4), 3));
        all.add(Flows.diagonal().from(Base::standardNormal));
        all.add(Flows.lowRank().from(d -> Base.studentT(d, 7.25)));
        all.add(Flows.fullRank().from(d -> Base.mixture(d, 3, 5)).then(Flows.heavyTails()).then(Flows.diagonal()));
        return all;
    }

    /** Quick to build: fewer and narrower layers, and else as it is. */
    private static FlowSpec small(FlowSpec spec) {
        return with(spec, c -> c.getName().equals("layers") ? Integer.valueOf(2) : c.getName().equals("hidden") ? List.of(6)
                : c.getType() == FlowSpec.class ? Flows.nice().layers(2).hidden(3) : null);
    }

    private static FlowSpec changed(FlowSpec spec) {
        return with(spec, c -> {
            if (c.getType() == int.class) return c.getName().equals("mostSteps") ? 200 : 3;
            if (c.getType() == double.class) return c.getName().equals("tolerance") ? 1e-6 : 0.7;
            if (c.getType() == List.class) return List.of(4, 5);
            if (c.getType() == FlowSpec.class) return Flows.lowRank().rank(1).from(d -> Base.mixture(d, 2, 9));
            if (c.getType().isEnum()) return c.getType().getEnumConstants()[1];
            return null;
        });
    }

    private interface Change {
        /** Null leaves it. */
        Object of(RecordComponent component);
    }

    private static FlowSpec with(FlowSpec spec, Change change) {
        if (!(spec instanceof Record)) return spec;
        RecordComponent[] components = spec.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components).map(c -> change.of(c) == null ? Parts.value(c, spec) : change.of(c)).toArray();
        try {
            Constructor<?> made = spec.getClass().getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            made.setAccessible(true);
            return (FlowSpec) made.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
