package org.fluvia.flows.transformer;

import org.fluvia.catalogue.Catalogue;

/**
 * A row of the table of transformers.
 *
 * @param example one of them, which the contract tests use in every layer
 */
public record TransformerFamily(String name, String description, String source, Transformer example) implements Catalogue.Row {}
