package org.fluvia.stan.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.fluvia.stan.library.Densities;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.Statement;

/**
 * The priors of parameters: statements {@code theta ~ normal(mu, tau)} of the model block that hold whatever happens, and whose parameters
 * are data or declared before theta. A fit knows them as priors, and centres the levels of a hierarchy as it needs.
 */
final class Priors {
    private Priors() {}

    /** By the names of parameters. */
    static Map<String, Statement.Distributed> of(Program program) {
        Set<String> known = new HashSet<>();
        for (Program.Block block : List.of(Program.Block.DATA, Program.Block.TRANSFORMED_DATA)) {
            for (Statement s : program.block(block)) if (s instanceof Statement.Declaration d) known.add(d.name().name());
        }
        Set<String> own = new HashSet<>();
        for (FunctionDefinition f : program.functions()) own.add(f.name().name());
        Map<String, Statement.Distributed> first = new HashMap<>();
        if (readsTarget(program)) return first;
        for (Statement s : program.block(Program.Block.MODEL)) {
            if (s instanceof Statement.Distributed d && d.truncation() == null && d.value() instanceof Expression.Name n && isKnown(d, own)) {
                first.putIfAbsent(n.name(), d);
            }
        }
        Map<String, Statement.Distributed> priors = new HashMap<>();
        for (Statement s : program.block(Program.Block.PARAMETERS)) {
            String name = ((Statement.Declaration) s).name().name();
            Statement.Distributed d = first.get(name);
            if (d != null && names(d).stream().allMatch(known::contains)) priors.put(name, d);
            known.add(name);
        }
        return priors;
    }

    /** Whether the log-density so far is asked for, of which all that stands before must be a part. */
    private static boolean readsTarget(Program program) {
        boolean[] found = {false};
        Consumer<Statement> visit = s -> Mentions.expressions(s).forEach(e -> Mentions.each(e, part ->
                found[0] |= part instanceof Expression.Target));
        program.block(Program.Block.MODEL).forEach(s -> Mentions.each(s, visit));
        program.functions().forEach(f -> Mentions.each(f.body(), visit));
        return found[0];
    }

    /** Whether the distribution is the library's. */
    private static boolean isKnown(Statement.Distributed d, Set<String> own) {
        String name = d.distribution().name();
        return Densities.has(name) && !own.contains(name + "_lpdf") && !own.contains(name + "_lpmf") && !own.contains(name + "_log");
    }

    private static Set<String> names(Statement.Distributed d) {
        Set<String> names = new HashSet<>();
        for (Expression e : d.arguments()) {
            Mentions.each(e, part -> {
                if (part instanceof Expression.Name n) names.add(n.name());
            });
        }
        return names;
    }
}
