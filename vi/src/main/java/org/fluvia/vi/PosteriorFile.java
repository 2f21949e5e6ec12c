package org.fluvia.vi;

import java.io.IOException;
import java.nio.file.Path;
import org.fluvia.file.Frame;
import org.fluvia.file.Refused;
import org.fluvia.file.Sha256;
import org.fluvia.text.Shown;
import org.fluvia.vi.predictive.Loo;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds a posterior: the approximation as a program from noise to all that is reported, the draws with their densities, the
 * verdict with its reasons and figures, seed, versions, and hashes of model and data. What is read back gives the same bits. See
 * docs/files.md for the format. Immutable and thread-safe.
 *
 * <p>Files may come from strangers. A program is made of operations that are looked up in a table, and what it may ask for goes with the size of
 * the file; no class is named by a file, and nothing of the model's own code is in it.
 *
 * <pre>{@code
 * posterior.save(Path.of("posterior.fluvia"));
 * SavedPosterior again = PosteriorFile.read(Path.of("posterior.fluvia"));
 * }</pre>
 */
public final class PosteriorFile {
    private final Posterior posterior;
    private final @Nullable String modelHash;
    private final @Nullable Loo loo;

    private PosteriorFile(Posterior posterior, @Nullable String modelHash, @Nullable Loo loo) {
        this.posterior = posterior;
        this.modelHash = modelHash;
        this.loo = loo;
    }

    public static PosteriorFile of(Posterior posterior) {
        return new PosteriorFile(posterior, null, null);
    }

    /** With the hash of the source that the model was compiled from. */
    public PosteriorFile modelSource(String text) {
        return new PosteriorFile(posterior, Sha256.hex(text), loo);
    }

    /** With cross-validation of this posterior, by which it is compared with others. */
    public PosteriorFile loo(Loo loo) {
        return new PosteriorFile(posterior, modelHash, loo);
    }

    /**
     * Writes the file, which takes its name, and the place of an older one, when it is whole and on the disk.
     *
     * @throws IOException if it cannot be written; then there is no half of it
     */
    public void write(Path file) throws IOException {
        new PosteriorWriter(posterior, modelHash, loo).frame().write(file);
    }

    /**
     * Reads a file that {@link #write} made.
     *
     * @throws PosteriorFileException if it is damaged, cut short, newer than this version of Fluvia, or no posterior; the message names it and
     *     says why
     */
    public static SavedPosterior read(Path file) throws IOException {
        try {
            return new PosteriorReader(Frame.read(file)).posterior();
        } catch (Refused e) {
            throw new PosteriorFileException(Shown.text(file.toString()) + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
