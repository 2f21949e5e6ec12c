package org.fluvia.flows.file;

/** Why a file is refused, without its name: "its header must ...". */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
        super(reason);
    }
}
