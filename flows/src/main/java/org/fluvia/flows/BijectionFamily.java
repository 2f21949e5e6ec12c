package org.fluvia.flows;

import java.util.List;
import java.util.function.Supplier;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.bijection.Bijection;

/**
 * A row of the table of bijections: {@link Bijections#table}.
 *
 * @param parameters what it is made of and what that must be, in words
 * @param examples instances that the contract of bijections is tested on, in small and in larger dimensions and with every kind of weights
 */
public record BijectionFamily(String name, String description, String parameters, String source, Supplier<List<Bijection>> examples)
        implements Catalogue.Row {}
