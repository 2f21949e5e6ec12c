package org.fluvia.stan.parse;

import java.util.List;
import java.util.Set;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.ProgramText;
import org.fluvia.stan.tree.Span;

/** The tokens of a program, read from the first on. */
final class Tokens {
    /** Words that cannot be names. */
    private static final Set<String> KEYWORDS = Set.of("functions", "data", "parameters", "model", "return", "if", "else", "while", "for",
            "in", "break",
            "continue", "void", "int", "real", "complex", "vector", "row_vector", "matrix", "complex_vector", "complex_row_vector", "complex_matrix",
            "ordered", "positive_ordered", "simplex", "unit_vector", "sum_to_zero_vector", "sum_to_zero_matrix", "cholesky_factor_corr",
            "cholesky_factor_cov", "corr_matrix", "cov_matrix", "column_stochastic_matrix", "row_stochastic_matrix", "print", "reject", "fatal_error",
            "target", "jacobian", "profile", "tuple", "offset", "multiplier", "lower", "upper", "array", "generated", "quantities", "transformed",
            "repeat", "until", "then", "true", "false", "typedef", "struct", "var", "export", "extern", "static", "auto");
    /** Nothing in a program nests deeper, and no chain of operators is longer, so that nothing recurses too far. */
    private static final int DEEPEST = 400;

    private final ProgramText program;
    private final List<Token> all;
    private int at;
    private int depth;

    Tokens(ProgramText program) {
        this.program = program;
        this.all = Lexer.tokens(program);
    }

    ProgramText program() {
        return program;
    }

    Token peek() {
        return all.get(at);
    }

    Token peek(int ahead) {
        return all.get(Math.min(at + ahead, all.size() - 1));
    }

    Token next() {
        Token token = all.get(at);
        if (token.kind() != Token.Kind.END) at++;
        return token;
    }

    /** The end of what was read last. */
    Span last() {
        return all.get(Math.max(0, at - 1)).span();
    }

    boolean at(String symbolOrWord) {
        return peek().is(symbolOrWord);
    }

    /** Whether it is next, and then it is read. */
    boolean accept(String symbolOrWord) {
        boolean there = at(symbolOrWord);
        if (there) at++;
        return there;
    }

    /** @param where it is expected, in words such as "after the condition" */
    Token expect(String symbolOrWord, String where) {
        if (at(symbolOrWord)) return next();
        throw wrong("`" + symbolOrWord + "` is expected " + where + ", but here is " + peek());
    }

    /** A name that is not a keyword. */
    Expression.Name name(String where) {
        Token token = peek();
        if (token.kind() != Token.Kind.WORD) throw wrong("a name is expected " + where + ", but here is " + token);
        if (KEYWORDS.contains(token.text())) throw wrong(token + " is a word of the language and cannot be a name");
        if (token.text().endsWith("__")) throw wrong(token + " cannot be a name, as it ends in two underscores");
        next();
        return new Expression.Name(token.span(), token.text());
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    ModelException wrong(String sentence) {
        return program.error(peek().span(), sentence);
    }

    void enter() {
        if (++depth > DEEPEST) throw wrong("this is nested too deeply, or has too many terms in a row: at most " + DEEPEST + " are read");
    }

    void leave() {
        leave(1);
    }

    void leave(int levels) {
        depth -= levels;
    }
}
