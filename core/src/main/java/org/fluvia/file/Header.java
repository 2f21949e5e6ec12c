package org.fluvia.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/** What a tree of JSON must be where a file has it: the value, or a refusal that says where. */
public final class Header {
    private Header() {}

    @SuppressWarnings("unchecked") // a tree of Json has no other maps
    public static Map<String, @Nullable Object> object(@Nullable Object tree, String place) throws Refused {
        if (tree instanceof Map<?, ?> m) return (Map<String, @Nullable Object>) m;
        throw wrong(place, "an object", tree);
    }

    public static List<?> list(@Nullable Object tree, String place) throws Refused {
        if (tree instanceof List<?> list) return list;
        throw wrong(place, "a list", tree);
    }

    public static String text(@Nullable Object tree, String place) throws Refused {
        if (tree instanceof String s) return s;
        throw wrong(place, "text", tree);
    }

    public static List<String> texts(@Nullable Object tree, String place) throws Refused {
        List<String> all = new ArrayList<>();
        for (Object each : list(tree, place)) all.add(text(each, place));
        return all;
    }

    public static long whole(@Nullable Object tree, String place, long least, long most) throws Refused {
        if (tree instanceof Long n && n >= least && n <= most) return n;
        throw wrong(place, "a whole number from " + least + " to " + most, tree);
    }

    public static double number(@Nullable Object tree, String place) throws Refused {
        if (tree instanceof Double x) return x;
        if (tree instanceof Long n) return n;
        if ("NaN".equals(tree)) return Double.NaN;
        if ("Infinity".equals(tree)) return Double.POSITIVE_INFINITY;
        if ("-Infinity".equals(tree)) return Double.NEGATIVE_INFINITY;
        throw wrong(place, "a number", tree);
    }

    private static Refused wrong(String place, String needed, @Nullable Object tree) {
        return new Refused("its header must have " + needed + " as " + place + ", but has " + Shown.text(String.valueOf(tree)));
    }
}
