/** The training loop: steps, judgements on held-out draws, the best weights, and when to stop. Not exported. */
@NullMarked
package org.fluvia.vi.train;

import org.jspecify.annotations.NullMarked;
