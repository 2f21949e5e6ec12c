/**
 * The files that a fit leaves behind, whole or not at all: what {@code fluvia fit --out} writes, for programs. Each format is
 * described in docs/files.md.
 */
@NullMarked
package org.fluvia.report;

import org.jspecify.annotations.NullMarked;
