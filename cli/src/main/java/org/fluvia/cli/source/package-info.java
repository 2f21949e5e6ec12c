/** The user's files: found, read and compiled, and what goes wrong in them said with the place. */
@NullMarked
package org.fluvia.cli.source;

import org.jspecify.annotations.NullMarked;
