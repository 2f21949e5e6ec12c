/** Catalogues as tables: what is declared once, and read by the command, the documentation, the tests and look-up by name. */
@NullMarked
package org.fluvia.catalogue;

import org.jspecify.annotations.NullMarked;
