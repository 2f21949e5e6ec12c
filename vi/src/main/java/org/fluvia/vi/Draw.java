package org.fluvia.vi;

import org.fluvia.vi.draws.NamedDraws;

/** One draw of a posterior or prior. */
public final class Draw {
    private final NamedDraws draws;
    private final int index;

    Draw(NamedDraws draws, int index) {
        this.draws = draws;
        this.index = index;
    }

    /** The value of a scalar or element, {@code "tau"} or {@code "theta[3]"}. */
    public double get(String name) {
        return draws.value(draws.row(name), index);
    }
}
