/** The binary files of Fluvia's, whatever they hold: written whole, read with limits. Each kind has a reader of its own. See docs/files.md. */
@NullMarked
package org.fluvia.file;

import org.jspecify.annotations.NullMarked;
