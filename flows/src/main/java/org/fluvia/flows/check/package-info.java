/** Checks of arguments that all of the flows have in common. Not exported. */
@NullMarked
package org.fluvia.flows.check;

import org.jspecify.annotations.NullMarked;
