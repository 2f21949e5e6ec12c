package org.fluvia.flows;

import java.util.List;
import org.fluvia.flows.check.Dimensions;

/**
 * How the training of a flow went.
 *
 * @param epochs in order
 * @param best the number of the epoch whose weights were kept, 0 for those that training began with
 * @param heldOut of the weights that were kept, on the rows that were held out
 * @param ending why it ended
 * @param seconds it took
 * @param seed that all of it was made from
 */
public record TrainingRecord(List<Epoch> epochs, int best, LogLikelihood heldOut, Ending ending, double seconds, long seed) {
    public TrainingRecord {
        epochs = List.copyOf(Dimensions.present("TrainingRecord", "epochs", epochs));
        Dimensions.present("TrainingRecord", "heldOut", heldOut);
        Dimensions.present("TrainingRecord", "ending", ending);
    }

    /**
     * What is between two judgements: a pass through the data, but at least 50 steps and at most 500.
     *
     * @param number counted from 1
     * @param steps since training began
     * @param train the mean log-likelihood of the batches, each before its step, in nats a point
     * @param heldOut the mean log-likelihood of the rows that were held out, after the last step
     * @param rate of the last step
     */
    public record Epoch(int number, int steps, double train, double heldOut, double rate) {}

    /** Why a training ended. */
    public enum Ending {
        /** There was no progress on the rows held out, at any step size. */
        NO_PROGRESS("no further progress on the rows held out"),
        /** All epochs that it was given are through. */
        EPOCHS("all epochs are through: more may be better"),
        /** The time it was given is up. */
        TIME("the time is up: more may be better"),
        /** The thread was interrupted. */
        INTERRUPTED("it was interrupted"),
        /** The weights ran off to where data are less likely than where it began; the best ones are from before. */
        DIVERGED("it diverged, and the weights are the best before: a smaller rate may help");

        private final String words;

        Ending(String words) {
            this.words = words;
        }

        /** For people. */
        public String inWords() {
            return words;
        }
    }
}
