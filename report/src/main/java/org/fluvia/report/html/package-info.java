/** The parts of the report as HTML: one self-contained page, in which all that others wrote is escaped. */
@NullMarked
package org.fluvia.report.html;

import org.jspecify.annotations.NullMarked;
