package org.fluvia.flows;

import static org.fluvia.autodiff.Functions.logMillsRatio;
import static org.fluvia.autodiff.Functions.logNormalCdf;
import static org.fluvia.autodiff.Functions.normalCdf;
import static org.fluvia.autodiff.Functions.normalQuantile;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;

/**
 * Makes of a standard normal e a choice k with probability w_k, and from what is left of it another standard normal that does not depend
 * on k. With cumulated shares c_k, k is the one with c_k-1 < Phi(e) <= c_k, and Phi(rest) = (Phi(e) - c_k-1) / w_k.
 *
 * <p>The rest is found from the probability of its nearer tail: where that is a tail of e as well, from its logarithm, so that e far out
 * leaves as much; at a cut between two, as exactly as Phi(e) is a double. Its derivative is that by e; the shares are held fixed.
 */
final class Parting {
    /** A probability at a cut is exact to this. */
    private static final double ROUNDING = 0x1p-54;
    /** Beyond this a probability's logarithm is that of the square. */
    private static final double FAR = -20;
    private static final int NEWTON_STEPS = 3;

    private final List<Expr> isFrom;
    private final Expr rest;

    private Parting(List<Expr> isFrom, Expr rest) {
        this.isFrom = isFrom;
        this.rest = rest;
    }

    /**
     * @param e a scalar
     * @param logShares (K)
     */
    static Parting of(Expr e, Expr logShares) {
        Expr logs = logShares.stopGradient();
        Expr shares = logs.exp();
        Expr upTo = Functions.cumulativeSum(shares);
        Expr from = Functions.reverseCumulativeSum(shares);
        int n = shares.shape().size();
        List<Expr> isFrom = new ArrayList<>();
        Expr below = Expr.of(0);
        Expr above = n == 1 ? Expr.of(0) : from.get(1);
        Expr logShare = logs.get(0);
        for (int k = 1; k < n; k++) {
            Expr is = cut(upTo.get(k - 1), from.get(k)).lt(e);
            isFrom.add(is);
            below = Expr.where(is, upTo.get(k - 1), below);
            above = Expr.where(is, k == n - 1 ? Expr.of(0) : from.get(k + 1), above);
            logShare = Expr.where(is, logs.get(k), logShare);
        }
        return new Parting(isFrom, rest(e, below, above, logShare));
    }

    /** Whether the choice is k, at least 1, or one after it: 1 or 0. */
    Expr isFrom(int k) {
        return isFrom.get(k - 1);
    }

    /** The other standard normal. */
    Expr rest() {
        return rest;
    }

    /** The quantile of a probability, given with the other one's; it does not fall from one cut to the next. */
    private static Expr cut(Expr below, Expr above) {
        Expr upper = normalQuantile(above.min(0.5)).unaryMinus();
        return Expr.where(below.le(0.5), normalQuantile(below.min(0.5)), upper);
    }

    private static Expr rest(Expr e, Expr below, Expr above, Expr logShare) {
        Expr fixed = e.stopGradient();
        Expr share = logShare.exp();
        Expr fromBelow = normalCdf(fixed).minus(below).div(share);
        Expr fromAbove = normalCdf(fixed.unaryMinus()).minus(above).div(share);
        // where one side is a tail of e it is exact, and a difference of larger numbers on the other side is not
        Expr lower = Expr.where(above.eq(0), fromAbove.unaryMinus().plus(1), fromBelow);
        Expr upper = Expr.where(below.eq(0), fromBelow.unaryMinus().plus(1), fromAbove);
        Expr isLower = lower.le(upper);
        // from here on the nearer tail is the lower one
        Expr t = Expr.where(isLower, fixed, fixed.unaryMinus());
        Expr isTail = Expr.where(isLower, below, above).eq(0);
        Expr inTail = logNormalCdf(t).minus(logShare).exp();
        Expr p = Expr.where(isTail, inTail, Expr.where(isLower, lower, upper).max(ROUNDING)).min(0.5);
        Expr from = t.min(FAR);
        Expr far = from.times(logShare.div(from).times(2).div(from).plus(1).max(0).sqrt());
        Expr isFar = isTail.times(t.lt(FAR)).times(far.lt(FAR));
        Expr q = Expr.where(isFar, raised(from, far.min(FAR), logShare), normalQuantile(p));
        Expr logSlope = Expr.where(isTail, logMillsRatio(q.unaryMinus()).minus(logMillsRatio(t.unaryMinus())),
                q.minus(t).times(q.plus(t)).times(0.5).minus(logShare));
        return Expr.where(isLower, q, q.unaryMinus()).withDerivativeOf(e.times(logSlope.exp().stopGradient()));
    }

    /** The q with log Phi(q) = log Phi(t) - log w, by Newton steps; log Phi(q) is the logarithm of Mills' ratio less half of the square of q. */
    private static Expr raised(Expr t, Expr near, Expr logShare) {
        Expr constant = logShare.minus(logMillsRatio(t.unaryMinus()));
        Expr q = near;
        for (int i = 0; i < NEWTON_STEPS; i++) {
            Expr mills = logMillsRatio(q.unaryMinus());
            Expr off = t.minus(q).times(t.plus(q)).times(0.5).plus(mills).plus(constant);
            q = q.minus(off.times(mills.exp()));
        }
        return q;
    }
}
