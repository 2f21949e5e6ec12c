package org.fluvia.stan.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** Reads types: those of declarations, with sizes and constraints, and those of functions, without. */
final class TypeParser {
    private static final Map<String, SizedType.Kind> KINDS = new HashMap<>();

    static {
        for (SizedType.Kind kind : SizedType.Kind.values()) KINDS.put(kind.toString(), kind);
    }

    private final Tokens tokens;
    private final ExpressionParser expressions;

    TypeParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** Whether a type begins here. */
    boolean isNext() {
        Token token = tokens.peek();
        return token.kind() == Token.Kind.WORD && (KINDS.containsKey(token.text()) || token.is("array"));
    }

    /** @param isConstrainable whether constraints may be given */
    SizedType sized(boolean isConstrainable) {
        Span from = tokens.peek().span();
        List<Expression> arraySizes = List.of();
        if (tokens.accept("array")) {
            tokens.expect("[", "after array");
            arraySizes = expressions.expressions();
            tokens.expect("]", "after the sizes of an array");
        }
        SizedType.Kind kind = KINDS.get(tokens.peek().text());
        if (kind == null || tokens.peek().kind() != Token.Kind.WORD) throw tokens.wrong("a type is expected, but here is " + tokens.peek());
        Token word = tokens.next();
        if (kind == SizedType.Kind.TUPLE) return tuple(from, arraySizes, isConstrainable);
        if (!isConstrainable && kind.isConstrained()) {
            throw tokens.program().error(word.span(), "a local variable cannot be constrained: declare it as a " + kind.base());
        }
        SizedType.Bounds bounds = tokens.at("<") ? bounds(kind, isConstrainable) : SizedType.Bounds.NONE;
        List<Expression> sizes = sizes(kind);
        return new SizedType(from.to(tokens.last()), kind, sizes, bounds, arraySizes, List.of());
    }

    private List<Expression> sizes(SizedType.Kind kind) {
        if (kind.sizes() == 0) return List.of();
        tokens.expect("[", "with the size after " + kind);
        List<Expression> sizes = new ArrayList<>();
        sizes.add(expressions.expression());
        if (kind.sizes() == 2 && !(kind == SizedType.Kind.CHOLESKY_FACTOR_COV && tokens.at("]"))) {
            tokens.expect(",", "between the two sizes of " + kind);
            sizes.add(expressions.expression());
        }
        tokens.expect("]", "after the size of " + kind);
        return sizes;
    }

    private SizedType tuple(Span from, List<Expression> arraySizes, boolean isConstrainable) {
        tokens.enter();
        tokens.expect("(", "after tuple");
        List<SizedType> members = new ArrayList<>();
        members.add(sized(isConstrainable));
        tokens.expect(",", "after the first member of a tuple");
        while (!tokens.at(")")) {
            members.add(sized(isConstrainable));
            if (!tokens.accept(",")) break;
        }
        tokens.expect(")", "after the members of a tuple");
        tokens.leave();
        return new SizedType(from.to(tokens.last()), SizedType.Kind.TUPLE, List.of(), SizedType.Bounds.NONE, arraySizes, members);
    }

    private SizedType.Bounds bounds(SizedType.Kind kind, boolean isConstrainable) {
        if (!isConstrainable) throw tokens.wrong("a local variable cannot be constrained");
        if (kind.isConstrained()) throw tokens.wrong("a " + kind + " takes no bounds");
        tokens.expect("<", "before bounds");
        Map<String, Expression> given = new HashMap<>();
        do {
            Token word = tokens.peek();
            boolean isScale = word.is("offset") || word.is("multiplier");
            if (!(word.is("lower") || word.is("upper") || isScale && kind != SizedType.Kind.INT)) {
                throw tokens.wrong("`lower`, `upper`" + (kind == SizedType.Kind.INT ? "" : ", `offset` or `multiplier`")
                        + " is expected, but here is " + word);
            }
            boolean mixed = !given.isEmpty() && isScale != (given.containsKey("offset") || given.containsKey("multiplier"));
            if (given.containsKey(word.text()) || mixed) throw tokens.wrong(word + " cannot be given beside what is before it");
            tokens.next();
            tokens.expect("=", "after " + word.text());
            given.put(word.text(), expressions.bound());
        } while (tokens.accept(","));
        tokens.expect(">", "after the bounds");
        return new SizedType.Bounds(given.get("lower"), given.get("upper"), given.get("offset"), given.get("multiplier"));
    }

    /** A type without sizes: a function's argument, or what it returns; {@code void} where that may be. */
    Type unsized(boolean mayBeVoid) {
        if (mayBeVoid && tokens.accept("void")) return Type.VOID;
        int arrays = tokens.accept("array") ? commas() : 0;
        Token word = tokens.peek();
        SizedType.Kind kind = word.kind() == Token.Kind.WORD ? KINDS.get(word.text()) : null;
        if (kind == null) throw tokens.wrong("a type is expected, but here is " + word);
        if (kind.isConstrained()) throw tokens.wrong("a function's types cannot be constrained: write " + kind.base());
        tokens.next();
        Type type = kind == SizedType.Kind.TUPLE ? Type.tuple(unsizedMembers()) : Type.of(kind.base());
        int old = arrays == 0 && tokens.at("[") ? commas() : 0; // real[,] x, as it once was
        return type.array(arrays + old);
    }

    private List<Type> unsizedMembers() {
        tokens.enter();
        tokens.expect("(", "after tuple");
        List<Type> members = new ArrayList<>();
        members.add(unsized(false));
        tokens.expect(",", "after the first member of a tuple");
        while (!tokens.at(")")) {
            members.add(unsized(false));
            if (!tokens.accept(",")) break;
        }
        tokens.expect(")", "after the members of a tuple");
        tokens.leave();
        return members;
    }

    private int commas() {
        tokens.expect("[", "after array");
        int n = 1;
        while (tokens.accept(",")) n++;
        tokens.expect("]", "after the dimensions of an array without sizes");
        return n;
    }

    /** Sizes after a name, as they once were; none where there is no bracket. */
    @Nullable List<Expression> sizesAfterName() {
        if (!tokens.accept("[")) return null;
        List<Expression> sizes = expressions.expressions();
        tokens.expect("]", "after the sizes of an array");
        return sizes;
    }
}
