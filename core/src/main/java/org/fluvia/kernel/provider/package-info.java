/** Chooses the kernels of this JVM. */
@NullMarked
package org.fluvia.kernel.provider;

import org.jspecify.annotations.NullMarked;

