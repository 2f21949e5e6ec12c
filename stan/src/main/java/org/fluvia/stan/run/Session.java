package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.ProgramText;
import org.fluvia.stan.tree.Scopes;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Variable;
import org.jspecify.annotations.Nullable;

/** What is current while a program is recorded. Mutable. */
final class Session {
    /** More statements than any program runs that ends. */
    private static final long MOST_STEPS = 200_000_000;
    private static final int DEEPEST_CALL = 200;

    final ProgramText text;
    final Terms terms = new Terms();
    final List<Tracker> trackers = new ArrayList<>();
    private final Map<String, List<FunctionDefinition>> functions = new HashMap<>();
    private final Consumer<String> printed;
    private Scopes<Variable> frame = new Scopes<>();
    /** What is drawn from; null where nothing may be drawn. */
    private @Nullable RandomNumbers random;
    private @Nullable Lanes lanes;
    private long steps;
    private int calls;
    /** Branches on parameters that are run: a program that rejects in one has no density there. */
    private int branches;

    Session(Program program, Consumer<String> printed) {
        this.text = program.text();
        this.printed = printed;
        for (FunctionDefinition f : program.functions()) {
            if (f.body() != null) functions.computeIfAbsent(f.name().name(), n -> new ArrayList<>()).add(f);
        }
    }

    /** What may be drawn from; null where nothing may. */
    @Nullable RandomNumbers random() {
        return random;
    }

    void drawFrom(@Nullable RandomNumbers numbers) {
        random = numbers;
    }

    List<FunctionDefinition> functions(String name) {
        return functions.getOrDefault(name, List.of());
    }

    Scopes<Variable> frame() {
        return frame;
    }

    /** The iterations that are recorded together; null where there is one of everything. */
    @Nullable Lanes lanes() {
        return lanes;
    }

    <T> T in(@Nullable Lanes other, Supplier<T> work) {
        Lanes before = lanes;
        lanes = other;
        try {
            return work.get();
        } finally {
            lanes = before;
        }
    }

    <T> T in(Scopes<Variable> other, Supplier<T> work) {
        if (++calls > DEEPEST_CALL) throw new Refusal("functions call each other more than " + DEEPEST_CALL + " deep");
        Scopes<Variable> before = frame;
        frame = other;
        try {
            return work.get();
        } finally {
            frame = before;
            calls--;
        }
    }

    <T> T inBranch(Supplier<T> work) {
        branches++;
        try {
            return work.get();
        } finally {
            branches--;
        }
    }

    void step() {
        if (++steps > MOST_STEPS) throw new Refusal("this does not end: " + MOST_STEPS + " statements were run");
    }

    /** Elements of a variable are read, one lane after the other. */
    void read(Variable v, int[] places) {
        Lanes now = lanes;
        if (now != null) for (Tracker t : trackers) t.read(v, places, now);
    }

    void write(Variable v, int[] places) {
        Lanes now = lanes;
        if (now != null) for (Tracker t : trackers) t.write(v, places, now);
    }

    boolean isWatched(Variable v) {
        for (Tracker t : trackers) if (t.watches(v)) return true;
        return false;
    }

    void print(String line) {
        if (!trackers.isEmpty()) throw new NotLifted("printing");
        printed.accept(line);
    }

    private boolean isPlaced(ModelException e) {
        return text.name().equals(e.source().orElse(null)) && e.line().isPresent();
    }

    /** What went wrong at a place; while iterations are recorded together it is that they cannot be, and what is wrong is found again one by one. */
    RuntimeException at(Span span, RuntimeException e) {
        if (e instanceof NotLifted || e instanceof Rejected && branches > 0) return e;
        if (!trackers.isEmpty()) return new NotLifted(String.valueOf(e.getMessage()));
        if (e instanceof Refusal || e instanceof Rejected) return text.error(span, String.valueOf(e.getMessage()));
        if (e instanceof ModelException m && (isPlaced(m) || m.subject().filter("data"::equals).isPresent())) return e;
        if (!(e instanceof IllegalArgumentException)) return e;
        String message = String.valueOf(e.getMessage()).replace(" (" + text.source(span) + ")", "");
        return text.error(span, message, e);
    }
}
