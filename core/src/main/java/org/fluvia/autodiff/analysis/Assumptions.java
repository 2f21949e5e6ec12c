package org.fluvia.autodiff.analysis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.op.Asked;
import org.fluvia.autodiff.op.Dag;
import org.jspecify.annotations.Nullable;

/**
 * What a recording takes for granted of its data, which are inputs: what {@link SharedValues} were asked for while it was made. With
 * other data it is as good as one made for them if the answers are the same, and the checks hold. Immutable and thread-safe once the
 * recording is made.
 */
public final class Assumptions {
    private final Map<Expr, String> inputs = new LinkedHashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Expr> asked;

    /**
     * Something that was asked for.
     *
     * @param predicate what was asked of all elements; null if their values were
     * @param check that it was asked for in; null if it decided what was recorded
     */
    private record Answer(Expr of, double[] values, @Nullable DoublePredicate predicate, @Nullable Check check, Source source) {
        boolean isSame(double[] others) {
            return predicate == null ? Arrays.equals(values, others)
                    : Arrays.stream(values).allMatch(predicate) == Arrays.stream(others).allMatch(predicate);
        }
    }

    /** Told apart by identity. */
    private static final class Check {
        final Runnable body;
        final Source source = Source.here();

        Check(Runnable body) {
            this.body = body;
        }
    }

    /**
     * What other data do not have in common with those recorded.
     *
     * @param inputs the names of the inputs that it is about
     * @param source the user's line that it decided
     */
    public record Broken(List<String> inputs, Source source) {}

    /** Declares inputs, while the recording is made. */
    @FunctionalInterface
    public interface Inputs {
        /** A shared value, as {@link Expr#shared}, whose values are data: an example of them. */
        Expr input(String name, Shape shape, double... example);
    }

    private Assumptions(Consumer<Inputs> recording) {
        Asked.during(() -> recording.accept(this::input), new Listener());
        asked = answers.stream().map(Answer::of).distinct().toList();
    }

    /** Those of what the code records, which runs once, on this thread. */
    public static Assumptions of(Consumer<Inputs> recording) {
        return new Assumptions(recording);
    }

    private Expr input(String name, Shape shape, double... example) {
        Expr x = Expr.shared(name, shape, example);
        inputs.put(x, name);
        return x;
    }

    private List<String> inputsOf(Expr x) {
        return Dag.reachable(List.of(x)).stream().filter(inputs::containsKey).map(inputs::get).toList();
    }

    /**
     * Asks the same of other data, and makes checks again whose answers differ. Records nothing, unless a check fails.
     *
     * @param values the elements of each input, row-major; not modified
     * @return what is not the same; empty if the recording is right for these data
     * @throws IllegalArgumentException what a check throws
     */
    public Optional<Broken> broken(Map<Expr, double[]> values) {
        List<double[]> evaluated = SharedValues.at(asked, values);
        Map<Expr, double[]> now = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) now.put(asked.get(i), evaluated.get(i));
        @Nullable Answer decided = null;
        Set<Check> again = new LinkedHashSet<>();
        for (Answer a : answers) {
            if (a.isSame(requireNonNull(now.get(a.of)))) continue;
            if (a.check != null) again.add(a.check);
            else if (decided == null) decided = a;
        }
        // what is wrong with the data is said rather than that they differ
        Repeater repeater = new Repeater(values, now);
        for (Check check : again) {
            Source.attribute(check.source, () -> {
                Asked.during(check.body, repeater);
                return check;
            });
        }
        return decided == null ? Optional.empty() : Optional.of(new Broken(inputsOf(decided.of), decided.source));
    }

    /** Remembers what is asked for of inputs. */
    private final class Listener extends Asked<Expr> {
        private @Nullable Check open;

        @Override
        public double[] values(Expr shared) {
            return answered(shared, null);
        }

        @Override
        public boolean all(Expr shared, DoublePredicate predicate) {
            return Arrays.stream(answered(shared, predicate)).allMatch(predicate);
        }

        private double[] answered(Expr shared, @Nullable DoublePredicate predicate) {
            double[] values = SharedValues.example(shared);
            if (mayChange(shared)) answers.add(new Answer(shared, values.clone(), predicate, open, Source.here()));
            return values;
        }

        @Override
        public void check(Runnable check) {
            Check outer = open;
            open = new Check(check);
            try {
                check.run();
            } finally {
                open = outer;
            }
        }

        @Override
        public boolean mayChange(Expr shared) {
            return !inputsOf(shared).isEmpty();
        }
    }

    /** Answers with other values of the inputs. */
    private static final class Repeater extends Asked<Expr> {
        private final Map<Expr, double[]> inputs;
        private final Map<Expr, double[]> known;

        Repeater(Map<Expr, double[]> inputs, Map<Expr, double[]> known) {
            this.inputs = inputs;
            this.known = known;
        }

        @Override
        public double[] values(Expr shared) {
            double[] answer = known.get(shared);
            return answer != null ? answer.clone() : SharedValues.at(List.of(shared), inputs).get(0);
        }

        @Override
        public boolean all(Expr shared, DoublePredicate predicate) {
            return Arrays.stream(values(shared)).allMatch(predicate);
        }

        @Override
        public void check(Runnable check) {
            check.run();
        }

        @Override
        public boolean mayChange(Expr shared) {
            return true;
        }
    }
}
