package org.fluvia.vi.plan;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records with another value in one place. */
final class Changed {
    private Changed() {}

    static Object component(Record record, String name) {
        for (RecordComponent c : record.getClass().getRecordComponents()) {
            if (c.getName().equals(name)) return value(record, c);
        }
        throw new IllegalArgumentException("plan: there is no " + name + " in " + record.getClass().getSimpleName());
    }

    /** The record with another value of one component. */
    @SuppressWarnings("unchecked")
    static <R extends Record> R of(R record, String name, Object value) {
        component(record, name);
        RecordComponent[] all = record.getClass().getRecordComponents();
        Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(all).map(c -> c.getName().equals(name) ? value : value(record, c)).toArray();
        try {
            return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
