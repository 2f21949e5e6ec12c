/** The command {@code fluvia}. */
@NullMarked
package org.fluvia.cli;

import org.jspecify.annotations.NullMarked;
