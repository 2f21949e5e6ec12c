package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.loop.Cotangent;
import org.fluvia.autodiff.loop.LoopBody;
import org.jspecify.annotations.Nullable;

/**
 * Functions of a system's time and state, and of further symbols, with their derivatives, compiled: one evaluation gives the
 * values, then the derivatives that are not known to be zero.
 *
 * @param body its next state holds all results
 * @param entries where the derivatives are
 * @param results the number of values and derivatives
 */
record OdeBlock(LoopBody body, List<Entry> entries, int results) {

    /** Derivatives of function {@code row} by columns from {@code column} on, {@code count} of them, in results from {@code at} on. */
    record Entry(int row, int column, int count, int at) {}

    /**
     * @param inputs symbols besides the state and the invariants
     * @param values what comes first in the results
     * @param functions scalars, whose derivatives follow
     * @param columns symbols whose elements, one after the other, are the columns of the derivatives
     */
    static OdeBlock of(OdeSystem system, List<Expr> inputs, List<Expr> values, List<Expr> functions, List<Expr> columns) {
        List<Expr> results = new ArrayList<>(values);
        List<Entry> entries = new ArrayList<>();
        int at = values.stream().mapToInt(x -> x.shape().size()).sum();
        for (int row = 0; row < functions.size(); row++) {
            List<@Nullable Expr> derivatives = Gradient.ofProducts(List.of(functions.get(row)), List.of(Expr.of(1)), columns);
            int column = 0;
            for (int k = 0; k < columns.size(); k++) {
                Expr d = derivatives.get(k);
                Shape shape = columns.get(k).shape();
                if (d != null) {
                    Expr whole = d.shape().size() == shape.size() ? d : d.expand(shape, d.isPerDraw());
                    for (Cotangent.Piece piece : Cotangent.of(whole).nonZero()) {
                        results.add(piece.value());
                        entries.add(new Entry(row, column + piece.from(), piece.to() - piece.from(), at));
                        at += piece.to() - piece.from();
                    }
                }
                column += shape.size();
            }
        }
        LoopBody body = new LoopBody(system.state(), inputs, system.invariants(), results, List.of());
        return new OdeBlock(body, List.copyOf(entries), at);
    }
}
