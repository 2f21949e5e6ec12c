package org.fluvia.stan.parse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Span;
import org.jspecify.annotations.Nullable;

/** Reads expressions, by precedence climbing. */
final class ExpressionParser {
    private static final Map<String, Operator> OPERATORS = new HashMap<>();

    static {
        for (Operator o : Operator.values()) OPERATORS.put(o.symbol(), o);
    }

    private final Tokens tokens;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Expression expression() {
        return conditional(false);
    }

    /** What a statement may begin with: {@code <-} after it is an assignment of the older syntax. */
    Expression beginningOfStatement() {
        return conditional(true);
    }

    /** Within angle brackets: no comparison, so that {@code >} ends it. */
    Expression bound() {
        return binary(Operator.ARITHMETIC, false);
    }

    /** One or more expressions, separated by commas. */
    List<Expression> expressions() {
        List<Expression> list = new ArrayList<>();
        do list.add(expression());
        while (tokens.accept(","));
        return list;
    }

    /** Expressions separated by commas up to the symbol, which is read; may be none. */
    List<Expression> expressionsUpTo(String end, String where) {
        List<Expression> list = tokens.at(end) ? List.of() : expressions();
        tokens.expect(end, where);
        return list;
    }

    private Expression conditional(boolean beginsStatement) {
        tokens.enter();
        Expression condition = binary(0, beginsStatement);
        if (tokens.accept("?")) {
            Expression then = conditional(false);
            tokens.expect(":", "between the two values of a conditional");
            Expression otherwise = conditional(false);
            condition = new Expression.Conditional(condition.span().to(otherwise.span()), condition, then, otherwise);
        }
        tokens.leave();
        return condition;
    }

    private Expression binary(int least, boolean beginsStatement) {
        Expression left = signed();
        int entered = 0;
        while (true) {
            Operator operator = operator();
            if (operator == null || operator.precedence() < least) break;
            if (beginsStatement && operator == Operator.LESS && tokens.peek(1).is("-") && tokens.peek().touches(tokens.peek(1))) break;
            tokens.next();
            tokens.enter();
            entered++;
            Expression right = binary(operator.isRightAssociative() ? operator.precedence() : operator.precedence() + 1, false);
            left = new Expression.Binary(left.span().to(right.span()), operator, left, right);
        }
        tokens.leave(entered);
        return left;
    }

    private @Nullable Operator operator() {
        Token token = tokens.peek();
        return token.kind() == Token.Kind.SYMBOL ? OPERATORS.get(token.text()) : null;
    }

    private Expression signed() {
        Token token = tokens.peek();
        if (!(token.is("-") || token.is("+") || token.is("!"))) return postfixed(primary());
        tokens.next();
        tokens.enter();
        Expression operand = binary(Operator.SIGN, false);
        tokens.leave();
        return new Expression.Sign(token.span().to(operand.span()), token.text().charAt(0), operand);
    }

    private Expression postfixed(Expression first) {
        Expression e = first;
        int entered = 0;
        for (; tokens.at("'") || tokens.at("[") || tokens.peek().kind() == Token.Kind.POINT_NUMBER; entered++) {
            tokens.enter();
            Span from = e.span();
            if (tokens.accept("'")) {
                e = new Expression.Transposed(from.to(tokens.last()), e);
            } else if (tokens.accept("[")) {
                List<Expression.Index> indices = indices();
                e = new Expression.Indexed(from.to(tokens.last()), e, indices);
            } else {
                e = member(e, tokens.next());
            }
        }
        tokens.leave(entered);
        return e;
    }

    private Expression member(Expression tuple, Token token) {
        String digits = token.text().substring(1);
        if (!digits.matches("[0-9]{1,4}")) throw tokens.program().error(token.span(),
                "a member of a tuple is a whole number after a point, as in x.1");
        return new Expression.Member(tuple.span().to(token.span()), tuple, Integer.parseInt(digits));
    }

