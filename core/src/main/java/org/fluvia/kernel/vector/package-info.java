/** The kernels by the Vector API: the one package that imports it, loaded only where its module is there. */
@NullMarked
package org.fluvia.kernel.vector;

import org.jspecify.annotations.NullMarked;

