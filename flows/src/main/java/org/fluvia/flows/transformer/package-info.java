/**
 * Increasing maps of the line onto itself, applied element by element, whose parameters come from elsewhere. A new one is a class
 * here and a row of {@link org.fluvia.flows.transformer.Transformers}.
 */
@NullMarked
package org.fluvia.flows.transformer;

import org.jspecify.annotations.NullMarked;
