package org.fluvia.flows.training;

/**
 * Steps of one length, then of lengths that fall as length / (1 + decay k), k = 1, 2, ...: their sum is infinite, so they reach any place, and
 * the sum of their squares is not, so noise averages out (Robbins and Monro 1951).
 */
public record Decay(double length, int fullSteps, double decay) implements Schedule {
    @Override
    public double rate(int step) {
        return step < fullSteps ? length : length / (1 + decay * (step - fullSteps + 1));
    }

    @Override
    public Next afterJudgement(boolean progress) {
        return Next.GO_ON;
    }
}
