package org.fluvia.model;

import org.fluvia.autodiff.Source;
import org.jspecify.annotations.Nullable;

/** A null that a model passed to one of Fluvia's methods. */
final class NullArgument {
    private NullArgument() {}

    /**
     * What to throw for a null dereferenced while a model was recorded: a message with the method that the model's code called, and
     * its line, where the null was met in Fluvia's code; the exception itself where it was met in the model's own. Where the JVM
     * does not tell, the message says how to make it tell.
     */
    static RuntimeException explained(NullPointerException e) {
        // once compiled, code that often threw it throws one without a trace
        if (e.getStackTrace().length == 0) {
            return new ModelException("define", "a null was used where there must be a value; the JVM has left out where. It says so with"
                    + " the option -XX:-OmitStackTraceInFastThrow.", e);
        }
        @Nullable StackTraceElement called = null;
        for (StackTraceElement frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith("java.") || frame.getClassName().startsWith("jdk.")) continue;
            if (Source.asksForIt(frame.getClassName(), frame.getMethodName())) return e;
            if (!Source.ours(frame.getClassName())) return called == null ? e : explained(e, called, frame);
            called = frame;
        }
        return e;
    }

    private static ModelException explained(NullPointerException e, StackTraceElement called, StackTraceElement user) {
        String line = (user.getFileName() == null ? user.getClassName() : user.getFileName())
                + (user.getLineNumber() > 0 ? ":" + user.getLineNumber() : "");
        String method = called.getMethodName().startsWith("lambda$") || called.getMethodName().equals("<init>")
                ? called.getClassName().substring(called.getClassName().lastIndexOf('.') + 1) : called.getMethodName();
        return new ModelException(method, "an argument must not be null (" + line + ")" + (e.getMessage() == null ? "." : ". In the JDK's words: "
                + e.getMessage().replace("org.fluvia.autodiff.", "") + "."), e);
    }
}
