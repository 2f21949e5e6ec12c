/**
 * The training loop, whatever is trained: steps, judgements on what training never sees, the best weights, and when to stop; optimisers and their table.
 * Fits of flows to samples and to models run in it, and so can a loss of your own.
 */
@NullMarked
package org.fluvia.flows.training;

import org.jspecify.annotations.NullMarked;
