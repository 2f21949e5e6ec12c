/** Ordinary differential equations as one operation. */
@NullMarked
package org.fluvia.autodiff.ode;

import org.jspecify.annotations.NullMarked;
