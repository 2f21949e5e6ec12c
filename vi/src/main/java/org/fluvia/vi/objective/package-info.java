/** What training makes small: objectives and their table. An objective of one's own implements {@link org.fluvia.vi.objective.Objective}. */
@NullMarked
package org.fluvia.vi.objective;

import org.jspecify.annotations.NullMarked;
