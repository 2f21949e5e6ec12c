package org.fluvia.stan.translate;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names for Java, each given once in a method. Mutable. */
final class JavaNames {
    private static final List<String> COUNTERS = List.of("i", "j", "k", "l");

    private static final Set<String> KEYWORDS = Set.of("abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class", "const",
            "continue", "default", "do", "double", "else", "enum", "extends", "final", "finally", "float", "for", "goto", "if", "implements", "import",
            "instanceof", "int", "interface", "long", "native", "new", "package", "private", "protected", "public", "return", "short", "static", "strictfp",
            "super", "switch", "synchronized", "this", "throw", "throws", "transient", "try", "void", "volatile", "while", "true", "false", "null");

    private final Set<String> taken = new HashSet<>(Set.of("m"));

    /** A name like the program's, as Java writes such: {@code log_earn} is logEarn. */
    String name(String stan) {
        return unique(camelCase(stan, false));
    }

    /** For the variable of a loop. */
    String counter(String stan) {
        String own = camelCase(stan, false);
        if (!taken.contains(own)) return unique(own);
        for (String c : COUNTERS) if (!taken.contains(c)) return unique(c);
        return unique(own);
    }

    /** May be given again. */
    void free(String name) {
        taken.remove(name);
    }

    private String unique(String name) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) free = name + (Character.isDigit(name.charAt(name.length() - 1)) ? "_" : "") + i;
        taken.add(free);
        return free;
    }

    /** What was taken so far, to be restored. */
    Set<String> taken() {
        return new HashSet<>(taken);
    }

    void restore(Set<String> before) {
        taken.clear();
        taken.addAll(before);
    }

    static String camelCase(String name, boolean isClass) {
        StringBuilder b = new StringBuilder();
        boolean upper = isClass;
        for (String part : name.split("[^A-Za-z0-9]+", 0)) {
            if (part.isEmpty()) continue;
            boolean shouts = part.equals(part.toUpperCase(Locale.ROOT));
            String rest = shouts ? part.substring(1).toLowerCase(Locale.ROOT) : part.substring(1);
            b.append(upper ? Character.toUpperCase(part.charAt(0)) : Character.toLowerCase(part.charAt(0))).append(rest);
            upper = true;
        }
        if (b.length() == 0 || Character.isDigit(b.charAt(0))) b.insert(0, isClass ? "Model" : "x");
        String java = b.toString();
        return KEYWORDS.contains(java) ? java + "Value" : java;
    }
}
