package org.fluvia.autodiff.memory;

import java.util.ArrayList;
import java.util.List;

/** Rows of a tile, handed out and taken back while a program is planned. */
public final class TileMemory {
    private record Gap(int from, int to) {}

    private final List<Gap> gaps = new ArrayList<>();
    private int rows;

    /** The first of n free rows: the smallest gap that fits, or new rows. */
    public int take(int n) {
        int best = -1;
        for (int i = 0; i < gaps.size(); i++) {
            int size = gaps.get(i).to - gaps.get(i).from;
            if (size >= n && (best < 0 || size < gaps.get(best).to - gaps.get(best).from)) best = i;
        }
        if (best < 0) {
            rows += n;
            return rows - n;
        }
        Gap gap = gaps.remove(best);
        if (gap.to - gap.from > n) gaps.add(best, new Gap(gap.from + n, gap.to));
        return gap.from;
    }

    public void giveBack(int from, int n) {
        if (n == 0) return;
        int to = from + n;
        int i = 0;
        while (i < gaps.size() && gaps.get(i).from < from) i++;
        if (i < gaps.size() && gaps.get(i).from == to) to = gaps.remove(i).to;
        if (i > 0 && gaps.get(i - 1).to == from) from = gaps.remove(--i).from;
        gaps.add(i, new Gap(from, to));
    }

    /** The most rows in use at any time. */
    public int rows() {
        return rows;
    }
}
