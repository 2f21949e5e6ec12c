/** From recorded operations to a flat list of steps with their memory. */
@NullMarked
package org.fluvia.autodiff.compile;

import org.jspecify.annotations.NullMarked;
