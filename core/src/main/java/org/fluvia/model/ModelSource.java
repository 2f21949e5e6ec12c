package org.fluvia.model;

/** A model as a class, for the command line: one public class in one source file, with a public constructor without arguments. */
@FunctionalInterface
public interface ModelSource {
    /** Declares the model. Called once for each data set. */
    void define(ModelBuilder m);
}
