package org.fluvia.vi.plan;

import java.util.List;

/**
 * The constants that decide how the engine behaves, in one place: what each is, why it has its value, and the experiment or paper
 * behind it. <em>Chosen</em> says that there is none on record: a value that has served on posteriordb, and
 * that an experiment may change. Immutable; parts of the engine take their values from the plan they are given.
 *
 * <p>Constants of formulas, rounding and layouts of memory stand where they are used. What a user may choose has its default in
 * {@link org.fluvia.vi.Fit}.
 */
public record FitPlan(Starts starts, Population population, Path path, Endless endless, Modes modes, Gaussian gaussian, Levels levels,
                      Margins margins, Training training, Covering covering, Comparing comparing, Judging judging, Tail tail, Defence defence,
                      Hidden hidden, Chains chains, Proposing proposing, Time time, Words words, CrossValidation crossValidation) {

    /** What every fit uses. */
    public static FitPlan standard() {
        return new FitPlan(Starts.standard(), Population.standard(), Path.standard(), Endless.standard(), Modes.standard(), Gaussian.standard(),
                Levels.standard(), Margins.standard(), Training.standard(), Covering.standard(), Comparing.standard(), Judging.standard(),
                Tail.standard(), Defence.standard(), Hidden.standard(), Chains.standard(), Proposing.standard(), Time.standard(), Words.standard(),
                CrossValidation.standard());
    }

    /**
     * This plan with another value in one place, for an experiment.
     *
     * @param name of the part and of the constant: {@code "training.rate"}
     * @throws IllegalArgumentException if there is no such constant, or the value is not of its type
     */
    public FitPlan with(String name, Object value) {
        int dot = name.indexOf('.');
        String part = name.substring(0, Math.max(0, dot));
        return Changed.of(this, part, Changed.of((Record) Changed.component(this, part), name.substring(dot + 1), value));
    }

    /**
     * Where the fit starts.
     *
     * @param pairs paths from random points, as many from their mirror images, one more from zero: of two modes far apart a few points
     *     may all lie on one side, mirror images do not. That many pairs: chosen; Pathfinder runs 4 paths in Stan, 20 in the paper
     * @param tried random points that the starts of paths are the best of; chosen
     * @param width the points are uniform on (-width, width) on the unconstrained scale, as Stan's initial values and Pathfinder's are
     * @param wider the widths that are tried one after the other as long as the density is zero at all points: a tail that begins far out; chosen
     * @param few points with a finite density below which equal gradients prove no straight line; chosen
     * @param afar distances at which a straight line near zero must still be one: a Laplace distribution around 100 is none; chosen
     * @param pointsOfAPath candidates along each path, dense at its end, where the mass usually is; chosen, Pathfinder takes every point
     * @param mostSteps of a path; Pathfinder's (Zhang et al. 2022)
     * @param draws that a candidate is judged by. Pathfinder takes 5: too few to tell candidates apart; chosen
     * @param plainScales standard deviations of the candidates around a start that need no curvature; chosen
     * @param further lengths of a path beyond its end at which the density must not rise on and on; chosen
     * @param lastResort the standard deviation of the Gaussian where no candidate could be judged; chosen
     * @param shareOfTime of the limit, after which no path begins: a start is worth little that nothing is made of; chosen
     */
    public record Starts(int pairs, int tried, double width, List<Double> wider, int few, List<Double> afar, int pointsOfAPath, int mostSteps,
                         int draws, List<Double> plainScales, List<Double> further, double lastResort, double shareOfTime) {
        static Starts standard() {
            return new Starts(2, 256, 2, List.of(10.0, 100.0, 1000.0), 8, List.of(10.0, 1e2, 1e3, 1e4, 1e6, 1e8), 8, 1000, 256, List.of(1.0, 0.1, 0.01),
                    List.of(0.0, 1.0, 10.0), 1e-3, 0.4);
        }
    }

    /**
     * Tempered particles that look for all of the mass. They find modes; their evidence is
     * a yardstick for what is grossly wrong.
     *
     * @param runs independent ones, whose spread tells the noise of the evidence; chosen
     * @param particles of a run; chosen
     * @param width the base's scale on the unconstrained scale, of Student's t with four degrees of freedom: 10 missed modes 100 apart
     * @param wider or as many times the place and spread of what was found before; chosen
     * @param effective the share of particles that stays effective from one temperature to the next; the usual half
     * @param moves trajectories of each particle at a temperature; chosen
     * @param leapfrogs of a trajectory; chosen
     * @param step the first step size, in standard deviations; chosen
     * @param jitter the standard deviation of the log of a particle's step size over the usual; chosen
     * @param acceptance aimed at; chosen, a little above what is best for one long trajectory
     * @param learning how fast the step size follows; chosen
     * @param shrinkage particles that the covariance's correlations are drawn to zero by, for each dimension; chosen
     * @param mostReplays of a run, evaluations of all of its particles, after which it is left where it is; chosen
     * @param searches with particles of their own, each where the one before found modes: one of 40 was missed by a single one; chosen
     * @param shown particles from which paths may begin; chosen
     * @param patience paths in a row that find no new mode, after which no more begins; chosen
     * @param close a particle belongs to a known mode where the square of its distance is so many standard deviations above its mean; chosen
     * @param mostModes that become parts of a mixture; chosen
     * @param leastMass under such a mode over the heaviest; chosen
     * @param mostDimensions of more parameters particles are too few; chosen
     * @param errors standard errors by which the particles' evidence must exceed an approximation's for that to be refuted; chosen
     * @param leastError of the particles' evidence, in nats: their spread says too little. Ten-dimensional normals come out 0.1 to 1.1 too low with
     *     a spread of 0.12, eight schools 0.1 to 0.7 too high, ten log-gamma variables 1.6
     * @param mostError of an evidence in nats with which it says anything; chosen
     * @param shareOfTime of the limit, after which no search begins; chosen
     */
    public record Population(int runs, int particles, double width, double wider, double effective, int moves, int leapfrogs, double step,
                             double jitter, double acceptance, double learning, double shrinkage, int mostReplays, int searches, int shown,
                             int patience, double close, int mostModes, double leastMass, int mostDimensions, double errors, double leastError,
                             double mostError, double shareOfTime) {
        static Population standard() {
            return new Population(4, 128, 30, 3, 0.5, 3, 3, 0.5, 0.3, 0.75, 0.5, 1, 200, 4, 512, 12, 4, 64, 1e-4, 50, 5, 1, 0.3, 0.4);
        }

        /** Whether the particles' log evidence, with its standard error, exceeds another one beyond the errors of both. */
        public boolean isMore(double particles, double error, double other, double otherError) {
            return error <= mostError && particles - other > errors * Math.hypot(Math.max(leastError, error), otherError);
        }
    }

    /**
     * Paths of L-BFGS.
     *
     * @param history pairs of steps and gradients; Pathfinder's (Zhang et al. 2022)
     * @param trials step lengths tried at once, draws of one replay; chosen
     * @param ratio of each to the one before; chosen, so that the shortest is 1e-5
     * @param beyondAtFirst longer steps tried while there is no history, only where the longest usual one is the best: far out a
     *     differential equation takes a million steps, and all trials wait for the slowest (the influenza of examples/stan: 70 s to 11 s)
     * @param beyond the same with a history; from the same experiment
     * @param tolerance an increase, relative to 1 + |log p|, below which a step is flat; chosen
     * @param mostFlat flat steps in a row that end a path; chosen
     * @param decrease the share of the slope's increase that a step must bring; Nocedal and Wright 2006, section 3.1
     * @param leastCurvature of a remembered pair, relative to the square of the gradient's change; chosen
     */
    public record Path(int history, int trials, double ratio, int beyondAtFirst, int beyond, double tolerance, int mostFlat,
                       double decrease, double leastCurvature) {
        static Path standard() {
            return new Path(6, 14, 0.4, 5, 1, 1e-9, 3, 1e-4, 1e-12);
        }
    }

    /**
     * Directions of infinite mass.
     *
     * @param nothing eigenvalues of the Hessian, scaled to unit diagonal, below this are nothing; chosen
     * @param afar distances at which the log-density is compared; chosen
     * @param fall a log-density that falls by less, in nats, over the longest way does not fall: so wide a normal distribution has an sd
     *     above 2e9; chosen
     * @param beside points beside the line that must not fall either: the spike of a hierarchical model rises without end, but is thinner
     *     the higher it is; as many: chosen
     * @param mostDirections followed; chosen
     * @param mostDimensions of more parameters the eigenvectors take too long; chosen
     */
    public record Endless(double nothing, List<Double> afar, double fall, int beside, int mostDirections, int mostDimensions) {
        static Endless standard() {
            return new Endless(1e-9, List.of(10.0, 1e2, 1e3, 1e4, 1e6, 1e8), 1e-3, 4, 16, 500);
        }
    }

    /**
     * Maxima of the density.
     *
     * @param close the most of a standard deviation that a maximum may be away by, by Newton's step; chosen
     * @param same maxima nearer than this, in standard deviations, are one; chosen
     * @param mostSteps of a path that looks for one more; chosen, a path that needs more costs more than a mode is worth
     */
    public record Modes(double close, double same, int mostSteps) {
        static Modes standard() {
            return new Modes(0.3, 1, 60);
        }
    }

    /**
     * The full-rank Gaussian. Forty steps of 1,024 draws settle posteriordb's regressions to 1e-4 nats.
     *
     * @param draws of a step; from that experiment
     * @param judgingDraws the same at each judgement, so that luck is the same for all; chosen
     * @param leastFinite draws of a step with a finite log-density, below which there is no telling where to go; chosen
     * @param steps at the most; from that experiment
     * @param fullSteps at full length; after them lengths fall as 1 / k, which averages the noise out (Robbins and Monro 1951); chosen
     * @param length of a full step, 1 being Newton's; chosen below 1, as the expected Hessian is an estimate
     * @param decay how fast lengths fall: length / (1 + decay k); chosen
     * @param patience steps without progress after which lengths fall, and once they do it ends; chosen
     * @param progressErrors standard errors of the difference on common draws, above which there is progress; chosen
     * @param goodEnough the variance of log p - log q at which there is nothing left to gain: KL is about half of it; chosen
     * @param mostChange of the standard deviation in any direction in a step; chosen
     * @param mostMove of the mean in any direction in a step, in standard deviations; chosen
     * @param tame a change of the precision, in the Frobenius norm, below which no eigenvalue can leave the bounds, so none is computed; it
     *     follows from mostChange, as 1 - tame is above 1 / mostChange
     */
    public record Gaussian(int draws, int judgingDraws, int leastFinite, int steps, int fullSteps, double length, double decay, int patience,
                           double progressErrors, double goodEnough, double mostChange, double mostMove, double tame) {
        static Gaussian standard() {
            return new Gaussian(1024, 4096, 256, 40, 20, 0.7, 0.5, 5, 1, 1e-10, 4, 3, 0.5);
        }
    }

    /**
     * Coordinates for the levels of a hierarchy.
     *
     * @param rounds at the most; chosen: a growth model of 30 groups and 1,500 binomial groups settle in the second and third
     * @param steps of the Gaussian in a round, fewer than to the optimum: it is left as soon as it says other degrees; chosen
     * @param settled a degree of centring that changes by less is settled: the conditional standard deviation then changes with the scale to
     *     a power below this; chosen
     */
    public record Levels(int rounds, int steps, double settled) {
        static Levels standard() {
            return new Levels(4, 12, 0.1);
        }
    }

    /**
     * Margins of a Gaussian's elements, which are tried before a flow.
     *
     * @param draws of the others at each node; chosen: with the same noise at all nodes few are enough
     * @param widest the tail of the first sweep's nodes: they reach 1e13 standard deviations
     * @param farthest others are drawn given an element no further out than this, in standard deviations; chosen
     * @param cut places at once where the density ends in between; chosen
     * @param cuts of these, so that a place is found to the last bit: 33^11 is 5e16
     * @param mostValues of margins that are computed in a sweep: one or two seconds
     * @param promising the variance of log p - log q after two sweeps, above which it ends; chosen: Gaussian copulas with correlations of 0.8 had 0.34
     * @param remaining the share of it that new correlations and a sweep may leave, else it ends. They left 0.001 to 0.03 of Gaussian copulas', 0.9 to
     *     1.1 of eight schools'; chosen
     * @param goodEnough the same up to which no flow is trained: about 99 % of the draws are effective; chosen. Flows inside
     *     margins that leave more were worse than flows inside the Gaussian (multivariate t), and a step in the density that falls between two
     *     nodes left 0.02 and a tail of weights that could not be used
     */
    public record Margins(int draws, double widest, double farthest, int cut, int cuts, long mostValues,
                          double promising, double remaining, double goodEnough) {
        static Margins standard() {
            return new Margins(32, 1.14, 4, 32, 11, 16_000_000, 0.5, 0.5, 0.01);
        }
    }

    /**
     * The training of a flow.
     *
     * @param optimiser its name in the table of optimisers. Adam: what the literature on flows for posteriors uses (Agrawal et al. 2020;
     *     Andrade 2024)
     * @param judgingDraws the same at each judgement, that training never sees; chosen
     * @param judgeEvery so many steps; chosen, so that judging costs less than training
     * @param mostSteps chosen
     * @param rate the first step size; chosen, Adam's authors propose 1e-3
     * @param shrink the next step size is so much of the one before; chosen
     * @param rates step sizes, after which it ends; chosen
     * @param patience judgements without progress after which a step size is done with; chosen
     * @param progressErrors standard errors of the difference on common draws, above which there is progress; chosen
     * @param goodEnough the variance of log p - log q at which it ends: KL is about half of it, and 99.5 % of the draws are effective, so weights do
     *     the rest. At 2e-3 eight schools' flow trained 2.1 s instead of 1.6, at 0.01 0.9 s, but then tails of three numbers' mean and spread were off
     * @param longest a gradient longer than this many times the usual is cut to it: draws in a far tail have gradients of any length;
     *     chosen
     * @param newest the share of the newest gradient in the usual length, an exponential average; chosen
     */
    public record Training(String optimiser, int judgingDraws, int judgeEvery, int mostSteps, double rate, double shrink, int rates,
                           int patience, double progressErrors, double goodEnough, double longest, double newest) {
        static Training standard() {
            return new Training("adam", 4096, 50, 4000, 5e-3, 0.3, 3, 5, 1, 5e-3, 5, 0.05);
        }
    }

    /**
     * The training of a flow that is to find all modes. Before it is trained as usual it learns to cover the density, by the forward
     * KL, with the density to a power that rises to 1 (as in Rezende and Mohamed 2015, equation 20). On the six densities of PotentialsTest,
     * two seeds each, splineCoupling then has log Z within 0.01 in all twelve; without covering steps in three, with covering by the reverse
     * KL of the same powers in seven to nine, as modes were lost while the power rose.
     *
     * @param steps before the usual training; chosen: 3,000, at 2,000 and twice the rate the first two potentials came out as well
     * @param lowest the power at first; chosen: 0.1 and 0.2 did as well, 0.05 left splines far off, 0.3 lost a moon more often
     * @param rising the share of the steps in which the power rises; chosen
     * @param rate the step size, then and afterwards: 5e-3 threw draws out that never came back
     * @param wider the Gaussian around the modes has standard deviations so many times those of the best Gaussian, beside the modes' distances;
     *     chosen: 1, 1.2, 1.5 and 2 made no difference beyond that of seeds
     * @param depth modes whose log-density lies further than this below the highest, in nats, do not count; chosen
     */
    public record Covering(int steps, double lowest, double rising, double rate, double wider, double depth) {
        static Covering standard() {
            return new Covering(3000, 0.2, 0.8, 5e-4, 1.2, 10);
        }
    }

    /**
     * What is better than what.
     *
     * @param leastShare a q that has less of its draws than this where the density is positive is worse by the log of what is missing:
     *     draws without a density that were charged a fixed price made narrower approximations win (the bounds of VerdictLawsTest);
     *     the share: chosen
     * @param errors standard errors by which the ELBOs of two judged approximations must differ for the higher one to win whatever else is
     *     said of them; chosen, one in 16,000 by chance
     */
    public record Comparing(double leastShare, double errors) {
        static Comparing standard() {
            return new Comparing(0.25, 4);
        }
    }

    /**
     * The judgement.
     *
     * @param proposals draws of the approximation that are judged; chosen, a mean's Monte-Carlo error is 0.5 % of a standard deviation
     * @param mostValues of what is reported that are held to see how far weights move them; a matter of memory, 128 MiB
     * @param leastDrawsForMoves of the draws that moves are measured by where there are more values; chosen
     * @param goodKhat k-hat up to which the approximation's own draws may pass: below it the ratios have a variance (Vehtari et al. 2024)
     * @param smallMove by importance weights, in standard deviations, that raw draws may have in anything that is reported; chosen: twice the
     *     Monte-Carlo error of a mean of the usual 10,000 draws, and below what 4,000 perfect draws show
     * @param largestMove of a quantile beyond noise that weights are not trusted with: what is so far away was not found but stumbled upon
     *     (the laws of VerdictLawsTest); one standard deviation: chosen
     * @param moveErrors standard errors that count as noise of a move; chosen
     * @param mostBroken the share of draws that may have no known log-density; chosen
     * @param mostHidden the share of the posterior that may be hidden where the log-density is not known; chosen
     * @param worthSaying the same share from which on it is said; chosen
     * @param leastEss effective draws below which resampled ones would repeat each other; chosen, Stan asks for 400 of four chains
     *     (Vehtari et al. 2021)
     * @param farthest far draws from which paths look for more modes; chosen
     * @param missedRatio log p - log q - log Z at a maximum of the density, above which q has missed it; chosen
     * @param missedMass the share of the mass under a maximum that must not be missed, and by which two log evidences may differ, in nats;
     *     chosen
     * @param goodShare the share of effective draws above which a wider family is not tried where k-hat is good; chosen
     * @param nearlyAll the share above which it is not tried at all: weights change next to nothing (the regressions of posteriordb, which
     *     a flow does not better); chosen
     * @param mostRounding the rounding error of log p, in nats, from which on equal ratios prove nothing; chosen
     */
    public record Judging(int proposals, int mostValues, int leastDrawsForMoves, double goodKhat, double smallMove, double largestMove,
                          double moveErrors, double mostBroken, double mostHidden, double worthSaying, double leastEss, int farthest,
                          double missedRatio, double missedMass, double goodShare, double nearlyAll, double mostRounding) {
        static Judging standard() {
            return new Judging(40_000, 1 << 24, 4_000, 0.5, 0.02, 1, 4, 0.01, 0.003, 1e-4, 400, 12, 5, 0.02, 0.5, 0.95, 1e-3);
        }
    }

    /**
     * A tail whose k-hat is too large: when it is harmless all the same. A very good q leaves ratios of 1 but for hundredths, whose tail
     * says nothing (the laws of VerdictLawsTest).
     *
     * @param more where only the tail's shape speaks against an approximation, it is judged again on so many times more draws; chosen
     * @param timeForMore the time left must be that of the first draws so many times, with what is made of them; chosen
     * @param mostHeld doubles of draws that may be held for that; a matter of memory, 256 MiB
     * @param heaviest draws with the largest weights, from which paths tell whether they belong to a mode of their own; chosen
     * @param someMass the share under a maximum below which it does not matter that a heavy draw belongs to it; chosen
     * @param steep a shape of the tail from which on the draws have to agree all the more: above 1 there is no mean; 1.5: chosen
     * @param most the share of effective draws above which a few heavy weights may be no more than that; chosen
     * @param nearlyAll the same where the tail is steep; chosen
     * @param littleMove by the heaviest weights, of weighted draws, that matters little; chosen, twice what raw draws may have
     * @param noMove a move by them that is nothing; chosen, half of what raw draws may have
     */
    public record Tail(int more, int timeForMore, int mostHeld, int heaviest, double someMass, double steep, double most, double nearlyAll,
                       double littleMove, double noMove) {
        static Tail standard() {
            return new Tail(4, 8, 1 << 25, 6, 1e-6, 1.5, 0.75, 0.95, 0.04, 0.01);
        }
    }

    /**
     * The defensive draws (Hesterberg 1995; Owen and Zhou 2000).
     *
     * @param share of them for each of the approximation's own: Hesterberg proposes 0.1 to 0.5
     * @param dimensionsPerDegree of the multivariate t: twice d / this degrees of freedom, so that its radius varies some times as much as
     *     the normal one's in any dimension; chosen
     */
    public record Defence(double share, int dimensionsPerDegree) {
        static Defence standard() {
            return new Defence(0.1, 8);
        }
    }

    /**
     * What may be hidden where the log-density is not known.
     *
     * @param followed so many broken draws tell as much as all; chosen
     * @param halvings of the way to a broken draw; chosen, to 1e-9 of it
     */
    public record Hidden(int followed, int halvings) {
        static Hidden standard() {
            return new Hidden(256, 30);
        }
    }

    /**
     * Markov chains in the base space of an approximation that falls short.
     *
     * @param chains side by side; chosen, many short ones fill the lanes
     * @param together chains that begin at one point, for the nested R-hat (Margossian et al. 2024); chosen
     * @param leastCovered superchains that begin where the approximation has least of the tempered particles and of its weighted draws, or of the chains'
     *     draws that it learned: mass that it never draws is there; chosen
     * @param first iterations after which it is asked whether chains agree, the first half left out; twice as many at each time after; chosen
     * @param most iterations; chosen
     * @param adapting iterations in which the step follows the acceptance; chosen, the first that is asked leaves them out
     * @param learning how fast it follows; chosen
     * @param step the first one, in radians of base space, or standard deviations; chosen
     * @param acceptance aimed at; chosen, as for tempered particles
     * @param jitter the standard deviation of the log of a chain's step over the usual; chosen
     * @param shrinkage chains that the correlations are drawn to zero by, for each dimension; chosen
     * @param mostSteps of a trajectory; chosen
     * @param stretchedEvery so many iterations the jump is proposed by the defence; chosen
     * @param rhat the largest with which chains agree (Vehtari et al. 2021; Margossian et al. 2024)
     * @param ess effective draws of anything that is reported, short of which chains go on: 6,000 leave a 5 % quantile 2.7 % of a standard deviation of
     *     noise; Stan asks for 400 (Vehtari et al. 2021)
     * @param leastEss that do where there can be no more; chosen, the same with 3.4 %
     * @param patience iterations after which it may end without success: before that chains may still be on their way; chosen
     * @param hopeful where R-hat squared less one, which falls as 1 / iterations, would end above so many times what is asked for, it ends; chosen
     * @param learned draws of chains that do not agree, which a flow learns; chosen
     * @param epochs in which it does; chosen
     * @param shown draws of the posterior, as far as it is known, of which the least covered are taken; chosen
     * @param tail shape of a parameter's tail on the unconstrained scale, above which draws have no distribution: Cauchy's is 1; chosen
     * @param someMass under a mode that draws must not miss; chosen
     * @param modes asked for; a matter of time
     * @param reached the share of draws there that does for that, however much mass the Laplace approximation claims; chosen
     * @param drift of chains that do not agree, of a mean or quantile, in standard deviations beyond noise, that refutes the draws they began at;
     *     chosen, what a mean may be off by at the most
     * @param driftErrors standard errors that count as noise of a drift; chosen
     * @param compared weighted draws that the chains' are compared with; chosen
     * @param mostValues held of all iterations; a matter of memory, 128 MiB
     */
    public record Chains(int chains, int together, int leastCovered, int first, int most, int adapting, double learning, double step,
                         double acceptance, double jitter, double shrinkage, int mostSteps, int stretchedEvery, double rhat, double ess,
                         double leastEss, int patience, double hopeful, int learned, int epochs, int shown, double tail, double someMass, int modes, double reached,
                         double drift, double driftErrors, int compared, int mostValues) {
        static Chains standard() {
            return new Chains(256, 8, 8, 96, 3072, 48, 1, 0.3, 0.8, 0.3, 1, 16, 4, 1.01, 6000, 4000, 384, 3, 20_000, 40, 4096, 1.5, 0.02, 16, 0.005, 0.1, 3,
                    20_000, 1 << 24);
        }
    }

    /**
     * How many draws are made.
     *
     * @param least fewer cannot be judged; chosen
     * @param atFirst draws between two looks at the clock, doubled up to atATime; chosen
     * @param atATime chosen
     * @param share of the time left that may pass while draws are made: what is made of them may take longer; chosen
     * @param perResampled proposals for each resampled draw, so that few are drawn twice; chosen
     * @param mostForResampling but no more than these unless more draws are wanted; a matter of memory and time
     * @param anew whether draws of an approximation that passes are stratified ones of their own, not those that were judged
     * @param unjudged draws of a fit that nothing was judged of; chosen
     * @param unjudgedProducts multiplications for them, a tenth of a second or so; chosen
     */
    public record Proposing(int least, int atFirst, int atATime, double share, int perResampled, int mostForResampling, boolean anew,
                            int unjudged, long unjudgedProducts) {
        static Proposing standard() {
            return new Proposing(4_000, 512, 8_192, 0.4, 4, 200_000, true, 1_000, 200_000_000);
        }

        /** The number of proposals that so many draws are resampled from. */
        public int forResampling(int draws) {
            return (int) Math.max(draws, Math.min(mostForResampling, (long) perResampled * draws));
        }
    }

    /**
     * The limit of time.
     *
     * @param keptAtFirst the share of it that is kept for the judgement, as long as it is not known how long that takes; chosen
     * @param mostKept the same at the most; chosen
     * @param ofJudging a judgement's time for a draw, in that of a draw's density: values of all quantities and what is computed from
     *     them; chosen
     * @param leastKeptSeconds however fast the density is: what is not compiled yet, and what is computed from weights; chosen
     * @param lastMomentSeconds what was judged is brought to its end in this time even if the time is up; chosen
     * @param lastMomentShare or in this share of the limit; chosen
     * @param graceSeconds what may be evaluated of a fit that nothing was judged of; chosen
     */
    public record Time(double keptAtFirst, double mostKept, double ofJudging, double leastKeptSeconds, double lastMomentSeconds,
                       double lastMomentShare, double graceSeconds) {
        static Time standard() {
            return new Time(0.3, 0.5, 1.5, 0.5, 0.2, 0.05, 0.1);
        }
    }

    /**
     * What reasons are put into words by; no verdict depends on it.
     *
     * @param heaviest draws with the largest weights that tell where the approximation falls short; chosen
     * @param side a mean rank nearer to 0 or 1 than this is one side of a parameter's range; chosen
     * @param same elements at two modes that differ by less than this share of their range are the same; chosen
     * @param modes that are named; chosen
     */
    public record Words(int heaviest, double side, double same, int modes) {
        static Words standard() {
            return new Words(20, 0.1, 0.02, 4);
        }
    }

    /**
     * Leave-one-out and WAIC.
     *
     * @param least draws that they may be asked for with; chosen
     * @param fewest usual draws; chosen
     * @param most usual draws; chosen, their Monte-Carlo error is 1 % of a standard deviation
     * @param work draws times observations that are a matter of seconds; chosen
     */
    public record CrossValidation(int least, int fewest, int most, int work) {
        static CrossValidation standard() {
            return new CrossValidation(100, 1_000, 10_000, 20_000_000);
        }

        /** Draws for so many observations unless another number is asked for. */
        public int draws(int observations) {
            return Math.max(fewest, Math.min(most, work / Math.max(1, observations)));
        }
    }
}
