package org.fluvia.flows.file;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;
import org.fluvia.flows.Base;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Records as trees of JSON, and trees as records: an object of the record's components. A part of a recipe also says its name, as in
 * {@code {"family": "lowRank", "rank": 8}}, and which records there are for it is in {@link Parts}. What is read is made by the records
 * themselves, which check it.
 */
final class Tree {
    /** The member that says the name of a part. */
    static final String FAMILY = "family";
    private static final String DIMENSION = "dimension";

    /** Of the flow, which a recipe of a base needs to be made. */
    private final int dimension;

    Tree(int dimension) {
        this.dimension = dimension;
    }

    /**
     * A record, or what a component of one may be.
     *
     * @throws IllegalArgumentException if a part of a recipe is the user's own
     */
    @Nullable Object of(@Nullable Object value) {
        for (Parts<?> parts : Parts.ALL) {
            if (parts.type().isInstance(value)) return part(parts, value);
        }
        if (value instanceof Enum<?> e) return e.name();
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            for (Object each : list) all.add(of(each));
            return all;
        }
        if (value instanceof IntFunction<?> base) {
            Map<String, @Nullable Object> tree = part(Parts.BASES, base.apply(dimension));
            tree.remove(DIMENSION);
            return tree;
        }
        if (value instanceof Record r) return components(r);
        return value instanceof Integer n ? Long.valueOf(n) : value;
    }

    /**
     * What a tree says.
     *
     * @param type a record, or a kind of parts
     * @param dimension of the flow
     * @throws Refused if it says something else
     */
    static <T> T read(Class<T> type, @Nullable Object tree, String place, int dimension) throws Refused {
        T read = type.cast(new Tree(dimension).value(type, tree, place));
        if (read == null) throw new Refused("it has null as " + place);
        return read;
    }

    private Map<String, @Nullable Object> components(Object record) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (RecordComponent c : Parts.options(record)) tree.put(c.getName(), of(Parts.value(c, record)));
        return tree;
    }

    private Map<String, @Nullable Object> part(Parts<?> parts, Object part) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put(FAMILY, parts.name(part));
        tree.putAll(components(part));
        return tree;
    }

    private <T> T read(Parts<T> parts, @Nullable Object tree) throws Refused {
        return read(parts, tree, Map.of());
    }

    /** @param more options that the tree does not have */
    private <T> T read(Parts<T> parts, @Nullable Object tree, Map<String, Long> more) throws Refused {
        Map<String, @Nullable Object> given = new LinkedHashMap<>(Header.object(tree, "a " + parts.kind()));
        Object name = given.remove(FAMILY);
        T example = name instanceof String s ? parts.examples().get(s) : null;
        if (example == null) {
            throw new Refused("it names a " + parts.kind() + " " + Shown.text(String.valueOf(name)) + ", which this version does not have");
        }
        given.putAll(more);
        if (!(example instanceof Record)) {
            if (!given.isEmpty()) throw new Refused("its " + name + " has what this version does not know, " + Shown.list(given.keySet()));
            return example;
        }
        for (RecordComponent c : Parts.options(example)) { // an option that came later stands where it stood before there was a choice
            if (!given.containsKey(c.getName())) given.put(c.getName(), of(Parts.value(c, example)));
        }
        return parts.type().cast(record(example.getClass(), given, (String) name));
    }

    /** A record of a tree that has all of its components, but those that are inputs with weights, and no others. */
    private Object record(Class<?> type, Map<String, @Nullable Object> given, String what) throws Refused {
        Set<String> others = new LinkedHashSet<>(given.keySet());
        List<@Nullable Object> values = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        for (RecordComponent c : Parts.options(type)) {
            if (!others.remove(c.getName())) throw new Refused("its " + what + " lacks " + c.getName());
            values.add(value(c.getGenericType(), given.get(c.getName()), what + ": " + c.getName()));
            types.add(c.getType());
        }
        if (!others.isEmpty()) throw new Refused("its " + what + " has what this version does not know, " + Shown.list(others));
        return made(type, types, values);
    }

    private @Nullable Object value(Type type, @Nullable Object tree, String place) throws Refused {
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            List<@Nullable Object> all = new ArrayList<>();
            for (Object each : Header.list(tree, place)) all.add(value(p.getActualTypeArguments()[0], each, place));
            return all;
        }
        if (type instanceof ParameterizedType p && p.getRawType() == IntFunction.class) return base(tree);
        for (Parts<?> parts : Parts.ALL) {
            if (type == parts.type()) return read(parts, tree);
        }
        if (type == int.class || type == Integer.class) return (int) Header.whole(tree, place, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (type == long.class) return Header.whole(tree, place, Long.MIN_VALUE, Long.MAX_VALUE);
        if (type == double.class || type == Double.class && tree != null) return Header.number(tree, place);
        if (type instanceof Class<?> c && c.isEnum() && tree != null) {
            for (Object constant : c.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(tree)) return constant;
            }
        }
        if (type instanceof Class<?> c && c.isRecord()) return record(c, Header.object(tree, place), place);
        if (tree == null) return null;
        throw new Refused("its header has " + place + " " + Shown.text(String.valueOf(tree)) + ", which this version does not have");
    }

    /** Of any dimension; that it can be made is known at once. */
    private IntFunction<Base> base(@Nullable Object tree) throws Refused {
        read(Parts.BASES, tree, Map.of(DIMENSION, (long) dimension));
        return d -> {
            try {
                return read(Parts.BASES, tree, Map.of(DIMENSION, (long) d));
            } catch (Refused e) {
                throw new IllegalArgumentException("FlowFile: " + e.getMessage(), e);
            }
        };
    }

    /** By the record's constructor, or by its factory where it makes inputs of its options. */
    private static Object made(Class<?> type, List<Class<?>> types, List<@Nullable Object> values) throws Refused {
        try {
            Class<?>[] parameters = types.toArray(new Class<?>[0]);
            boolean whole = type.getRecordComponents().length == parameters.length;
            Executable maker = whole ? type.getDeclaredConstructor(parameters) : type.getDeclaredMethod("of", parameters);
            maker.setAccessible(true);
            Object[] arguments = values.toArray();
            return maker instanceof Constructor<?> c ? c.newInstance(arguments)
                    : ((Method) maker).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new Refused("its header says what cannot be (" + Shown.text(String.valueOf(e.getTargetException().getMessage())) + ")");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("FlowFile: " + type + " cannot be made", e);
        }
    }
}
