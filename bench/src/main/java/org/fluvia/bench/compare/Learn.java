package org.fluvia.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fluvia.bench.BenchFlow;
import org.fluvia.bench.BenchSamples;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;

/** Learning from samples, beside the peers and beside the truth: see bench/run --learn. */
public final class Learn {
    private static final List<Rival> RIVALS = List.of(new Rival("torch", "PyTorch (zuko)", true), new Rival("jax", "JAX (flowjax)", true),
            new Rival("torch", "PyTorch (zuko)", false), new Rival("jax", "JAX (flowjax)", false));

    private final SortedSet<String> versions = new TreeSet<>();
    private int rounds = 3;
    private int epochs = 60;
    private Pattern only = Pattern.compile("");

    /** A peer in a precision. */
    private record Rival(String peer, String title, boolean isDouble) {
        Setting setting() {
            return new Setting(isDouble, 1);
        }

        @Override
        public String toString() {
            return title + ", " + (isDouble ? "double" : "single");
        }
    }

    private Learn() {}

    public static void main(String[] args) throws IOException {
        Learn all = new Learn();
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--rounds" -> all.rounds = Integer.parseInt(value);
                case "--epochs" -> all.epochs = Integer.parseInt(value);
                case "--only" -> all.only = Pattern.compile(value);
                default -> {
                    System.err.println("bench/run --learn: option must be --rounds, --epochs or --only, but was " + args[i]);
                    System.exit(2);
                }
            }
        }
        Report report = Report.begin();
        List<String> besidePeers = all.besidePeers();
        List<String> besideTruth = all.besideTruth();
        if (all.only.pattern().isEmpty()) {
            report.writeLearned(besidePeers, besideTruth, all.versions, "--rounds " + all.rounds + " --epochs " + all.epochs);
        }
    }

    /** The contests whose names with the peer's match. */
    private List<String> besidePeers() throws IOException {
        List<String> rows = new ArrayList<>();
        for (BenchSamples set : BenchSamples.values()) {
            for (BenchFlow flow : flows(set)) {
                LearningContest contest = LearningContest.of(set, flow, epochs);
                List<Rival> rivals = RIVALS.stream().filter(r -> only.matcher(contest.name() + ", " + r).find()).toList();
                for (String row : rows(contest, rivals)) {
                    System.out.println(row);
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** In the plane affine layers leave too much undone to compare anything by. */
    private static List<BenchFlow> flows(BenchSamples set) {
        return set.dimension() > 2 ? List.of(BenchFlow.SPLINE_COUPLING_OF_DATA, BenchFlow.MAF_OF_DATA) : List.of(BenchFlow.SPLINE_COUPLING_OF_DATA);
    }

    /** In each round Fluvia's turn and one of each rival. */
    private List<String> rows(LearningContest contest, List<Rival> rivals) {
        if (rivals.isEmpty()) return List.of();
        List<List<LearningContest.Round>> all = new ArrayList<>();
        for (Rival rival : rivals) all.add(new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            LearningContest.Learned ours = contest.turn(Peer.fluvia(), round);
            for (int r = 0; r < rivals.size(); r++) {
                Peer peer = Peer.python(rivals.get(r).peer(), rivals.get(r).setting());
                versions.add(peer.describe());
                all.get(r).add(new LearningContest.Round(ours, contest.turn(peer, round)));
            }
        }
        List<String> rows = new ArrayList<>();
        for (int r = 0; r < rivals.size(); r++) rows.add(contest.markdown(rivals.get(r).toString(), all.get(r)));
        return rows;
    }

    /** What Fluvia learns of the sets whose density is known, by a flow that suits them and with defaults but for the number of epochs. */
    private List<String> besideTruth() throws IOException {
        List<String> rows = new ArrayList<>();
        for (BenchSamples set : BenchSamples.values()) {
            if (!set.isKnown() || !only.matcher(set.title() + ", the truth").find()) continue;
            BenchSamples.Rows known = set.rows();
            LearnedFlow flow = Learning.of(set.flow()).epochs(epochs).run(Samples.ofRows(known.training(), set.dimension()));
            double[] learned = flow.logDensity(Samples.ofRows(known.test(), set.dimension()));
            LearningContest.Learned ours = new LearningContest.Learned(learned, flow.record().seconds(), 0);
            double truth = Arrays.stream(known.truth()).average().orElseThrow();
            rows.add(String.format(Locale.ROOT, "| %s | %d | %.3f | %.3f | %+.3f +- %.3f | %.1f s |", set.title(),
                    known.training().length / set.dimension(), ours.mean(), truth, ours.mean() - truth, ours.errorOfDifference(known.truth()), ours.fit()));
            System.out.println(rows.get(rows.size() - 1));
        }
        return rows;
    }
}
