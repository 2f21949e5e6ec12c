package org.fluvia.autodiff.analysis;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.analysis.Template.Kind;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** What steps take from outside, one step a row. Immutable. */
final class Stacks {
    private final Rerolling steps;

    Stacks(Rerolling steps) {
        this.steps = steps;
    }

    /** Of the values of a node in each step. */
    Shape shape(int node) {
        Shape one = steps.template.nodes.get(node).shape();
        int[] dims = new int[one.rank() + 1];
        dims[0] = steps.count();
        System.arraycopy(one.dims(), 0, dims, 1, one.rank());
        return Shape.of(dims);
    }

    /** The values of a node; null if they are the same in all steps. */
    @Nullable Expr of(int node) {
        Expr x = steps.template.nodes.get(node);
        boolean isSame = steps.found.stream().allMatch(f -> f[node] == x);
        if (isSame) return null;
        if (steps.template.kinds.get(node) == Kind.DATA) return data(node, SharedValues.example(x));
        if (steps.template.kinds.get(node) == Kind.PART && steps.found.stream().allMatch(f -> f[node].op().equals(x.op()))) return null;
        return always(node);
    }

    private @Nullable Expr data(int node, double[] example) {
        int n = example.length;
        double[] values = new double[n * steps.count()];
        boolean isSame = true;
        for (int t = 0; t < steps.count(); t++) {
            double[] own = SharedValues.example(steps.found.get(t)[node]);
            isSame &= Arrays.equals(own, example);
            System.arraycopy(own, 0, values, t * n, n);
        }
        return isSame ? null : Expr.vector(values).reshape(shape(node));
    }

    /** The values of a node that is computed outside. */
    Expr always(int node) {
        List<Expr> each = steps.found.stream().map(f -> f[node]).toList();
        double[] places = steps.template.kinds.get(node) == Kind.PART ? places(each) : null;
        if (places == null) return Expr.concat(each.stream().map(Expr::flatten).toArray(Expr[]::new)).reshape(shape(node));
        Expr whole = each.get(0).operand(0).flatten();
        boolean isRun = true;
        for (int i = 1; i < places.length; i++) isRun &= places[i] == places[i - 1] + 1;
        Expr chosen = isRun ? whole.slice((int) places[0], (int) places[0] + places.length) : whole.get(Expr.vector(places));
        return chosen.reshape(shape(node));
    }

    /** Where the elements are of what they are parts of; null if some are of nothing. */
    private static double @Nullable [] places(List<Expr> each) {
        int n = each.get(0).size();
        double[] places = new double[n * each.size()];
        for (int t = 0; t < each.size(); t++) {
            Expr x = each.get(t);
            int[] chosen = x.op().form() == Form.SELECT ? x.op().places(x) : null;
            for (int i = 0; i < n; i++) {
                int place = chosen == null ? x.op().viewFrom() + i : chosen[i];
                if (place < 0) return null;
                places[t * n + i] = place;
            }
        }
        return places.length == 0 ? null : places;
    }
}
