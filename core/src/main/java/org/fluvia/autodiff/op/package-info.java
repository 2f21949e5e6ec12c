/** What an operation is to those who plan, differentiate, simplify or explain programs, without the expressions that record it. */
@NullMarked
package org.fluvia.autodiff.op;

import org.jspecify.annotations.NullMarked;
