package org.fluvia.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.fluvia.autodiff.Workers;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.FlowStep;

/** All contests by turns: see bench/run. Exit code 1 if a peer computed something else than Fluvia. */
public final class Compare {
    private static final int[] DRAWS = {32, 256, 1024};
    private static final List<Setting> SETTINGS = List.of(new Setting(true, 1), new Setting(true, 2), new Setting(false, 1),
            new Setting(false, 2));

    private final List<Row> rows = new ArrayList<>();
    private final SortedSet<String> versions = new TreeSet<>();
    private Turns turns = Turns.DEFAULT;
    private Pattern only = Pattern.compile("");

    private Compare() {}

    public static void main(String[] args) throws IOException {
        Compare all = new Compare();
        int rounds = all.turns.rounds();
        double seconds = all.turns.seconds();
        double warmUp = all.turns.warmUp();
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--seconds" -> seconds = Double.parseDouble(value);
                case "--warm-up" -> warmUp = Double.parseDouble(value);
                case "--only" -> all.only = Pattern.compile(value);
                default -> {
                    System.err.println("bench/run: option must be --quick, --profile, --jmh, --rounds, --seconds, --warm-up or --only, but was "
                            + args[i]);
                    System.exit(2);
                }
            }
        }
        all.turns = new Turns(rounds, seconds, warmUp);
        Report report = Report.begin();
        all.run();
        if (all.only.pattern().isEmpty()) report.write(all.rows, all.versions, all.turns);
        if (all.rows.stream().anyMatch(r -> r.contest() == null)) System.exit(1);
    }

    private void run() {
        threads();
        for (Setting setting : SETTINGS) {
            flows("torch", "PyTorch (zuko)", setting);
            flows("jax", "JAX (flowjax)", setting);
            numpyro(setting);
        }
        training("torch", "PyTorch (zuko)", 4);
        training("jax", "JAX (flowjax)", 1.5);
        stan();
        gemm();
    }

    private void add(String work, String peer, String setting, double target, Supplier<Contest> contest) {
        if (!wanted(work, peer, setting)) return;
        Row row;
        try {
            row = new Row(work, peer, setting, target, contest.get(), null);
        } catch (Agreement.Differs e) {
            row = new Row(work, peer, setting, target, null, e.getMessage());
        }
        rows.add(row);
        System.out.println(row.markdown());
    }

    private boolean wanted(String work, String peer, String setting) {
        return only.matcher(work + " " + peer + " " + setting).find();
    }

    private void describe(Peer peer) {
        versions.add(peer.describe());
    }

    private void threads() {
        for (int draws : DRAWS) {
            add(flowStep(draws), "Fluvia, 1 thread", "double, 2 threads", draws >= 256 ? 1.7 : 0, () -> {
                try (Workers two = Workers.of(2)) {
                    FlowStep one = FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), draws, Workers.none(), FlowStep.Derivative.TOTAL);
                    FlowStep both = FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), draws, two, FlowStep.Derivative.TOTAL);
                    Stopwatch.time(one::run, turns.warmUp());
                    return Contest.run(both::run, s -> Stopwatch.time(one::run, s), turns);
                }
            });
        }
    }

    private void gemm() {
        if (GemmWork.all().stream().noneMatch(w -> wanted(w.name(), "NumPy (OpenBLAS)", "double, 1 thread"))) return;
        try (Peer peer = Peer.python("numpy", new Setting(true, 1))) {
            describe(peer);
            for (GemmWork work : GemmWork.all()) {
                add(work.name(), "NumPy (OpenBLAS)", "double, 1 thread", 0.75,
                        () -> work.againstOpenBlas(peer, turns));
            }
        }
    }

    private void flows(String name, String title, Setting setting) {
        if (Arrays.stream(DRAWS).noneMatch(d -> wanted(flowStep(d), title, setting.toString()))) return;
        FlowContest flow = new FlowContest();
        try (Peer peer = Peer.python(name, setting)) {
            describe(peer);
            for (int draws : DRAWS) {
                add(flowStep(draws), title, setting.toString(), flowTarget(name, setting),
                        () -> flow.run(peer, setting, draws, turns));
            }
        }
    }

    /** All flows at some dimensions, in double precision on one thread. */
    private void training(String name, String title, double target) {
        Setting setting = new Setting(true, 1);
        List<TrainingContest> contests = TrainingContest.all().stream()
                .filter(c -> wanted(c.name(), title, setting.toString())).toList();
        if (contests.isEmpty()) return;
        try (Peer peer = Peer.python(name, setting)) {
            describe(peer);
            for (TrainingContest c : contests) {
                add(c.name(), title, setting.toString(), target, () -> c.run(peer, setting, turns));
            }
        }
    }

    private static String flowStep(int draws) {
        return "flow step, " + draws + " draws";
    }

    private static String gradient(BenchModel model) {
        return "gradient, " + model.program();
    }

    private static double flowTarget(String peer, Setting setting) {
        if (setting.threads() > 1) return 0;
        if (peer.equals("torch")) return setting.isDouble() ? 8 : 0;
        return setting.isDouble() ? 2 : 1;
    }

    private void numpyro(Setting setting) {
        String title = "JAX (NumPyro)";
        if (Arrays.stream(BenchModel.values()).noneMatch(m -> wanted(gradient(m), title, setting.toString()))) return;
        try (Peer peer = Peer.python("jax", setting)) {
            describe(peer);
            for (BenchModel model : BenchModel.values()) {
                GradientContest contest = new GradientContest(model);
                add(gradient(model), title, setting.toString(), 0,
                        () -> contest.againstNumpyro(peer, setting, turns));
            }
        }
    }

    private void stan() {
        for (BenchModel model : BenchModel.values()) {
            GradientContest contest = new GradientContest(model);
            List<String> programs = new ArrayList<>(List.of(model.program()));
            if (model == BenchModel.NES1972) programs.add("nes1972_glm");
            for (String program : programs) {
                add(gradient(model), "Stan (" + program + ".stan)", "double, 1 thread", 5, () -> {
                    try (Peer peer = Peer.stan(program)) {
                        return contest.againstStan(peer, turns);
                    }
                });
            }
        }
    }
}
