package org.fluvia.flows.training;

/**
 * When training ends.
 *
 * @param mostSteps at the latest after so many
 * @param judgeEvery so many steps
 * @param progressErrors standard errors of a gain, above which there is progress
 * @param goodEnough what {@link Score#isGoodEnough} is asked with
 */
public record StopRule(int mostSteps, int judgeEvery, double progressErrors, double goodEnough) {}
