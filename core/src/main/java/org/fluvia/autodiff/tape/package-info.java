/** Recorded values as numbers that a file can hold, and back. Not exported to users. */
@NullMarked
package org.fluvia.autodiff.tape;

import org.jspecify.annotations.NullMarked;
