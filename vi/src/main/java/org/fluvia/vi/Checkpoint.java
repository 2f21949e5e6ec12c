package org.fluvia.vi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fluvia.file.Frame;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;

/**
 * Where a fit keeps its state while it runs. A fit of the same model, data, seed and options with the same file, in this process or another one,
 * goes on from what it finds there, and ends in the same bits as one that was left alone; the time that was spent before counts. A file of another fit, or of
 * another version of Fluvia, is replaced by the first checkpoint of this one.
 *
 * <p>Trainings and chains go on from the middle, what is short or was not finished begins again. The file is replaced between two steps and at most so
 * often, less often where writing takes more than a fiftieth of the time; by a rename, after it was written and synced, so that it is whole whenever a
 * process or a machine stops. It stays when the fit has ended: delete it when the posterior is safe. Two fits at a time must not share it.
 *
 * <pre>{@code
 * Path file = Path.of("fit.checkpoint");
 * Posterior p = Fit.of(model).data(data).checkpoint(file).run();     // run again after a crash, it goes on
 * p.save(Path.of("posterior.fluvia"));
 * Files.deleteIfExists(file);
 * }</pre>
 *
 * @param file whose folder is made where there is none
 * @param every at most so often; {@link #EVERY} by default
 * @param command by which whoever started the fit can start it again; kept in the file
 */
public record Checkpoint(Path file, Duration every, List<String> command) {
    /** How often unless told otherwise. */
    public static final Duration EVERY = Duration.ofSeconds(2);
    static final String KIND = "checkpoint";

    /** @throws OptionException if the interval is negative */
    public Checkpoint {
        if (every.isNegative()) throw new OptionException("checkpoint", "must have an interval of at least 0, but was " + every);
        command = List.copyOf(command);
    }

    /** In this file, with what is not said by default. */
    public static Checkpoint in(Path file) {
        return new Checkpoint(file, EVERY, List.of());
    }

    public Checkpoint every(Duration interval) {
        return new Checkpoint(file, interval, command);
    }

    public Checkpoint command(List<String> words) {
        return new Checkpoint(file, every, words);
    }

    /**
     * The command that a file has.
     *
     * @throws CheckpointException if it cannot be read: there is none, or it is damaged
     */
    public static List<String> commandIn(Path file) {
        try {
            Frame frame = Frame.read(file);
            if (!KIND.equals(frame.header().get("kind"))) throw new Refused("it is no checkpoint");
            return Header.texts(frame.header().get("command"), "command");
        } catch (Refused | IOException e) {
            throw new CheckpointException("checkpoint " + file + ": cannot be read (" + e.getMessage() + "). Begin the fit anew.", e);
        }
    }
}
