/** Algorithms on many small matrices side by side, one a lane. */
@NullMarked
package org.fluvia.autodiff.lanes;

import org.jspecify.annotations.NullMarked;
