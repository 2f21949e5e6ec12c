package org.fluvia.dist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter of a listed factory that no overload takes as a number of Java. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.PARAMETER)
@interface ExprOnly {}
