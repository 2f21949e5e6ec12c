package org.fluvia.vi.budget;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;

/** What the parts of a fit take of the memory: estimated before it is taken, so that there is a message instead of a fault. */
public final class Memory {
    /** A matrix (n x n) of more has more elements than an array can hold. */
    private static final int MOST_DIMENSIONS = 46_340;
    /** Matrices (d x d) that a fit holds at a time: Gaussians, what finds them, and what programs keep of them. */
    private static final int MATRICES = 13;
    /** Sums of outer products over draws are gathered in this many groups, if there is more than one thread. */
    private static final int GROUPS = 7;
    /** Of the judged draws, with their defensive ones: while they are made. */
    private static final double COPIES = 2.2;
    private static final double MOST_ELEMENTS = Integer.MAX_VALUE - 8;
    private static final double MEBI = 1 << 20;
    private static final double GIBI = 1 << 30;
    /** Of the memory, what the JVM needs to work with; chosen. */
    private static final double FREE = 0.05;

    private final LongSupplier available;
    private final long most;
    /** What the parts checked so far will take. */
    private double promised;

    /**
     * @param available bytes that can be allocated
     * @param most bytes that the heap may have
     */
    Memory(LongSupplier available, long most) {
        this.available = available;
        this.most = most;
    }

    /** Of the running JVM. */
    public static Memory ofThisJvm() {
        return new Memory(Memory::free, Runtime.getRuntime().maxMemory());
    }

    private static long free() {
        Runtime r = Runtime.getRuntime();
        return r.maxMemory() - r.totalMemory() + r.freeMemory();
    }

    /**
     * Checks what a fit of a model takes whatever the model computes.
     *
     * @param judged draws that are judged, if there is time
     * @param draws draws that the posterior is to have
     * @throws ModelException naming the part that takes too much
     */
    public void check(BoundModel model, int judged, int draws, int threads) {
        double d = model.dimension();
        if (d > MOST_DIMENSIONS) {
            throw new ModelException("fit", String.format(Locale.ROOT, "%s has %.0f parameters on the unconstrained scale; at most %d are"
                    + " possible, as their covariance is a matrix in memory. Leave parameters out, or integrate over them by hand.",
                    model.name(), d, MOST_DIMENSIONS));
        }
        double matrices = MATRICES + (threads > 1 ? GROUPS : 0);
        require(String.format(Locale.ROOT, "the Gaussian of %.0f parameters", d), Double.BYTES * matrices * d * d, String.format(Locale.ROOT,
                "%.0f matrices of %.0f x %.0f", matrices, d, d), threads > 1 ? ", or take one thread, which needs less" : "");
        double elements = 0;
        for (Quantity q : model.parameters()) elements += q.shape().size();
        for (Quantity q : model.derived()) elements += q.shape().size();
        double largest = Math.max(d * judged, elements * draws);
        String what = String.format(Locale.ROOT, "%.0f x %d and %.0f x %d", d, judged, elements, draws);
        if (largest > MOST_ELEMENTS) {
            throw new ModelException("fit", "the draws are matrices of " + what + " (values x draws), and no array holds more than "
                    + Integer.MAX_VALUE + " elements. Ask for fewer draws.");
        }
        require("the draws", Double.BYTES * (COPIES * d * judged + (d + 2 * elements) * draws), "matrices of " + what + " (values x draws)",
                ", or ask for fewer draws");
    }

    /** Checks what a workspace takes. */
    public void check(String part, Workspace workspace, int draws) {
        require(part, (double) workspace.bytes(draws), "what the model computes for some draws at a time, on each thread", ", or take fewer threads");
    }

    private void require(String part, double bytes, String made, String remedy) {
        double enough = (promised + bytes) / (1 - FREE);
        double there = available.getAsLong();
        if (enough > there) {
            System.gc(); // what is no longer needed counts as used until then
            there = available.getAsLong();
        }
        if (enough <= there) {
            promised += bytes;
            return;
        }
        long needed = (long) Math.ceil((most - there + enough) / GIBI);
        throw new ModelException("fit", part + " would take about " + size(bytes) + " of memory (" + made + ")" + besides() + ", and "
                + size(there) + " of " + size((double) most) + " are free. Give the JVM more by -Xmx" + needed + "g (FLUVIA_OPTS=-Xmx" + needed
                + "g for the command)" + remedy + ".");
    }

    private String besides() {
        return promised == 0 ? "" : " besides " + size(promised) + " for other parts";
    }

    private static String size(double bytes) {
        return bytes < GIBI ? String.format(Locale.ROOT, "%.0f MiB", bytes / MEBI) : String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
    }
}
