/** What pictures are drawn on: a surface of vectors, written as SVG, or of pixels. */
@NullMarked
package org.fluvia.plots.canvas;

import org.jspecify.annotations.NullMarked;
