package org.fluvia.model;

/** The data do not fit the model, or the model is not one. The message names the thing, the place and the remedy. */
public final class ModelException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
