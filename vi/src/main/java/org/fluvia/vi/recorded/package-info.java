/** An approximation as a program that needs no model: what a posterior's file holds. Not exported. */
@NullMarked
package org.fluvia.vi.recorded;

import org.jspecify.annotations.NullMarked;
