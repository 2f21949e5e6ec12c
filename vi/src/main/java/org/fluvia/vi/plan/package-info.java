/** The constants that decide how the engine behaves. Not exported. */
@NullMarked
package org.fluvia.vi.plan;

import org.jspecify.annotations.NullMarked;
