package org.fluvia.autodiff;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The user's source line that recorded an operation, for example {@code EightSchools.java:17}.
 *
 * @param part of which part of something larger the operation is, in words such as "layer 3"; null if of none
 */
public record Source(String file, int line, @Nullable String part) {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Source UNKNOWN = new Source("unknown source", 0);
    private static final ThreadLocal<@Nullable Source> ATTRIBUTED = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable String> PART = new ThreadLocal<>();

    public Source(String file, int line) {
        this(file, line, null);
    }

    /** The innermost frame that is not Fluvia's or the JDK's, of those that define the model and not of those that have it fitted. */
    public static Source here() {
        Source attributed = ATTRIBUTED.get();
        if (attributed != null) return attributed;
        Source line = WALKER.walk(frames -> frames.takeWhile(f -> !asksForIt(f.getClassName(), f.getMethodName())).filter(f -> !ours(f.getClassName())).findFirst())
                .map(f -> new Source(f.getFileName() == null ? f.getClassName() : f.getFileName(), f.getLineNumber()))
                .orElse(UNKNOWN);
        String part = PART.get();
        return part == null ? line : new Source(line.file, line.line, part);
    }

    /**
     * Runs the work with every operation it records known to be of a part of something larger, so that messages about it can say of
     * which. A part of a part is both.
     */
    public static <T> T within(String part, Supplier<T> work) {
        String before = PART.get();
        PART.set(before == null ? part : before + ", " + part);
        try {
            return work.get();
        } finally {
            PART.set(before);
        }
    }

    /** Runs the work with every operation it records attributed to one source: this line's. */
    public static <T> T attribute(Source source, Supplier<T> work) {
        Source before = ATTRIBUTED.get();
        ATTRIBUTED.set(source);
        try {
            return work.get();
        } finally {
            ATTRIBUTED.set(before);
        }
    }

    /** " (EightSchools.java:17)", for messages; nothing where no line is known. */
    public static String suffix() {
        Source here = here();
        return here == UNKNOWN ? "" : " (" + here + ")";
    }

    /** Whether what calls this is not the model's own code: what it records has no line of the model. */
    public static boolean asksForIt(String className, String method) {
        return switch (className) {
            case "org.fluvia.model.Model" -> method.equals("bind") || method.equals("compile");
            case "org.fluvia.model.CompiledModel" -> true;
            case "org.fluvia.vi.Fit" -> method.equals("run");
            default -> className.startsWith("org.fluvia.cli.") && ours(className);
        };
    }

    /** Whether a class is Fluvia's or the JDK's, and so not the user's. Tests, examples and benchmarks are users too. */
    public static boolean ours(String className) {
        if (!className.startsWith("org.fluvia.")) return className.startsWith("java.") || className.startsWith("jdk.");
        return !className.contains("Test") && !className.startsWith("org.fluvia.examples.") && !className.startsWith("org.fluvia.bench.");
    }

    @Override
    public String toString() {
        return (line > 0 ? file + ":" + line : file) + (part == null ? "" : ", in " + part);
    }
}
