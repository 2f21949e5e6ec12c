package org.fluvia.cli.source;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fluvia.text.Shown;

/** Says where the user's own code is when it has run for long: a loop that does not end looks like a slow fit otherwise. */
final class Watch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch done = new CountDownLatch(1);

    private Watch() {}

    /** Watches what the calling thread does until this is closed. */
    static Watch over(String what, UserCode code) {
        return over(what, code, System.err, PATIENCE);
    }

    static Watch over(String what, UserCode code, PrintStream err, Duration patience) {
        Watch watch = new Watch();
        Thread worker = Thread.currentThread();
        Thread thread = new Thread(() -> watch.wait(worker, what, code, err, patience), "fluvia-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void wait(Thread worker, String what, UserCode code, PrintStream err, Duration patience) {
        try {
            if (done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException e) {
            return;
        }
        String place = code.place(worker.getStackTrace());
        err.println(Shown.lines("fluvia: note: " + what + " has run for " + patience.toSeconds() + " s"
                + (place == null ? "" : " and is at " + place) + ". If that is a loop that does not end, Ctrl-C ends it."));
    }

    @Override
    public void close() {
        done.countDown();
    }
}
