/** Recurrences as one operation, forward and in reverse. */
@NullMarked
package org.fluvia.autodiff.loop;

import org.jspecify.annotations.NullMarked;
