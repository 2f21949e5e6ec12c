package org.fluvia.stan.run;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.Mentions;
import org.fluvia.stan.tree.Statement;

/** Which generated quantities are not computed: those that are drawn at random, and those that are made of what is left out. */
public final class LeftOut {
    private LeftOut() {}

    /** The names of those that are drawn at random, or are made of such. */
    public static Set<String> random(List<Statement> block) {
        return closed(block, new TreeSet<>());
    }

    /** What else must be left out where a statement is. */
    public static Set<String> after(List<Statement> block, Statement failed, Set<String> left) {
        Set<String> more = new TreeSet<>(assigned(failed));
        more.addAll(left);
        closed(block, more).removeAll(left);
        return more;
    }

    private static Set<String> closed(List<Statement> block, Set<String> left) {
        int before;
        do {
            before = left.size();
            for (Statement s : block) if (uses(s, left)) left.addAll(assigned(s));
        } while (left.size() > before);
        return left;
    }

    private static Set<String> assigned(Statement s) {
        Set<String> names = new TreeSet<>(Mentions.assigned(s));
        if (s instanceof Statement.Declaration d) names.add(d.name().name());
        return names;
    }

    /** Whether a statement draws at random, or names what is left out. */
    public static boolean uses(Statement s, Set<String> left) {
        if (s instanceof Statement.Declaration d && left.contains(d.name().name())) return d.value() != null;
        boolean[] found = {false};
        Mentions.each(s, inner -> Mentions.expressions(inner).forEach(e -> Mentions.each(e, part -> {
            if (part instanceof Expression.Call c && c.name().endsWith("_rng")) found[0] = true;
            if (part instanceof Expression.Name n && left.contains(n.name())) found[0] = true;
        })));
        return found[0];
    }
}
