package org.fluvia.flows;

import java.util.List;
import java.util.function.Supplier;
import org.fluvia.catalogue.Catalogue;

/**
 * A row of the table of flows: {@link Flows#table}.
 *
 * @param name what {@code --flow} calls it, and the method of {@link Flows} that makes it
 * @param options what can be chosen, in the order of the recipe's own
 * @param spec makes the recipe with its defaults
 */
public record FlowFamily(String name, String description, String source, List<Option> options, Supplier<FlowSpec> spec)
        implements Catalogue.Row {

    /** A flow of the family with its defaults, of two elements, turned towards a use. */
    public Flow example(FlowSpec.Use use) {
        return spec.get().towards(use).build(2, 1);
    }

    /**
     * What can be chosen.
     *
     * @param standard what it is if nothing is chosen, in words
     * @param constraint what it must be, in words
     */
    public record Option(String name, String standard, String constraint) {}
}
