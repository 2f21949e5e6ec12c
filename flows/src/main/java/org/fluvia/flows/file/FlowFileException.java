package org.fluvia.flows.file;

import java.io.IOException;

/** A file is no flow that this version can read: damaged, cut short, of a newer format, or made of what is not known. The message says which file and why. */
public final class FlowFileException extends IOException {
    private static final long serialVersionUID = 1;

    FlowFileException(String message) {
        super(message);
    }
}
