package org.fluvia.stan.check;

import org.fluvia.stan.tree.Type;

/**
 * What is known of an expression before there are numbers.
 *
 * @param isData whether it is made of data alone
 */
public record Checked(Type type, boolean isData) {}