    private List<Expression.Index> indices() {
        List<Expression.Index> indices = new ArrayList<>();
        do indices.add(index());
        while (tokens.accept(","));
        tokens.expect("]", "after the indices");
        return indices;
    }

    private Expression.Index index() {
        if (tokens.at(",") || tokens.at("]")) return new Expression.All();
        if (tokens.accept(":")) {
            return tokens.at(",") || tokens.at("]") ? new Expression.All() : new Expression.UpTo(expression());
        }
        Expression first = expression();
        if (!tokens.accept(":")) return new Expression.At(first);
        return tokens.at(",") || tokens.at("]") ? new Expression.From(first) : new Expression.Between(first, expression());
    }

    private Expression primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case INT -> integer(tokens.next());
            case REAL, POINT_NUMBER -> new Expression.RealLiteral(tokens.next().span(), Double.parseDouble(token.text().replace("_", "")));
            case IMAGINARY -> {
                String number = token.text().substring(0, token.text().length() - 1).replace("_", "");
                yield new Expression.ImaginaryLiteral(tokens.next().span(), Double.parseDouble(number));
            }
            case WORD -> word(token);
            default -> bracketed(token);
        };
    }

    private Expression integer(Token token) {
        try {
            return new Expression.IntLiteral(token.span(), Integer.parseInt(token.text().replace("_", "")));
        } catch (NumberFormatException e) {
            throw tokens.program().error(token.span(), "a whole number is at most " + Integer.MAX_VALUE
                    + ". Write it with a point for a real one", e);
        }
    }

    private Expression bracketed(Token token) {
        if (tokens.accept("(")) {
            Expression first = expression();
            if (tokens.accept(")")) return new Expression.Grouped(token.span().to(tokens.last()), first);
            tokens.expect(",", "or `)` after an expression in parentheses");
            List<Expression> members = new ArrayList<>(List.of(first));
            if (!tokens.at(")")) members.addAll(expressions());
            tokens.expect(")", "after the members of a tuple");
            return new Expression.TupleOf(token.span().to(tokens.last()), members);
        }
        if (tokens.accept("{")) {
            List<Expression> elements = expressions();
            tokens.expect("}", "after the elements of an array");
            return new Expression.ArrayOf(token.span().to(tokens.last()), elements);
        }
        if (tokens.accept("[")) {
            List<Expression> elements = expressionsUpTo("]", "after the elements of a row vector");
            return new Expression.RowOf(token.span().to(tokens.last()), elements);
        }
        throw tokens.wrong("an expression is expected, but here is " + token);
    }

    private Expression word(Token token) {
        if (token.is("target")) {
            tokens.next();
            tokens.expect("(", "after target");
            tokens.expect(")", "after target(");
            return new Expression.Target(token.span().to(tokens.last()));
        }
        if (token.is("get_lp") && tokens.peek(1).is("(")) {
            tokens.next();
            tokens.next();
            tokens.expect(")", "after get_lp(");
            return new Expression.Target(token.span().to(tokens.last()));
        }
        // offset and multiplier were names of functions' arguments once; other keywords have no place in an expression
        if (Tokens.isKeyword(token.text())) throw tokens.wrong("an expression is expected, but here is the word " + token);
        Expression.Name name = new Expression.Name(tokens.next().span(), token.text());
        return tokens.at("(") ? call(name) : name;
    }

    Expression.Call call(Expression.Name function) {
        tokens.expect("(", "after a function's name");
        List<Expression> arguments = new ArrayList<>();
        boolean bar = false;
        if (!tokens.at(")")) {
            arguments.add(expression());
            if (tokens.accept("|")) {
                bar = true;
                if (!tokens.at(")")) arguments.addAll(expressions());
            } else if (tokens.accept(",")) {
                arguments.addAll(expressions());
            }
        }
        tokens.expect(")", "after a function's arguments");
        return new Expression.Call(requireNonNull(function).span().to(tokens.last()), function, arguments, bar);
    }
}
