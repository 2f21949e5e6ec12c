package org.fluvia.file;

/** Why a file is refused, without its name: "its header must ...". */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    public Refused(String reason) {
        super(reason);
    }
}
