package org.fluvia.flows.training;

/** A step size is kept until training has shown no progress for some judgements; then comes a smaller one. */
public final class Plateaus implements Schedule {
    private final double shrink;
    private final int rates;
    private final int patience;
    private double rate;
    private int tried = 1;
    private int stale;

    /**
     * @param first step size
     * @param shrink each is so much of the one before
     * @param rates how many there are
     * @param patience judgements without progress after which one is done with
     */
    public Plateaus(double first, double shrink, int rates, int patience) {
        this.rate = first;
        this.shrink = shrink;
        this.rates = rates;
        this.patience = patience;
    }

    @Override
    public void state(State state) {
        rate = state.number(rate);
        tried = state.whole(tried);
        stale = state.whole(stale);
    }

    @Override
    public double rate(int step) {
        return rate;
    }

    @Override
    public Next afterJudgement(boolean progress) {
        stale = progress ? 0 : stale + 1;
        if (stale < patience) return Next.GO_ON;
        if (tried++ == rates) return Next.STOP;
        rate *= shrink;
        stale = 0;
        return Next.START_OVER;
    }
}
