package org.fluvia.dist;

import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.analysis.ParameterReach;
import org.fluvia.support.Support;

/**
 * Arguments that depend on parameters and are certain to be invalid in some draws, such as a scale that is declared real.
 * What is only possible is left to the draws, where a NaN is counted and explained.
 */
final class CertainMistakes {
    /** For constraints that every finite number meets: nothing to look for, which may be long. */
    static final String NONE = "";
    static final String POSITIVE = "Declare it with Support.positive(), or use %s.exp().";
    /** For what would be positive but for the data that it is multiplied by or added to. */
    private static final String NUMBERS = "A number that it is multiplied by, or that is added, makes it negative: check the data, or"
            + " use %s.exp().";
    static final String PROPORTION = "Declare it with Support.interval(0, 1), or use %s.sigmoid().";
    static final String COUNT = "Counts are data: sum over what is not known.";

    private static final List<String> NOT_NEGATIVE = List.of(Support.positive().toString(), Support.lower(0).toString());

    private CertainMistakes() {}

    /**
     * @param x an argument per draw
     * @param remedy what to do; the parameter's name is put in for %s
     * @throws IllegalArgumentException if x is a parameter, or linear in parameters, and takes values that are not valid
     */
    static void check(String distribution, String argument, Expr x, DoublePredicate valid, String constraint, String remedy) {
        if (!remedy.equals(NONE)) SharedValues.check(() -> checkReach(distribution, argument, x, valid, constraint, remedy));
    }

    private static void checkReach(String distribution, String argument, Expr x, DoublePredicate valid, String constraint, String remedy) {
        ParameterReach p = ParameterReach.of(x).orElse(null);
        if (p == null || p.reach().meets(valid)) return;
        String verb = p.isParameter() ? " is declared " : ", declared ";
        String parameters = p.declarations().stream().limit(3).map(d -> "`" + d.name() + "`" + verb + d.as())
                .collect(Collectors.joining(" and "));
        boolean valuesAreToBlame = remedy.equals(POSITIVE) && !p.isParameter()
                && p.declarations().stream().allMatch(d -> NOT_NEGATIVE.contains(d.as()));
        throw new IllegalArgumentException(distribution + ": " + argument + " must " + constraint + ", but "
                + (p.isParameter() ? "" : "is linear in ") + parameters + Source.suffix() + ". "
                + (valuesAreToBlame ? NUMBERS : remedy).formatted(p.isParameter() ? p.declarations().get(0).name() : "(...)"));
    }
}
