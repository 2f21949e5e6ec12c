package org.fluvia.autodiff.loop;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Form;

/** Makes closed functions of code that was run with symbols: whatever it takes from outside becomes a symbol too. */
public final class Closure {
    private Closure() {}

    /**
     * The outputs in terms of symbols and constants alone.
     *
     * @param symbols recorded before anything that uses them
     * @param hoist whether everything that does not depend on the symbols is computed outside; otherwise, of values per draw,
     *     only what was recorded before the symbols
     * @param invariants gains a symbol for each value taken from outside, and that value
     */
    public static List<Expr> of(List<Expr> symbols, List<Expr> outputs, boolean hoist, Map<Expr, Expr> invariants) {
        Set<Expr> dependent = dependent(symbols, outputs, hoist);
        Map<Expr, Expr> captured = new HashMap<>();
        for (Expr x : dependent) {
            for (int i = 0; i < x.operandCount(); i++) capture(x.operand(i), dependent, captured, invariants);
        }
        outputs.forEach(x -> capture(x, dependent, captured, invariants));
        return Dag.substitute(outputs, captured);
    }

    /** What is computed inside. Older expressions than the first symbol cannot depend on any. */
    private static Set<Expr> dependent(List<Expr> symbols, List<Expr> outputs, boolean hoist) {
        Set<Expr> found = new LinkedHashSet<>(symbols);
        long first = symbols.stream().mapToLong(x -> x.number()).min().orElseThrow();
        for (Expr x : Dag.reachable(outputs, first)) {
            if (!hoist && x.isPerDraw() && x.number() > first) found.add(x);
            for (int i = 0; i < x.operandCount(); i++) if (found.contains(x.operand(i))) found.add(x);
        }
        return found;
    }

    private static void capture(Expr x, Set<Expr> dependent, Map<Expr, Expr> captured, Map<Expr, Expr> invariants) {
        if (dependent.contains(x) || x.op().form() == Form.CONSTANT || captured.containsKey(x)) return;
        Expr symbol = LoopBody.symbolLike(x, x.isPerDraw());
        captured.put(x, symbol);
        invariants.put(symbol, x);
    }

    /** Whether any of these differs from draw to draw, other than by being repeated. */
    public static boolean isPerDraw(Collection<Expr> values) {
        return Dag.reachable(values).stream().anyMatch(x -> x.op().form() == Form.INPUT && x.isPerDraw());
    }
}
