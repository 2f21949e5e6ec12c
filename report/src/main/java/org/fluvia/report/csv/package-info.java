/** How CSV is written: one way for all files. */
@NullMarked
package org.fluvia.report.csv;

import org.jspecify.annotations.NullMarked;
