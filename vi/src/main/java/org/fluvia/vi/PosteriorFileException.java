package org.fluvia.vi;

import java.io.IOException;

/**
 * A file is no posterior that this version can read: damaged, cut short, of a newer format, or made of what is not known. The message says
 * which file and why.
 */
public final class PosteriorFileException extends IOException {
    private static final long serialVersionUID = 1;

    PosteriorFileException(String message) {
        super(message);
    }
}
