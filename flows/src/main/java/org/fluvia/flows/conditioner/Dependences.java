package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * On what each element of a masked network depends, and in which step it becomes known when only what it depends on is. Inputs are the
 * context and then the elements by their steps, so that what is known at a step are the first inputs.
 */
final class Dependences {
    private final int context;
    /** The elements by their steps, and by their numbers among equals. */
    private final int[] order;
    private final int[] step;
    /** What there is to see, each once and none of it nothing, by the steps in which it is known; context first, then by element. */
    private final List<BitSet> views = new ArrayList<>();
    /** Which of them each element has; -1 if it sees nothing. */
    private final int[] view;

    private Dependences(int context, int[] step, BitSet[] seen) {
        this.context = context;
        this.step = step;
        order = IntStream.range(0, step.length).boxed().sorted(Comparator.comparingInt(i -> step[i])).mapToInt(Integer::intValue).toArray();
        view = new int[step.length];
        for (int i : order) {
            if (!seen[i].isEmpty() && !views.contains(seen[i])) views.add(seen[i]);
            view[i] = views.indexOf(seen[i]);
        }
    }

    /** @param adjacency without cycles, its diagonal false; null if each element depends on those with lower numbers */
    static Dependences of(int elements, int context, boolean @Nullable [][] adjacency) {
        if (adjacency != null) check(elements, context, adjacency);
        BitSet[] seen = new BitSet[elements];
        for (int i = 0; i < elements; i++) {
            seen[i] = new BitSet(context + elements);
            if (adjacency == null) {
                seen[i].set(0, context + i);
                continue;
            }
            for (int j = 0; j < elements; j++) seen[i].set(context + j, adjacency[i][j]);
            for (int k = 0; k < context; k++) seen[i].set(k, adjacency[i].length == elements || adjacency[i][elements + k]);
        }
        return new Dependences(context, adjacency == null ? IntStream.range(0, elements).toArray() : steps(adjacency), seen);
    }

    private static void check(int elements, int context, boolean[][] adjacency) {
        int columns = adjacency[0].length;
        if (adjacency.length != elements) {
            throw new IllegalArgumentException("Masked: an order or an adjacency must be one of " + elements
                    + " elements, as the vector has, but was one of " + adjacency.length);
        }
        if (columns != elements && columns != elements + context) {
            throw new IllegalArgumentException("Masked: adjacency must have a column for each of " + elements
                    + " elements, or also for each of " + context + " elements of the context, but had " + columns + " columns");
        }
    }

    /**
     * The step in which each element is known, counted from 0: one after the last of those that it depends on.
     *
     * @throws IllegalArgumentException if there is a cycle
     */
    static int[] steps(boolean[][] adjacency) {
        int n = adjacency.length;
        int[] step = new int[n];
        Arrays.fill(step, n);
        for (int now = 0, left = n; left > 0; now++) {
            int before = left;
            for (int i = 0; i < n; i++) {
                if (step[i] == n && waitsFor(adjacency[i], step, now) < 0) {
                    step[i] = now;
                    left--;
                }
            }
            if (left == before) throw new IllegalArgumentException("Masked: adjacency must have no cycle, but " + cycle(adjacency, step));
        }
        return step;
    }

    /** An element that has to be known first and is not known before this step; -1 if there is none. */
    private static int waitsFor(boolean[] row, int[] step, int now) {
        for (int j = 0; j < step.length; j++) if (row[j] && step[j] >= now) return j;
        return -1;
    }

    private static String cycle(boolean[][] adjacency, int[] step) {
        int i = 0;
        while (step[i] < step.length) i++;
        List<Integer> path = new ArrayList<>();
        while (!path.contains(i)) {
            path.add(i);
            i = waitsFor(adjacency[i], step, step.length);
        }
        List<Integer> round = new ArrayList<>(path.subList(path.indexOf(i), path.size()));
        round.add(i);
        return round.stream().map(String::valueOf).collect(Collectors.joining(" depends on "));
    }

    int elements() {
        return step.length;
    }

    /** The numbers of the elements in the order of inputs. A copy. */
    int[] order() {
        return order.clone();
    }

    /** The step of each element. A copy. */
    int[] steps() {
        return step.clone();
    }

    /** How many things there are to see. */
    int views() {
        return views.size();
    }

    /** Which of the things to see each element has; -1 for one that sees nothing. A copy. */
    int[] viewOfElements() {
        return view.clone();
    }

    /** The step in which all of a view is known. */
    int stepOf(int view) {
        return views.get(view).stream().filter(j -> j >= context).map(j -> step[j - context] + 1).max().orElse(0);
    }

    /** Whether a view has an input, counted in their order. */
    boolean[][] ofInputs() {
        boolean[][] sees = new boolean[views.size()][context + step.length];
        for (int v = 0; v < sees.length; v++) {
            for (int k = 0; k < context; k++) sees[v][k] = views.get(v).get(k);
            for (int j = 0; j < order.length; j++) sees[v][context + j] = views.get(v).get(context + order[j]);
        }
        return sees;
    }

    /** Whether a view, the first index, has all that another has. */
    boolean[][] ofViews() {
        boolean[][] sees = new boolean[views.size()][views.size()];
        for (int v = 0; v < sees.length; v++) {
            for (int w = 0; w < sees.length; w++) {
                BitSet rest = (BitSet) views.get(w).clone();
                rest.andNot(views.get(v));
                sees[v][w] = rest.isEmpty();
            }
        }
        return sees;
    }
}
