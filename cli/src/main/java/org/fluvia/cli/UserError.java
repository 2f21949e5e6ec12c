package org.fluvia.cli;

/** Something only the user can put right: options, files, the model's source, the data. The message is all they see. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    UserError(String message) {
        super(message);
    }

    UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
