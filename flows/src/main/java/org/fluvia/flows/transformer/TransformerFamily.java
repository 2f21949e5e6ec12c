package org.fluvia.flows.transformer;

import org.fluvia.catalogue.Catalogue;

/**
 * A row of the table of transformers.
 *
 * @param example one of them, which the contract tests use in every layer
 * @param largest the size of elements up to which values and derivatives of the example are finite: 1e300, or less if it grows
 *     faster than a line
 */
public record TransformerFamily(String name, String description, String source, Transformer example, double largest)
        implements Catalogue.Row {}
