package org.fluvia.autodiff.op;

/** What a parameter was declared as, in words such as "real", and what its elements run through. */
public record Declaration(String as, Reach reach) {}
