/** Flows as files: written whole, read with limits, the same bits afterwards. */
@NullMarked
package org.fluvia.flows.file;

import org.jspecify.annotations.NullMarked;
