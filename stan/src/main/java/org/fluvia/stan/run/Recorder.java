package org.fluvia.stan.run;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelException;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.tree.Statement;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Variable;

/** Records a program for its data. */
public final class Recorder {
    private final Program program;
    private final ModelBuilder model;
    private final Session session;
    private final Executor executor;
    private final long seed;
    private final Consumer<String> printed;
    private final Constraints constraints;

    private Recorder(Program program, ModelBuilder model, long seed, Consumer<String> printed) {
        this.program = program;
        this.model = model;
        this.seed = seed;
        this.printed = printed;
        session = new Session(program, printed);
        executor = new Executor(session);
        constraints = new Constraints(executor.evaluator());
    }

    /**
     * Declares the model that a program is.
     *
     * @param seed of what transformed data draw at random
     * @param printed takes what {@code print} says, and what is left out
     * @throws ModelException naming file, line and column of what is wrong or is not read
     */
    public static void record(Program program, ModelBuilder model, long seed, Consumer<String> printed) {
        try {
            new Recorder(program, model, seed, printed).record();
        } catch (StackOverflowError e) {
            throw new ModelException(program.text().name() + ": functions call each other too deeply").in(program.text().name());
        }
    }

    private void record() {
        if (program.block(Program.Block.PARAMETERS).isEmpty()) {
            throw new ModelException(program.text().name() + " declares no parameters: there is nothing to fit").in(program.text().name());
        }
        for (Statement s : program.block(Program.Block.DATA)) declared(s, this::data);
        session.drawFrom(new RandomNumbers(seed));
        executor.run(program.block(Program.Block.TRANSFORMED_DATA));
        session.drawFrom(null);
        for (Statement s : program.block(Program.Block.TRANSFORMED_DATA)) check(s);
        for (Statement s : program.block(Program.Block.PARAMETERS)) declared(s, this::parameter);
        executor.run(program.block(Program.Block.TRANSFORMED_PARAMETERS));
        for (Statement s : program.block(Program.Block.TRANSFORMED_PARAMETERS)) check(s);
        derive(Program.Block.TRANSFORMED_PARAMETERS, Set.of());
        session.frame().open();
        executor.run(program.block(Program.Block.MODEL));
        session.frame().close();
        session.terms.giveTo(model);
        generate();
    }

    /** What cannot be generated is left out, and said: the log-density does not need it. */
    private void generate() {
        List<Statement> block = program.block(Program.Block.GENERATED_QUANTITIES);
        Set<String> left = LeftOut.random(block);
        Set<String> silent = new TreeSet<>(left);
        Predictions predictions = new Predictions(session, executor, model);
        for (Statement s : block) {
            if (LeftOut.uses(s, left)) {
                String predicted = predictions.predicted(s);
                if (predicted != null) silent.remove(predicted);
                continue;
            }
            try {
                executor.run(s);
            } catch (ModelException e) {
                Set<String> more = LeftOut.after(block, s, left);
                left.addAll(more);
                printed.accept("generated quantities left out: " + String.join(", ", more) + ", as " + e.getMessage());
            }
        }
        if (!silent.isEmpty()) printed.accept("generated quantities that are drawn at random are left out: " + String.join(", ", silent));
        derive(Program.Block.GENERATED_QUANTITIES, left);
    }

    private interface Declare {
        void declare(Statement.Declaration d);
    }

    private void declared(Statement s, Declare how) {
        Statement.Declaration d = (Statement.Declaration) s;
        try {
            Source.attribute(session.text.source(d.span()), () -> {
                how.declare(d);
                return d;
            });
        } catch (RuntimeException e) {
            throw session.at(d.span(), e);
        }
    }

    private void data(Statement.Declaration d) {
        String name = d.name().name();
        SizedType type = d.type();
        if (type.kind() == SizedType.Kind.TUPLE) throw new Refusal("tuples in the data block are not read. Declare their members each by itself");
        Variable v = executor.sizes().variable(type);
        double[] values = model.numbers(name);
        int[] given = shapeOf(name, v.dims());
        boolean fits = Arrays.equals(given, v.dims()) || v.size() == 0 && values.length == 0;
        if (!fits) throw new Refusal(name + " must " + (v.dims().length == 0 ? "be one number" : "have size " + Tensor.text(v.dims())) + ", but "
                + (given.length == 0 ? "is one number" : "has size " + Tensor.text(given)) + " in the data");
        boolean missing = Arrays.stream(values).anyMatch(Double::isNaN);
        if (type.kind() == SizedType.Kind.INT) {
            for (double x : values) if (x != Math.rint(x) || Math.abs(x) > Integer.MAX_VALUE) throw new Refusal(name
                    + " must be int, but has " + x + " in the data");
        }
        Tensor value = Tensor.of(v.type(), v.dims(), null, values);
        constraints.check(name, type, value);
        v.assign(missing || v.size() == 0 ? value : value.known(model.data(name).reshape(Shape.of(v.dims()))));
        session.frame().declare(name, v);
    }

    private int[] shapeOf(String name, int[] declared) {
        double[] values = model.numbers(name);
        int n = 1;
        for (int d : declared) n *= d;
        if (values.length == 0) return n == 0 ? declared : new int[] {0};
        if (Arrays.stream(values).anyMatch(Double::isNaN)) return values.length == n ? declared : new int[] {values.length};
        return model.data(name).shape().dims();
    }

    private void parameter(Statement.Declaration d) {
        String name = d.name().name();
        SizedType type = d.type();
        if (type.kind() == SizedType.Kind.TUPLE) throw new Refusal("parameters that are tuples are not read. Declare their members each by itself");
        Variable v = executor.sizes().variable(type);
        if (v.size() == 0) {
            v.assign(Tensor.of(v.type(), v.dims(), null, new double[0]));
        } else {
            v.assign(Tensor.of(v.type(), v.dims(), null, model.parameter(name, constraints.support(type, v.dims()), v.dims())));
        }
        session.frame().declare(name, v);
    }

    /** Checks a declaration's constraint, once the value is computed: where it depends on parameters the density is zero outside. */
    private void check(Statement s) {
        if (!(s instanceof Statement.Declaration d) || !d.type().isConstrained()) return;
        if (!(session.frame().variable(d.name().name()).value() instanceof Tensor t)) return;
        try {
            Source.attribute(session.text.source(d.span()), () -> {
                if (t.isData()) constraints.check(d.name().name(), d.type(), t);
                else constrain(d.type(), t);
                return d;
            });
        } catch (RuntimeException e) {
            throw session.at(d.span(), e);
        }
    }

    private void constrain(SizedType type, Tensor t) {
        Expr holds = constraints.holds(type, t);
        if (holds == null) return;
        session.terms.add(Tensor.of(Type.REAL, new int[0], null, Expr.where(holds, Expr.of(0), Expr.of(Double.NEGATIVE_INFINITY))), null);
    }

    private void derive(Program.Block block, Set<String> without) {
        for (Statement s : program.block(block)) {
            if (!(s instanceof Statement.Declaration d) || without.contains(d.name().name())) continue;
            Variable v = session.frame().variable(d.name().name());
            if (v.type().base() == Type.Base.TUPLE || v.size() == 0) continue;
            if (v.value() instanceof Tensor t) Source.attribute(session.text.source(d.span()), () -> model.derive(d.name().name(), t.expr()));
        }
    }
}
