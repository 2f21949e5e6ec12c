package org.fluvia.plots.contour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of equal value of a function known at the nodes of a grid, by marching squares: linear between nodes, and where a square has two
 * opposite corners above, its mean tells which are connected.
 */
public final class Contours {
    private final double[] x;
    private final double[] y;
    private final double[] values;

    /**
     * @param x of the columns, ascending
     * @param y of the rows, ascending
     * @param values row after row; not NaN
     */
    public Contours(double[] x, double[] y, double[] values) {
        this.x = x;
        this.y = y;
        this.values = values;
    }

    /** The lines of a level, each x, y, x, y, ...; the last point of a closed one is its first. */
    public List<double[]> lines(double level) {
        return new March(x, y, values, level).chains();
    }

    /** The outlines of where the function is above a level; by the rule of odd numbers what lies inside them is that. */
    public List<double[]> areas(double level) {
        int columns = x.length + 2;
        int rows = y.length + 2;
        double[] framed = new double[rows * columns];
        Arrays.fill(framed, Double.NEGATIVE_INFINITY);
        for (int row = 0; row < y.length; row++) System.arraycopy(values, row * x.length, framed, (row + 1) * columns + 1, x.length);
        return new March(framed(x), framed(y), framed, level).chains();
    }

    private static double[] framed(double[] nodes) {
        double[] all = new double[nodes.length + 2];
        System.arraycopy(nodes, 0, all, 1, nodes.length);
        all[0] = nodes[0];
        all[all.length - 1] = nodes[nodes.length - 1];
        return all;
    }

    /** One level. A crossing is known by the edge it is on: twice its first node's index, and one more if the edge goes up. */
    private static final class March {
        private final double[] x;
        private final double[] y;
        private final double[] values;
        private final double level;
        private final int columns;
        /** The crossings next to each, at most two, in the order in which squares are visited. */
        private final Map<Integer, int[]> neighbours = new HashMap<>();
        private final List<Integer> order = new ArrayList<>();

        March(double[] x, double[] y, double[] values, double level) {
            this.x = x;
            this.y = y;
            this.values = values;
            this.level = level;
            this.columns = x.length;
            for (int row = 0; row + 1 < y.length; row++) {
                for (int column = 0; column + 1 < columns; column++) square(row * columns + column);
            }
        }

        private boolean above(int node) {
            return values[node] >= level;
        }

        private void square(int node) {
            int bottom = 2 * node;
            int left = 2 * node + 1;
            int top = 2 * (node + columns);
            int right = 2 * (node + 1) + 1;
            boolean a = above(node);
            boolean b = above(node + 1);
            boolean c = above(node + columns + 1);
            boolean d = above(node + columns);
            if (a == c && b == d && a != b) {
                double mean = (values[node] + values[node + 1] + values[node + columns] + values[node + columns + 1]) / 4;
                boolean middle = mean >= level;
                if (middle == a) { // the corners b and d are cut off
                    connect(bottom, right);
                    connect(top, left);
                } else {
                    connect(left, bottom);
                    connect(right, top);
                }
                return;
            }
            int[] crossed = new int[2];
            int n = 0;
            if (a != b) crossed[n++] = bottom;
            if (b != c) crossed[n++] = right;
            if (d != c) crossed[n++] = top;
            if (a != d) crossed[n++] = left;
            if (n == 2) connect(crossed[0], crossed[1]);
        }

        private void connect(int one, int other) {
            join(one, other);
            join(other, one);
        }

        private void join(int crossing, int next) {
            int[] known = neighbours.get(crossing);
            if (known == null) {
                neighbours.put(crossing, new int[] {next, -1});
                order.add(crossing);
            } else {
                known[1] = next;
            }
        }

        List<double[]> chains() {
            List<double[]> chains = new ArrayList<>();
            for (int crossing : order) { // open lines from their ends, then closed ones
                int[] next = neighbours.get(crossing);
                if (next != null && next[1] < 0) chains.add(chain(crossing));
            }
            for (int crossing : order) {
                if (neighbours.containsKey(crossing)) chains.add(chain(crossing));
            }
            return chains;
        }

        private double[] chain(int start) {
            List<double[]> points = new ArrayList<>();
            int at = start;
            int before = -1;
            while (true) {
                points.add(point(at));
                int[] next = neighbours.remove(at);
                if (next == null) break; // round, and back at the start
                int to = next[0] != before ? next[0] : next[1];
                if (to < 0) break;
                before = at;
                at = to;
            }
            double[] flat = new double[2 * points.size()];
            for (int i = 0; i < points.size(); i++) System.arraycopy(points.get(i), 0, flat, 2 * i, 2);
            return flat;
        }

        private double[] point(int crossing) {
            int node = crossing / 2;
            int other = crossing % 2 == 0 ? node + 1 : node + columns;
            double part = part(values[node], values[other]);
            return new double[] {between(x[node % columns], x[other % columns], part), between(y[node / columns], y[other / columns], part)};
        }

        /** How far from one node to the other the level is reached; at the finite one if the other is not. */
        private double part(double from, double to) {
            if (Double.isInfinite(from)) return 1;
            if (Double.isInfinite(to)) return 0;
            return (level - from) / (to - from);
        }

        private static double between(double from, double to, double part) {
            return from + part * (to - from);
        }
    }
}
