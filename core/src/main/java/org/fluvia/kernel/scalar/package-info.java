/** The kernels in plain Java. */
@NullMarked
package org.fluvia.kernel.scalar;

import org.jspecify.annotations.NullMarked;

