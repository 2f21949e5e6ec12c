/** How JSON is written: one way for all files. It is read by {@link org.fluvia.model.Data}. */
@NullMarked
package org.fluvia.report.json;

import org.jspecify.annotations.NullMarked;
