package org.fluvia.cli.source;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells exceptions of the user's own code from ours, and says where in their source they arose. */
public final class UserCode {
    private final Predicate<String> isTheirs;

    /** @param isTheirs whether a class of that name is the user's */
    UserCode(Predicate<String> isTheirs) {
        this.isTheirs = isTheirs;
    }

    /** Whether the innermost code that is not the JDK's is the user's. */
    public boolean threw(Throwable t) {
        for (StackTraceElement e : root(t).getStackTrace()) {
            if (isTheirs.test(e.getClassName())) return true;
            if (!e.getClassName().startsWith("java.") && !e.getClassName().startsWith("jdk.")) return false;
        }
        return false;
    }

    /**
     * An exception that arose while the user's code ran, as a message with their file and line. An argument that one of our
     * checks refused speaks for itself, line and all.
     */
    public UserError error(Throwable thrown) {
        Throwable t = root(thrown);
        String place = place(t.getStackTrace());
        String message = t.getMessage();
        if (t instanceof UserError e) return e;
        if (t instanceof IllegalArgumentException && message != null) {
            return new UserError(message + (place != null && threw(t) ? " (" + place + ")" : ""), t);
        }
        String what = t.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        return new UserError(place == null ? what : place + ": " + what, t);
    }

    /** "EightSchools.java:17", or null where no line is the user's. */
    @Nullable String place(StackTraceElement[] frames) {
        for (StackTraceElement e : frames) {
            if (isTheirs.test(e.getClassName())) {
                return (e.getFileName() == null ? e.getClassName() : e.getFileName())
                        + (e.getLineNumber() > 0 ? ":" + e.getLineNumber() : "");
            }
        }
        return null;
    }

    /** The exception itself, not what a static initialiser wrapped it in. */
    private static Throwable root(Throwable t) {
        return t instanceof ExceptionInInitializerError && t.getCause() != null ? t.getCause() : t;
    }
}
