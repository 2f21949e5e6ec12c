package org.fluvia.stan.check;

import java.util.List;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** What declarations must keep to. */
final class DeclarationRules {
    private final ExpressionRules expressions;

    DeclarationRules(ExpressionRules expressions) {
        this.expressions = expressions;
    }

    /** @param isTop whether it stands at the top of its block, and not inside braces */
    void check(Statement.Declaration d, Place place, boolean isTop) {
        Program.Block block = isTop ? place.block() : null;
        boolean global = block != null && block != Program.Block.MODEL;
        checkType(d.type(), place, global);
        Type type = d.type().type();
        if (block == Program.Block.PARAMETERS && type.holdsInts()) throw error(d.span(), "a parameter cannot be int: sum discrete parameters out");
        if (block == Program.Block.TRANSFORMED_PARAMETERS && type.holdsInts()) throw error(d.span(), "a transformed parameter cannot be int");
        boolean isData = type.holdsInts() && type.base() != Type.Base.TUPLE || place.block() == Program.Block.DATA
                || place.block() == Program.Block.TRANSFORMED_DATA;
        String fixed = block == null ? "" : block.declaresOnly() ? "it is declared in the " + block + " block" : "";
        Names.Variable variable = new Names.Variable(type, isData, block == Program.Block.MODEL ? null : block, fixed);
        Expression value = d.value();
        if (value != null && expressions.names().variable(d.name().name()) == null && mentions(value, d.name().name())) {
            expressions.names().declare(d.name(), variable);
            throw error(value.span(), "`" + d.name().name() + "` is used in its own first value");
        }
        expressions.names().declare(d.name(), variable);
        if (value == null) return;
        Type given = expressions.check(value, place).type();
        if (!Types.fits(given, type)) {
            throw error(d.span(), "`" + d.name().name() + "` is " + ExpressionRules.a(type) + ", but is given " + ExpressionRules.a(given));
        }
    }

    private static boolean mentions(Expression e, String name) {
        return e instanceof Expression.Name n && n.name().equals(name);
    }

    private void checkType(SizedType type, Place place, boolean global) {
        for (Expression size : type.arraySizes()) size(size, place, global);
        for (Expression size : type.sizes()) size(size, place, global);
        for (SizedType member : type.members()) checkType(member, place, global);
        SizedType.Bounds b = type.bounds();
        if (!b.isNone() && type.type().isComplex()) throw error(type.span(), "complex numbers take no bounds");
        for (Expression bound : new Expression[] {b.lower(), b.upper()}) bound(bound, type, place, "a bound");
        for (Expression scale : new Expression[] {b.offset(), b.multiplier()}) bound(scale, type, place, "an offset or multiplier");
    }

    private void bound(@Nullable Expression bound, SizedType type, Place place, String what) {
        if (bound == null) return;
        Type t = expressions.check(bound, place).type();
        boolean isInt = type.kind() == SizedType.Kind.INT;
        Type element = type.type().innermost();
        boolean fits = isInt ? t.isInt() : t.isNumber() || t.innermost().equals(element) && List.of(0, type.arraySizes().size()).contains(t.arrays())
                || Types.fits(t, type.type());
        if (!fits) throw error(bound.span(), what + " of " + ExpressionRules.a(type.type()) + " must be "
                + (isInt ? "int" : "a number, or have its type") + ", but is " + ExpressionRules.a(t));
    }

    private void size(Expression size, Place place, boolean global) {
        Checked c = expressions.check(size, place);
        if (!c.type().isInt()) throw error(size.span(), "a size must be int, but this is " + ExpressionRules.a(c.type()));
        if (!global) return;
        String cause = new Origins(expressions.names()).notData(size);
        if (cause != null) throw error(size.span(), "sizes of variables of a block must be data, but " + cause);
    }

    private org.fluvia.model.ModelException error(org.fluvia.stan.tree.Span span, String sentence) {
        return expressions.error(span, sentence);
    }
}
