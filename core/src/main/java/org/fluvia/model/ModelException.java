package org.fluvia.model;

import java.util.Optional;
import java.util.OptionalInt;
import org.fluvia.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The data do not fit the model, or the model is not one. The message, "data: y in schools.json must have shape (8), but has (7)", is
 * for people and names the thing, the place and the remedy; programs that want to point at one of them read the fields.
 */
public final class ModelException extends IllegalArgumentException {
    private static final long serialVersionUID = 2;

    private final @Nullable String subject;
    private final String problem;
    private @Nullable String variable;
    private @Nullable String source;
    private int line;
    private transient @Nullable Shape expected;

    /** Of no subject: the message is the whole problem. */
    public ModelException(String message) {
        super(message);
        subject = null;
        problem = message;
    }

    /**
     * The message is "subject: problem".
     *
     * @param subject what was being done or read, such as "data", "point" or "sample"
     */
    public ModelException(String subject, String problem) {
        this(subject, problem, null);
    }

    public ModelException(String subject, String problem, @Nullable Throwable cause) {
        super(subject + ": " + problem, cause);
        this.subject = subject;
        this.problem = problem;
    }

    /** Names the variable or parameter, before this is thrown; null where it has no name. Returns this. */
    public ModelException of(@Nullable String variable) {
        this.variable = variable;
        return this;
    }

    /** Names the data's source, before this is thrown. Returns this. */
    public ModelException in(String source) {
        this.source = source;
        return this;
    }

    /** Names the data's source and the line in it, 0 if it is not known, before this is thrown. Returns this. */
    public ModelException in(String source, int line) {
        this.line = line;
        return in(source);
    }

    /** Says which shape is asked for, before this is thrown. Returns this. */
    public ModelException expecting(Shape shape) {
        expected = shape;
        return this;
    }

    /** What was being done or read, the message's first word: "data", "init", "point", "sample", "fit"; none where it has no such word. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** The message without its subject. */
    public String problem() {
        return problem;
    }

    /** The variable of the data or the parameter that is wrong, where it is one. */
    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /** Where the data came from, see {@link Data#source}, where they are at fault or do not fit. */
    public Optional<String> source() {
        return Optional.ofNullable(source);
    }

    /** The line of the source, counted from 1, where one is at fault. */
    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }

    /** The shape that the model asks for, where it asks for one. */
    public Optional<Shape> expectedShape() {
        return Optional.ofNullable(expected);
    }
}
