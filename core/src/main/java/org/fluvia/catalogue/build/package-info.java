/** What the build reads in sources to write catalogues from them. */
@NullMarked
package org.fluvia.catalogue.build;

import org.jspecify.annotations.NullMarked;
