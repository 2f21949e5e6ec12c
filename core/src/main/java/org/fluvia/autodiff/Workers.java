package org.fluvia.autodiff;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the tasks of one call. Which thread runs a task is left to chance; a result must not depend on it.
 * The calling thread works too. Daemon threads: they do not keep a JVM alive. One call at a time.
 *
 * <p>Workers can be told to stop, by a signal or by interrupting the calling thread: what they are replaying ends with
 * {@link Stopped}, within some hundredths of a second, as soon as all of them have come to rest.
 */
public final class Workers implements AutoCloseable {
    private static final int SPINS = 2_000;

    /** A numbered piece of work. */
    @FunctionalInterface
    interface Task {
        /** @param worker from 0 to threads - 1; no two tasks run with the same number at a time */
        void run(int task, int worker);
    }

    private final @Nullable BooleanSupplier stop;
    private final Thread[] threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private @Nullable Task task;
    private int tasks;
    private volatile int call;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread caller;

    private Workers(int count, @Nullable BooleanSupplier stop) {
        this.stop = stop;
        threads = new Thread[count - 1];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = new Thread(() -> serve(worker), "fluvia-worker-" + worker);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** @throws IllegalArgumentException if there is not at least one thread: the caller */
    public static Workers of(int threads) {
        return create(threads, null);
    }

    /**
     * Workers that stop when a signal says so, or when the calling thread is interrupted; it stays so.
     *
     * @param stop asked by all threads, every some hundredths of a millisecond or less often
     * @throws IllegalArgumentException if there is not at least one thread: the caller
     */
    public static Workers of(int threads, BooleanSupplier stop) {
        return create(threads, stop);
    }

    private static Workers create(int threads, @Nullable BooleanSupplier stop) {
        if (threads < 1) throw new IllegalArgumentException("workers: threads must be at least 1, but was " + threads);
        return new Workers(threads, stop);
    }

    /** The calling thread alone. */
    public static Workers none() {
        return new Workers(1, null);
    }

    /** The number of threads, the caller's included. */
    public int threads() {
        return threads.length + 1;
    }

    /**
     * Asks whether to go on.
     *
     * @throws Stopped if not
     */
    public void check() {
        if (stop == null) return;
        Thread interruptible = caller;
        boolean interrupted = (interruptible != null ? interruptible : Thread.currentThread()).isInterrupted();
        if (interrupted || stop.getAsBoolean()) throw new Stopped();
    }

    /** Says which thread is to be listened to. */
    void begin() {
        if (stop != null) caller = Thread.currentThread();
    }

    /** Runs tasks 0 to tasks - 1; once one fails, begins no more. Returns when all have ended; rethrows the first failure. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the calling thread alone writes it
    void run(int tasks, Task task) {
        if (threads.length == 0 || tasks <= 1) {
            for (int i = 0; i < tasks; i++) task.run(i, 0);
            return;
        }
        if (closed) throw new IllegalStateException("workers: closed");
        this.task = task;
        this.tasks = tasks;
        failure = null;
        caller = Thread.currentThread();
        next.set(0);
        busy.set(threads.length);
        call++;
        for (Thread t : threads) LockSupport.unpark(t);
        work(0);
        for (int spin = 0; busy.get() > 0; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        Throwable t = failure;
        if (t instanceof RuntimeException e) throw e;
        if (t instanceof Error e) throw e;
    }

    private void work(int worker) {
        Task work = requireNonNull(task);
        try {
            for (int i = next.getAndIncrement(); i < tasks && failure == null; i = next.getAndIncrement()) work.run(i, worker);
        } catch (Throwable t) {
            fail(t);
        }
    }

    private synchronized void fail(Throwable t) {
        if (failure == null) failure = t;
    }

    private void serve(int worker) {
        int seen = 0;
        while (true) {
            for (int spin = 0; call == seen && !closed; spin++) {
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) return;
            seen = call;
            work(worker);
            if (busy.decrementAndGet() == 0) LockSupport.unpark(caller);
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Thread t : threads) LockSupport.unpark(t);
    }
}
