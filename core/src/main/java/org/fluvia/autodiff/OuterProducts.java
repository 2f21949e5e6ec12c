package org.fluvia.autodiff;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Gradient.Part;
import org.fluvia.autodiff.op.Form;

/**
 * Sums over draws of outer products with the beginnings of one vector, as where each of a sequence of values is a product with all before
 * it. Taken together they are one product with the whole vector, of which twice as much is computed as is needed, and several times as
 * fast.
 */
final class OuterProducts {
    /** Fewer are left as they are. */
    private static final int FEWEST = 4;

    private OuterProducts() {}

    /** A part of a derivative, and the product that has it from an element on. */
    private record Piece(Part part, Expr product, int at) {
        static Piece of(Part part) {
            Expr product = part.g();
            int at = 0;
            for (; product.op().viewFrom() >= 0; product = product.operand(0)) at += product.op().viewFrom();
            return new Piece(part, product, at);
        }

        boolean isOuter() {
            return product.op() instanceof OuterDraws o && o.p() == 1;
        }

        Expr vector() {
            return product.operand(1);
        }
    }

    /** The same parts, in no order, of fewer products. */
    static List<Part> together(List<Part> parts) {
        List<Part> result = new ArrayList<>();
        List<Piece> left = new ArrayList<>();
        for (Part part : parts) {
            Piece piece = Piece.of(part);
            if (piece.isOuter()) left.add(piece);
            else result.add(part);
        }
        left.sort(Comparator.comparingInt((Piece p) -> p.vector().size()).reversed());
        while (!left.isEmpty()) {
            Expr whole = left.get(0).vector();
            Set<Expr> beginnings = beginnings(whole);
            List<Piece> group = left.stream().filter(p -> beginnings.contains(p.vector())).toList();
            Set<Expr> products = new LinkedHashSet<>();
            group.forEach(p -> products.add(p.product));
            if (products.size() < FEWEST) group.forEach(p -> result.add(p.part));
            else result.addAll(ofOne(products, whole, group));
            left.removeAll(new HashSet<>(group));
        }
        return result;
    }

    /** The vector, and the vectors of which it is made by adding more after them. */
    private static Set<Expr> beginnings(Expr whole) {
        Set<Expr> all = new HashSet<>();
        Expr x = whole;
        while (all.add(x) && x.op().form() == Form.JOIN && x.operand(0).isPerDraw()) x = x.operand(0);
        return all;
    }

    private static List<Part> ofOne(Set<Expr> products, Expr whole, List<Piece> pieces) {
        Map<Expr, Integer> firstRow = new HashMap<>();
        Map<Expr, Expr> factors = new LinkedHashMap<>();
        int rows = 0;
        for (Expr p : products) {
            firstRow.put(p, rows);
            factors.put(p, p.operand(0).flatten());
            rows += p.shape().dim(0);
        }
        Expr all = OuterDraws.of(Expr.concat(factors.values().toArray(new Expr[0])), whole).flatten();
        List<Part> parts = new ArrayList<>();
        for (Piece piece : pieces) {
            int columns = piece.vector().size();
            int to = piece.at + piece.part.to() - piece.part.from();
            for (int at = piece.at; at < to; ) {
                int end = Math.min(to, (at / columns + 1) * columns);
                int from = (requireNonNull(firstRow.get(piece.product)) + at / columns) * whole.size() + at % columns;
                int target = piece.part.from() + at - piece.at;
                parts.add(new Part(target, target + end - at, all.slice(from, from + end - at)));
                at = end;
            }
        }
        return parts;
    }
}
