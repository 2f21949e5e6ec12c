package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.op.Dag;
import org.junit.jupiter.api.Test;

/** A sequence of which each value needs all before it, by joins that grow, against the same with each value's own join. */
class GrowingJoinsTest {
    private static final int STEPS = 60;

    private final Expr u = Expr.perDraw("u", Shape.of(3));
    private final Expr w = Expr.shared("w", Shape.of(2 * STEPS), weights());

    private static double[] weights() {
        double[] w = new double[2 * STEPS];
        for (int i = 0; i < w.length; i++) w[i] = Math.cos(3 * i) / 8;
        return w;
    }

    private interface Join {
        Expr of(List<Expr> values, Expr before, Expr... more);
    }

    /** All values, and some that are made of joins on the way. */
    private List<Expr> sequence(Join join) {
        List<Expr> values = new ArrayList<>(List.of(u.slice(0, 1)));
        Expr known = values.get(0);
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Expr x = w.slice(0, known.size()).dot(known).plus(u.get(1)).tanh();
            List<Expr> more = new ArrayList<>(List.of(x));
            // what is joined may be there already, be shared, be a part of something, or come twice
            if (i % 10 == 3) more.add(i % 20 == 3 ? u.get(2) : w.slice(i, i + 2));
            if (i % 10 == 6) more.add(u.square().slice(1, 3));
            if (i % 10 == 8) more.addAll(List.of(x, x.times(2)));
            List<Expr> before = List.copyOf(values);
            values.addAll(more);
            Expr beside = i == 20 ? join.of(before, known, Expr.of(1), x.exp()) : null;
            known = join.of(before, known, more.toArray(new Expr[0]));
            if (beside != null) outputs.addAll(List.of(beside, known.square(), known.slice(2, 9)));
            if (i == 30 || i == 31) outputs.add(known);
            if (known.size() > 2 * STEPS - 8) break;
        }
        outputs.add(known.square().sum());
        outputs.add(Gradient.of(outputs.get(outputs.size() - 1), u));
        outputs.add(Gradient.of(outputs.get(outputs.size() - 2), w));
        return outputs;
    }

    private static Expr fresh(List<Expr> values, Expr... more) {
        List<Expr> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return Expr.concat(all.toArray(new Expr[0]));
    }

    private Workspace run(List<Expr> outputs, int draws) {
        Workspace space = Program.of(outputs).workspace();
        space.set(u, NormalNoise.of(7));
        space.run(draws);
        return space;
    }

    @Test
    void valuesAreThoseOfJoinsMadeAnew() {
        List<Expr> growing = sequence((values, before, more) -> fresh(List.of(before), more));
        List<Expr> anew = sequence((values, before, more) -> fresh(values, more));
        Workspace a = run(growing, 19);
        Workspace b = run(anew, 19);
        for (int i = 0; i < growing.size(); i++) {
            double scale = Arrays.stream(values(b, anew.get(i))).map(Math::abs).max().orElseThrow();
            double[] expected = values(b, anew.get(i));
            double[] actual = values(a, growing.get(i));
            for (int k = 0; k < expected.length; k++) {
                // derivatives are summed in another order
                double tolerance = i < growing.size() - 2 ? 0 : 1e-14 * scale;
                assertEquals(expected[k], actual[k], tolerance, "output " + i + ", element " + k);
            }
        }
    }

    @Test
    void memoryIsThatOfTheLast() {
        List<Expr> growing = sequence((values, before, more) -> fresh(List.of(before), more));
        Expr sum = growing.get(growing.size() - 3);
        Program p = Program.of(sum, growing.get(growing.size() - 2));
        assertTrue(p.tileRows < 6 * STEPS, p.tileRows + " rows");
    }

    /** Weights of blocks of one to three rows, each a product with all before it; some of them are used as two halves. */
    private Expr network(Expr packed, Join join) {
        List<Expr> values = new ArrayList<>(List.of(u));
        Expr known = u;
        int at = 0;
        for (int i = 0; i < 9; i++) {
            int rows = i % 3 + 1;
            int to = at + rows * known.size();
            Expr block = i % 4 == 2 ? Expr.concat(packed.slice(at, at + 5), packed.slice(at + 5, to)) : packed.slice(at, to);
            Expr x = block.reshape(Shape.of(rows, known.size())).matmul(known).tanh();
            Expr next = join.of(values, known, x);
            values.add(x);
            known = next;
            at = to;
        }
        assertEquals(packed.size(), at);
        return known.square().sum();
    }

    @Test
    void productsWithBeginningsOfOneVectorAreOne() {
        Expr packed = Expr.shared("packed", Shape.of(195), Arrays.copyOf(weights(), 195));
        Expr growing = network(packed, (values, before, more) -> fresh(List.of(before), more));
        Expr anew = network(packed, (values, before, more) -> fresh(values, more));
        Expr together = Gradient.of(growing, packed);
        Expr apart = Gradient.of(anew, packed);
        assertEquals(1, products(together));
        assertEquals(9, products(apart));
        double[] actual = values(run(List.of(together), 19), together);
        double[] expected = values(run(List.of(apart), 19), apart);
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 1e-13, "element " + i);
    }

    private static long products(Expr x) {
        return Dag.reachable(List.of(x)).stream().filter(e -> e.op() instanceof OuterDraws).count();
    }

    private static double[] values(Workspace space, Expr x) {
        if (x.isPerDraw()) return Arrays.copyOf(space.perDraw(x).data, space.perDraw(x).getNumElements());
        double[] v = new double[x.size()];
        space.shared(x, v, 0);
        return v;
    }
}
