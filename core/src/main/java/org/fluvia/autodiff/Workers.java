package org.fluvia.autodiff;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the tasks of one call. Which thread runs a task is left to chance; a result must not depend on it.
 * The calling thread works too. Daemon threads: they do not keep a JVM alive. One call at a time.
 */
public final class Workers implements AutoCloseable {
    private static final int SPINS = 2_000;

    /** A numbered piece of work. */
    @FunctionalInterface
    interface Task {
        /** @param worker from 0 to threads - 1; no two tasks run with the same number at a time */
        void run(int task, int worker);
    }

    private final Thread[] threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private @Nullable Task task;
    private int tasks;
    private volatile int call;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread caller;

    private Workers(int count) {
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
        if (threads < 1) throw new IllegalArgumentException("workers: threads must be at least 1, but was " + threads);
        return new Workers(threads);
    }

    /** The calling thread alone. */
    public static Workers none() {
        return new Workers(1);
    }

    /** The number of threads, the caller's included. */
    public int threads() {
        return threads.length + 1;
    }

    /** Runs tasks 0 to tasks - 1 and returns when all are done; rethrows the first failure. */
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
        try {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) task.run(i, worker);
        } catch (Throwable t) {
            failure = t;
        }
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
