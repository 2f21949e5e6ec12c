package org.fluvia.stan.parse;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.stan.tree.ProgramText;
import org.fluvia.stan.tree.Span;

/** Takes a program's text apart. */
final class Lexer {
    private static final List<String> SYMBOLS = List.of(".*=", "./=", "%/%", "||", "&&", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", ".*", "./",
            ".^", "{", "}", "(", ")", "[", "]", "<", ">", ",", ";", "|", "?", ":", "!", "-", "+", "^", "'", "*", "/", "%", "\\", "~", "=");

    private final ProgramText program;
    private final String text;
    private int at;

    private Lexer(ProgramText program) {
        this.program = program;
        this.text = program.text();
    }

    /** All tokens; the last is the end. */
    static List<Token> tokens(ProgramText program) {
        Lexer lexer = new Lexer(program);
        List<Token> tokens = new ArrayList<>();
        do tokens.add(lexer.next());
        while (tokens.get(tokens.size() - 1).kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        skip();
        if (at >= text.length()) return token(Token.Kind.END, at);
        char c = text.charAt(at);
        if (isLetter(c)) {
            int end = at;
            while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)) || text.charAt(end) == '_')) end++;
            return token(Token.Kind.WORD, end);
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) return number();
        if (c == '"') {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') end++;
            if (end >= text.length() || text.charAt(end) != '"') throw program.error(new Span(at, at + 1), "this text has no closing quote");
            return token(Token.Kind.STRING, end + 1);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) return token(Token.Kind.SYMBOL, at + symbol.length());
        }
        throw program.error(new Span(at, at + 1), "a program cannot have the character " + shown(c) + " here");
    }

    private static String shown(char c) {
        return c > ' ' && c < 127 ? "`" + c + "`" : String.format("U+%04X", (int) c);
    }

    private Token number() {
        int end = digits(at);
        boolean point = end < text.length() && text.charAt(end) == '.' && !followsOperator(end + 1);
        boolean leading = end == at;
        if (point) end = digits(end + 1);
        boolean exponent = false;
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int from = end + 1;
            if (from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-')) from++;
            int to = digits(from);
            if (to > from) {
                end = to;
                exponent = true;
            }
        }
        boolean imaginary = end < text.length() && text.charAt(end) == 'i'
                && !(end + 1 < text.length() && (isLetter(text.charAt(end + 1)) || isDigit(text.charAt(end + 1)) || text.charAt(end + 1) == '_'));
        if (imaginary) return token(Token.Kind.IMAGINARY, end + 1);
        if (!point && !exponent) return token(Token.Kind.INT, end);
        return token(leading ? Token.Kind.POINT_NUMBER : Token.Kind.REAL, end);
    }

    /** Whether the point before belongs to an operator such as {@code .*}. */
    private boolean followsOperator(int i) {
        return i < text.length() && (text.charAt(i) == '*' || text.charAt(i) == '/' || text.charAt(i) == '^');
    }

    /** The end of a run of digits, with single underscores between them. */
    private int digits(int from) {
        int end = from;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '_' && end > from && end + 1 < text.length()
                && isDigit(text.charAt(end + 1)))) end++;
        return end;
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                at++;
            } else if (text.startsWith("//", at) || c == '#') {
                if (text.startsWith("#include", at)) {
                    throw program.error(new Span(at, at + "#include".length()), "#include is not read. Put the file's text in its place");
                }
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) throw program.error(new Span(at, at + 2), "this comment has no end");
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private Token token(Token.Kind kind, int end) {
        Token token = new Token(kind, text.substring(at, end), new Span(at, end));
        at = end;
        return token;
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
