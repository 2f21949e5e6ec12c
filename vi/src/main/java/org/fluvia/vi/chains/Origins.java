package org.fluvia.vi.chains;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.vi.approximation.BaseSpace;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.ladder.Ground;
import org.fluvia.vi.plan.FitPlan;

/** The points at which superchains begin, one each. */
final class Origins {
    private Origins() {}

    /**
     * Most are draws of the approximation, as they are or resampled by their weights in turn, some those that it covers least, of the particles and of more
     * resampled draws: chains that begin in no tail may not come to it for long, and not know.
     */
    static List<double[]> of(Judgement judged, BaseSpace space, Ground ground) {
        FitPlan.Chains plan = ground.plan().chains();
        int count = count(plan);
        Proposals proposals = judged.draws().proposals();
        double[] ratios = judged.draws().mixtureRatios();
        SplittableRandom random = new SplittableRandom(SplitMix.at(ground.seeds().chains(), 1));
        double[] weights = judged.draws().weights().logWeights();
        IntStream shown = Arrays.stream(Resampling.systematic(weights, plan.shown(), random::nextDouble)).distinct();
        List<double[]> some = Stream.concat(judged.particles().stream(), shown.mapToObj(proposals::draw)).toList();
        List<double[]> points = new ArrayList<>(leastCovered(some, space, ground.target(), plan));
        IntStream plain = IntStream.range(0, judged.elbo().draws()).filter(j -> Double.isFinite(ratios[j])).limit((count - points.size()) / 2);
        plain.mapToObj(proposals::draw).forEach(points::add);
        int[] weighted = Resampling.systematic(weights, count - points.size(), random::nextDouble);
        Arrays.stream(weighted).mapToObj(proposals::draw).forEach(points::add);
        return points;
    }

    /** Most are where one chain of each superchain ended, some the draws of all chains that what has learned them covers least. */
    static List<double[]> next(Proposals draws, BaseSpace space, Ground ground) {
        FitPlan.Chains plan = ground.plan().chains();
        int stride = Math.max(1, draws.count() / plan.shown());
        List<double[]> some = IntStream.range(0, draws.count() / stride).mapToObj(j -> draws.draw(j * stride)).toList();
        List<double[]> points = new ArrayList<>(leastCovered(some, space, ground.target(), plan));
        int from = draws.count() - plan.chains();
        IntStream.range(points.size(), count(plan)).mapToObj(g -> draws.draw(from + g * plan.together())).forEach(points::add);
        return points;
    }

    /** The chains of a superchain at its point: dimension x chains. */
    static DMatrixRMaj repeated(List<double[]> points, int together) {
        return columns(IntStream.range(0, points.size() * together).mapToObj(j -> points.get(j / together)).toList());
    }

    private static int count(FitPlan.Chains plan) {
        return plan.chains() / plan.together();
    }

    private static List<double[]> leastCovered(List<double[]> some, BaseSpace space, Target target, FitPlan.Chains plan) {
        DMatrixRMaj z = columns(some);
        target.evaluate(z);
        double[] logP = Arrays.copyOf(target.logDensities(), z.numCols);
        double[] logQ = space.of(z).logQ();
        return IntStream.range(0, z.numCols).filter(j -> Double.isFinite(logP[j]) && Double.isFinite(logQ[j])).boxed()
                .sorted(Comparator.comparingDouble(j -> logQ[j] - logP[j])).limit(plan.leastCovered()).map(some::get).toList();
    }

    private static DMatrixRMaj columns(List<double[]> points) {
        DMatrixRMaj z = new DMatrixRMaj(points.get(0).length, points.size());
        for (int j = 0; j < z.numCols; j++) {
            for (int i = 0; i < z.numRows; i++) z.set(i, j, points.get(j)[i]);
        }
        return z;
    }
}
