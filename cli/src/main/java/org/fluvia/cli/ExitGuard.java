package org.fluvia.cli;

import java.io.PrintStream;
import java.util.Map;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the JVM ends before the command has: on Ctrl-C the fit is interrupted; where code of the model calls
 * System.exit, the user is told, and the exit code is not theirs to choose, as it says what became of the fit.
 */
final class ExitGuard {
    private static volatile boolean allowed;

    private ExitGuard() {}

    /** A shutdown hook, so that no signal is handled by hand. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> jvmEnds(System.err), "fluvia-exit"));
    }

    /** From now on the code that is run may end the JVM when it likes, with the exit code that it likes. */
    static void standDown() {
        allowed = true;
    }

    /** The command has come to its own end. */
    static void exit(int code) {
        allowed = true;
        System.exit(code);
    }

    private static void jvmEnds(PrintStream err) {
        if (allowed) return;
        String place = placeOfExit();
        Interruption underWay = Interruption.underWay();
        if (place == null) {
            if (underWay != null) underWay.interrupt();
            return;
        }
        if (underWay != null) underWay.withdraw();
        err.println("fluvia: " + Shown.text(place) + " calls System.exit, which ends the fit without a result. Throw an exception"
                + " instead, or return.");
        err.flush();
        Runtime.getRuntime().halt(ExitCode.USERS_MISTAKE);
    }

    /** Whose code asked the JVM to end, "Model.java:12": the thread that did waits there for the hooks. Null where a signal did. */
    private static @Nullable String placeOfExit() {
        for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] frames = thread.getValue();
            for (int i = frames.length - 2; i >= 0; i--) {
                boolean exits = frames[i].getMethodName().equals("exit")
                        && (frames[i].getClassName().equals("java.lang.System") || frames[i].getClassName().equals("java.lang.Runtime"));
                StackTraceElement caller = frames[i + 1];
                if (!exits || caller.getClassName().equals(ExitGuard.class.getName())) continue;
                return (caller.getFileName() == null ? caller.getClassName() : caller.getFileName())
                        + (caller.getLineNumber() > 0 ? ":" + caller.getLineNumber() : "");
            }
        }
        return null;
    }
}
