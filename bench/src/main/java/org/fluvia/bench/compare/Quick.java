package org.fluvia.bench.compare;
public final class Quick { public static void main(String[] a) {} }
