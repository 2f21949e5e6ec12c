package org.fluvia.autodiff;

import java.util.function.Supplier;

/** The user's source line that recorded an operation, for example {@code EightSchools.java:17}. */
public record Source(String file, int line) {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String[] OURS = {
        "org.fluvia.autodiff.", "org.fluvia.dist.", "org.fluvia.support.", "org.fluvia.model.", "org.fluvia.dynamics.",
        "org.fluvia.flows.", "org.fluvia.vi.", "org.fluvia.cli.", "picocli.", "java.", "jdk."
    };
    private static final Source UNKNOWN = new Source("unknown source", 0);
    private static final ThreadLocal<Source> ATTRIBUTED = new ThreadLocal<>();

    /** The innermost frame that is not Fluvia's or the JDK's, of those that define the model and not of those that have it fitted. */
    static Source here() {
        Source attributed = ATTRIBUTED.get();
        if (attributed != null) return attributed;
        return WALKER.walk(frames -> frames.takeWhile(f -> !asksForIt(f)).filter(f -> !ours(f.getClassName())).findFirst())
                .map(f -> new Source(f.getFileName() == null ? f.getClassName() : f.getFileName(), f.getLineNumber()))
                .orElse(UNKNOWN);
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

    /** What calls these is not the model's own code, and what they record has no line of it. */
    private static boolean asksForIt(StackWalker.StackFrame f) {
        return switch (f.getClassName()) {
            case "org.fluvia.model.Model" -> f.getMethodName().equals("bind");
            case "org.fluvia.vi.Fit" -> f.getMethodName().equals("run");
            default -> false;
        };
    }

    /** Whether a class is Fluvia's or the JDK's, and so not the user's. */
    public static boolean ours(String className) {
        for (String prefix : OURS) {
            if (className.startsWith(prefix)) return !className.contains("Test");
        }
        return false;
    }

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
