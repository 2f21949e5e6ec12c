/** What a variable of a program holds while a model is recorded: numbers, or expressions of parameters. */
@NullMarked
package org.fluvia.stan.value;

import org.jspecify.annotations.NullMarked;
