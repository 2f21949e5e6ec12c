package org.fluvia.flows.training;

/**
 * Steps of one length, then of lengths that fall as length / (1 + decay k), k = 1, 2, ...: their sum is infinite, so they reach any place, and
 * the sum of their squares is not, so noise averages out (Robbins and Monro 1951). Lengths begin to fall, and then training ends, sooner
 * where some judgements in a row have shown no progress. Belongs to one training.
 */
public final class Decay implements Schedule {
    private final double length;
    private final double decay;
    private final int patience;
    private int fullSteps;
    private int step;
    private int stale;

    /**
     * @param fullSteps of the first length, at most
     * @param patience judgements without progress after which lengths fall, or training ends
     */
    public Decay(double length, int fullSteps, double decay, int patience) {
        this.length = length;
        this.fullSteps = fullSteps;
        this.decay = decay;
        this.patience = patience;
    }

    @Override
    public void state(State state) {
        fullSteps = state.whole(fullSteps);
        step = state.whole(step);
        stale = state.whole(stale);
    }

    @Override
    public double rate(int step) {
        this.step = step;
        return step < fullSteps ? length : length / (1 + decay * (step - fullSteps + 1));
    }

    @Override
    public Next afterJudgement(boolean progress) {
        stale = progress ? 0 : stale + 1;
        if (stale < patience) return Next.GO_ON;
        if (step + 1 >= fullSteps) return Next.STOP;
        fullSteps = step + 1;
        stale = 0;
        return Next.GO_ON;
    }
}
