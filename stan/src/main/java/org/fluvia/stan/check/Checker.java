package org.fluvia.stan.check;

import java.util.Map;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Program;

/** Checks a program by Stan's own rules, before there are data. */
public final class Checker {
    private Checker() {}

    /**
     * What is known of each expression.
     *
     * @throws ModelException naming the line and the column of the first thing that is wrong
     */
    public static Map<Expression, Checked> check(Program program) {
        Names names = new Names(program.text());
        ExpressionRules expressions = new ExpressionRules(names);
        StatementRules statements = new StatementRules(expressions);
        new FunctionRules(names, statements).check(program.functions());
        for (Program.Block block : Program.Block.values()) {
            if (block == Program.Block.MODEL) names.open();
            statements.check(program.block(block), Place.in(block), true);
            if (block == Program.Block.MODEL) names.close();
        }
        return expressions.found();
    }
}
