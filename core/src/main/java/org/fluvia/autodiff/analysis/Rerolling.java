package org.fluvia.autodiff.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.jspecify.annotations.Nullable;

/**
 * Loop rerolling: steps of a recurrence that were recorded one after the other are found to compute the same, from data of their own
 * and from what steps before have computed, and become one {@link org.fluvia.autodiff.Scan}.
 *
 * <p>All that was recorded stays valid, so whoever does not take the place of a value from here only pays for the steps.
 *
 * <p>The first steps and the last may be different, as those that begin a recurrence often are. Immutable and thread-safe.
 */
public final class Rerolling {
    /** Fewer steps are left as they are: a scan computes each of them once more in reverse. */
    public static final int FEWEST_STEPS = 24;
    /** The steps with which others are compared, one after the other: they need as many before them as a value is carried over. */
    private static final int[] TEMPLATES = {3, 9};

    final StepNumbers numbers;
    final List<RecordedStep> steps;
    final Template template;
    /** For each step from the first to before the end what it has in the places of the template's nodes. */
    final List<Expr[]> found;
    final List<Carried> carried;
    private final int from;

    private Rerolling(Finder f) {
        numbers = f.numbers;
        steps = List.copyOf(f.steps);
        template = f.template;
        found = List.copyOf(f.found);
        carried = List.copyOf(f.carried);
        from = f.from;
    }

    /**
     * A value that a step takes from one before.
     *
     * @param node of the template
     * @param source the template's node that computes it
     * @param lag how many steps before
     */
    record Carried(int node, int source, int lag) {}

    /** Null if the steps, or most of them, are not the same. */
    public static @Nullable Rerolling of(List<RecordedStep> steps) {
        if (steps.size() < FEWEST_STEPS) return null;
        StepNumbers numbers = new StepNumbers(steps);
        for (int at : TEMPLATES) {
            Finder f = new Finder(numbers, steps, at);
            if (f.hasFound()) return new Rerolling(f);
        }
        return null;
    }

    /** The first step of those that are the same. */
    public int first() {
        return from;
    }

    /** How many steps are the same. */
    public int count() {
        return found.size();
    }

    /**
     * The scan; null if what the first steps begin with does not go together.
     *
     * @param used all that is used after the steps that are the same
     * @param rows results of which all steps' are wanted, one a row; counted from 0
     */
    public @Nullable Rerolled roll(Collection<Expr> used, List<Integer> rows) {
        return Rerolled.of(this, used, rows);
    }

    /** Looks for the longest run of steps around one that are the same. */
    private static final class Finder {
        private final StepNumbers numbers;
        private final List<RecordedStep> steps;
        private final int at;
        private final Template template;
        private final List<Expr[]> found = new ArrayList<>();
        private final List<Carried> carried = new ArrayList<>();
        private int from;

        Finder(StepNumbers numbers, List<RecordedStep> steps, int at) {
            this.numbers = numbers;
            this.steps = steps;
            this.at = at;
            this.template = new Template(numbers, steps, at);
        }

        boolean hasFound() {
            Expr[] own = template.match(steps.get(at), at);
            if (own == null) return false;
            List<Expr[]> before = new ArrayList<>();
            for (int t = at - 1; t >= 0; t--) {
                Expr[] match = template.match(steps.get(t), t);
                if (match == null) break;
                before.add(match);
            }
            if (!findCarried(before)) return false;
            found.add(own);
            from = at;
            for (Expr[] match : before) {
                found.add(0, match);
                if (isLinked(from - 1, from - 1)) {
                    from--;
                    continue;
                }
                found.remove(0);
                break;
            }
            for (int t = at + 1; t < steps.size(); t++) {
                Expr[] match = template.match(steps.get(t), t);
                if (match == null) break;
                found.add(match);
                if (isLinked(from, t)) continue;
                found.remove(found.size() - 1);
                break;
            }
            int count = found.size();
            return count >= FEWEST_STEPS && 2 * count >= steps.size();
        }

        /** Where what comes from a step before is computed there. What is computed nowhere again is the same for all. */
        private boolean findCarried(List<Expr[]> before) {
            for (int i = 0; i < template.nodes.size(); i++) {
                if (template.kinds.get(i) != Template.Kind.EARLIER) continue;
                Expr x = numbers.root(template.nodes.get(i));
                int lag = at - numbers.stepOf(x);
                if (lag > before.size()) continue;
                int source = indexIn(before.get(lag - 1), x);
                if (source >= 0) carried.add(new Carried(i, source, lag));
            }
            return !carried.isEmpty();
        }

        private int indexIn(Expr[] match, Expr x) {
            for (int i = 0; i < match.length; i++) {
                Template.Kind kind = template.kinds.get(i);
                if (match[i] == x && (kind == Template.Kind.INNER || kind == Template.Kind.PART)) return i;
            }
            return -1;
        }

        /** Whether each step takes from those before, down to the first, what it should, where a step of both is this one. */
        private boolean isLinked(int first, int t) {
            Expr[] match = found.get(t - first);
            for (int i = 0; i < match.length; i++) {
                boolean isSame = numbers.root(match[i]) == numbers.root(template.nodes.get(i));
                if (template.kinds.get(i) == Template.Kind.EARLIER && !isSame && !isCarried(i)) return false;
            }
            for (Carried c : carried) {
                if (t - c.lag >= first && numbers.root(match[c.node]) != found.get(t - c.lag - first)[c.source]) return false;
                int later = t + c.lag - first;
                if (later < found.size() && numbers.root(found.get(later)[c.node]) != match[c.source]) return false;
            }
            return true;
        }

        private boolean isCarried(int node) {
            return carried.stream().anyMatch(c -> c.node == node);
        }
    }
}
