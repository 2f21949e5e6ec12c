package org.fluvia.stan.parse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.ProgramText;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;

/** Reads programs of Stan 2.36, and of the older syntax: {@code <-}, {@code real x[N]}, {@code increment_log_prob}, {@code #} comments. */
public final class Parser {
    private final Tokens tokens;
    private final TypeParser types;
    private final StatementParser statements;

    private Parser(ProgramText text) {
        tokens = new Tokens(text);
        ExpressionParser expressions = new ExpressionParser(tokens);
        types = new TypeParser(tokens, expressions);
        statements = new StatementParser(tokens, expressions, types);
    }

    /** @throws ModelException naming the line and the column where the text is no program */
    public static Program program(ProgramText text) {
        return new Parser(text).program();
    }

    private Program program() {
        List<FunctionDefinition> functions = new ArrayList<>();
        Map<Program.Block, List<Statement>> blocks = new EnumMap<>(Program.Block.class);
        if (tokens.accept("functions")) {
            tokens.expect("{", "after functions");
            while (!tokens.accept("}")) functions.add(function());
        }
        for (Program.Block block : Program.Block.values()) {
            if (!acceptWords(block.toString().split(" ", 0))) continue;
            tokens.expect("{", "after " + block);
            blocks.put(block, statements.upToBrace(block != Program.Block.MODEL, block.declaresOnly(), "after the block " + block));
        }
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.wrong("a block or the end of the file is expected, in the order functions, data, transformed data, parameters, transformed"
                    + " parameters, model, generated quantities, but here is " + tokens.peek());
        }
        return new Program(tokens.program(), functions, blocks);
    }

    private boolean acceptWords(String... words) {
        for (int i = 0; i < words.length; i++) if (!tokens.peek(i).is(words[i])) return false;
        for (int i = 0; i < words.length; i++) tokens.next();
        return true;
    }

    private FunctionDefinition function() {
        Span from = tokens.peek().span();
        Type returned = types.unsized(true);
        Expression.Name name = tokens.name("of a function after the type that it returns");
        tokens.expect("(", "after a function's name");
        List<FunctionDefinition.Argument> arguments = new ArrayList<>();
        if (!tokens.at(")")) {
            do {
                boolean isData = tokens.accept("data");
                Type type = types.unsized(false);
                arguments.add(new FunctionDefinition.Argument(tokens.name("of an argument after its type"), type, isData));
            } while (tokens.accept(","));
        }
        tokens.expect(")", "after a function's arguments");
        Span heading = from.to(tokens.last());
        Statement body = tokens.accept(";") ? null : statements.statement();
        return new FunctionDefinition(heading, returned, name, arguments, body);
    }
}
