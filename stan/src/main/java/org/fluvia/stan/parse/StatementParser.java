package org.fluvia.stan.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.jspecify.annotations.Nullable;

/** Reads statements and declarations. */
final class StatementParser {
    private static final Map<String, Operator> COMPOUND = Map.of("+=", Operator.PLUS, "-=", Operator.MINUS, "*=", Operator.TIMES, "/=",
            Operator.DIVIDE,
            ".*=", Operator.ELEMENT_TIMES, "./=", Operator.ELEMENT_DIVIDE);

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final TypeParser types;

    StatementParser(Tokens tokens, ExpressionParser expressions, TypeParser types) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.types = types;
    }

    /**
     * Declarations and statements up to a closing brace, which is read.
     *
     * @param isTop whether declarations may be constrained
     * @param declaresOnly whether there may be no statements and no values
     */
    List<Statement> upToBrace(boolean isTop, boolean declaresOnly, String where) {
        tokens.enter();
        List<Statement> list = new ArrayList<>();
        while (!tokens.accept("}")) {
            if (tokens.peek().kind() == Token.Kind.END) throw tokens.wrong("`}` is expected " + where + ", but the file ends here");
            if (types.isNext()) declarations(list, isTop, declaresOnly);
            else if (declaresOnly) throw tokens.wrong("only declarations can be here, but here is " + tokens.peek());
            else list.add(statement());
        }
        tokens.leave();
        return list;
    }

    private void declarations(List<Statement> list, boolean isTop, boolean declaresOnly) {
        SizedType type = types.sized(isTop);
        do {
            Expression.Name name = tokens.name("after a type");
            List<Expression> old = types.sizesAfterName();
            SizedType whole = old == null ? type : type.inArray(old);
            Expression value = null;
            if (!declaresOnly && (tokens.accept("=") || acceptArrow())) value = expressions.expression();
            list.add(new Statement.Declaration(type.span().to(tokens.last()), whole, name, value));
        } while (tokens.accept(","));
        tokens.expect(";", "after a declaration");
    }

    /** {@code <-}, as assignment once was. */
    private boolean acceptArrow() {
        if (!(tokens.at("<") && tokens.peek(1).is("-") && tokens.peek().touches(tokens.peek(1)))) return false;
        tokens.next();
        tokens.next();
        return true;
    }

    Statement statement() {
        tokens.enter();
        Token token = tokens.peek();
        Statement s = token.kind() == Token.Kind.WORD ? beginsWithWord(token) : other(token);
        tokens.leave();
        return s;
    }

    private Statement beginsWithWord(Token token) {
        return switch (token.text()) {
            case "if" -> conditional();
            case "while" -> loop();
            case "for" -> counted();
            case "break", "continue" -> {
                tokens.next();
                tokens.expect(";", "after " + token.text());
                yield new Statement.Jump(token.span(), token.is("break"));
            }
            case "return" -> {
                tokens.next();
                Expression value = tokens.at(";") ? null : expressions.expression();
                tokens.expect(";", "after return");
                yield new Statement.Return(token.span().to(tokens.last()), value);
            }
            case "print", "reject", "fatal_error" -> say();
            case "profile" -> profile();
            case "target", "jacobian" -> tokens.peek(1).is("+=") ? increment() : assignmentOrOther();
            case "increment_log_prob" -> {
                Expression.Call call = expressions.call(tokens.name(""));
                tokens.expect(";", "after increment_log_prob");
                if (call.arguments().size() != 1) throw tokens.program().error(call.span(), "increment_log_prob takes one argument");
                yield new Statement.Increment(call.span(), call.arguments().get(0), false);
            }
            default -> assignmentOrOther();
        };
    }

    private Statement other(Token token) {
        if (tokens.accept(";")) return new Statement.Empty(token.span());
        if (!tokens.at("{")) return assignmentOrOther();
        tokens.next();
        List<Statement> inner = upToBrace(false, false, "after the statements of a block");
        return new Statement.Block(token.span().to(tokens.last()), inner, null);
    }

    private Statement conditional() {
        Span from = tokens.next().span();
        Expression condition = inParentheses("after if");
        Statement then = statement();
        Statement otherwise = tokens.accept("else") ? statement() : null;
        return new Statement.If(from.to(tokens.last()), condition, then, otherwise);
    }

    private Expression inParentheses(String where) {
        tokens.expect("(", where);
        Expression e = expressions.expression();
        tokens.expect(")", "after the condition");
        return e;
    }

    private Statement loop() {
        Span from = tokens.next().span();
        Expression condition = inParentheses("after while");
        Statement body = statement();
        return new Statement.While(from.to(tokens.last()), condition, body);
    }

    private Statement counted() {
        Span from = tokens.next().span();
        tokens.expect("(", "after for");
        Expression.Name variable = tokens.name("after for (");
        tokens.expect("in", "after the variable of a loop");
        Expression first = expressions.expression();
        Expression last = tokens.accept(":") ? expressions.expression() : null;
        tokens.expect(")", last == null ? "or `:` after what a loop goes through" : "after the range of a loop");
        Statement body = statement();
        Span span = from.to(tokens.last());
        return last == null ? new Statement.ForEach(span, variable, first, body) : new Statement.For(span, variable, first, last, body);
    }

    private Statement say() {
        Token word = tokens.next();
        tokens.expect("(", "after " + word.text());
        List<Statement.Said> parts = new ArrayList<>();
        do {
            Token token = tokens.peek();
            if (token.kind() == Token.Kind.STRING) {
                tokens.next();
                parts.add(new Statement.Said(token.text().substring(1, token.text().length() - 1), null));
            } else {
                Expression value = expressions.expression();
                parts.add(new Statement.Said(tokens.program().text().substring(value.span().from(), value.span().to()), value));
            }
        } while (tokens.accept(","));
        tokens.expect(")", "after what " + word.text() + " says");
        tokens.expect(";", "after " + word.text());
        return new Statement.Say(word.span().to(tokens.last()), word.text(), parts);
    }

    private Statement profile() {
        Span from = tokens.next().span();
        tokens.expect("(", "after profile");
        Token name = tokens.next();
        if (name.kind() != Token.Kind.STRING) throw tokens.program().error(name.span(), "a profile's name is a text in quotes");
        tokens.expect(")", "after a profile's name");
        tokens.expect("{", "after profile(...)");
        List<Statement> inner = upToBrace(false, false, "after the statements of a profile");
        return new Statement.Block(from.to(tokens.last()), inner, name.text());
    }

    private Statement increment() {
        Token word = tokens.next();
        tokens.expect("+=", "after " + word.text());
        Expression value = expressions.expression();
        tokens.expect(";", "after what is added to " + word.text());
        return new Statement.Increment(word.span().to(tokens.last()), value, word.is("jacobian"));
    }

    private Statement assignmentOrOther() {
        Expression first = expressions.beginningOfStatement();
        Span from = first.span();
        Operator compound = tokens.peek().kind() == Token.Kind.SYMBOL ? COMPOUND.get(tokens.peek().text()) : null;
        if (compound != null || tokens.at("=") || tokens.at("<")) {
            if (compound != null || tokens.at("=")) tokens.next();
            else if (!acceptArrow()) throw tokens.wrong("`=`, `~` or `;` is expected, but here is " + tokens.peek());
            checkAssignable(first);
            Expression value = expressions.expression();
            tokens.expect(";", "after what is assigned");
            return new Statement.Assignment(from.to(tokens.last()), first, compound, value);
        }
        if (tokens.accept("~")) return distributed(first);
        if (first instanceof Expression.Call call && tokens.at(";")) {
            tokens.next();
            return new Statement.CallStatement(from.to(tokens.last()), call);
        }
        throw tokens.wrong(first instanceof Expression.Call ? "`;` or `~` is expected, but here is " + tokens.peek()
                : "`=` or `~` is expected after an expression that begins a statement, but here is " + tokens.peek());
    }

    private void checkAssignable(Expression target) {
        Expression e = target;
        while (!(e instanceof Expression.Name)) {
            if (e instanceof Expression.Indexed i) {
                e = i.base();
            } else if (e instanceof Expression.Member m) {
                e = m.tuple();
            } else {
                if (e == target && e instanceof Expression.TupleOf t) {
                    t.members().forEach(this::checkAssignable);
                    return;
                }
                throw tokens.program().error(target.span(), "nothing can be assigned to this: it is neither a variable nor a part of one");
            }
        }
    }

    private Statement distributed(Expression value) {
        Expression.Name distribution = tokens.name("of a distribution after ~");
        tokens.expect("(", "after a distribution's name");
        List<Expression> arguments = expressions.expressionsUpTo(")", "after a distribution's parameters");
        Statement.Truncation truncation = tokens.at("T") ? truncation() : null;
        tokens.expect(";", "after a distribution");
        return new Statement.Distributed(value.span().to(tokens.last()), value, distribution, arguments, truncation);
    }

    private Statement.@Nullable Truncation truncation() {
        Span from = tokens.next().span();
        tokens.expect("[", "after T");
        Expression lower = tokens.at(",") ? null : expressions.expression();
        tokens.expect(",", "between the two bounds of a truncation");
        Expression upper = tokens.at("]") ? null : expressions.expression();
        tokens.expect("]", "after the bounds of a truncation");
        return new Statement.Truncation(from.to(tokens.last()), lower, upper);
    }
}
