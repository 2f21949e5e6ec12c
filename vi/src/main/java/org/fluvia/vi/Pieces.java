package org.fluvia.vi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fluvia.file.Frame;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;
import org.fluvia.file.Sha256;
import org.fluvia.flows.training.Resumable;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.density.BrokenDraws;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of work of a fit whose states a checkpoint has. A fit is a function of its key, so one that is run again comes by the same pieces in the
 * same order: where a piece is at its beginning as it was then, its state can be put back. What lies between pieces is done again. Belongs to one thread.
 */
final class Pieces {
    /** A piece that ended sooner is done again, rather than kept; chosen. */
    private static final double LEAST_SECONDS = 0.5;
    /** Writing takes at most the inverse of this of the time; chosen. */
    private static final double COST = 50;
    /** Of the memory, which a state may take besides the fit: larger ones are not kept; chosen. */
    private static final double SHARE = 0.1;
    private static final double NANO = 1e-9;

    /**
     * @param beginning of its state before the first step, a hash
     * @param seconds of the fit by then
     * @param cut the stage that the limit had cut by then
     */
    private record Piece(String beginning, double seconds, @Nullable String cut, BrokenDraws.Noted broken, double[] numbers) {}

    private final Checkpoint checkpoint;
    private final String key;
    private final Budget budget;
    private final BrokenDraws broken;
    private final TreeMap<Integer, Piece> pieces = new TreeMap<>();
    private final boolean resumed;
    private int number = -1;
    private @Nullable Resumable work;
    private String beginning = "";
    private double began;
    private long written = System.nanoTime();
    private double secondsOfWriting;

    Pieces(Checkpoint checkpoint, String key, Budget budget, BrokenDraws broken) {
        this.checkpoint = checkpoint;
        this.key = key;
        this.budget = budget;
        this.broken = broken;
        resumed = read();
    }

    /** Whether there was a checkpoint of this fit. */
    boolean isResumed() {
        return resumed;
    }

    /** See {@link org.fluvia.flows.training.Stage#resume}. */
    boolean resume(Resumable next) {
        if (next != work) {
            work = next;
            number++;
            beginning = hash(Noting.of(next));
            began = budget.seconds();
        }
        Piece piece = pieces.get(number);
        if (piece == null) return false;
        if (!piece.beginning.equals(beginning)) { // a limit of time had cut something before it
            pieces.tailMap(number, true).clear();
            return false;
        }
        next.state(new PutBack(piece.numbers));
        broken.putBack(piece.broken);
        budget.resume(piece.seconds, piece.cut);
        return true;
    }

    /** See {@link org.fluvia.flows.training.Stage#keep}. */
    void keep(Resumable now, boolean hasEnded) {
        double since = (System.nanoTime() - written) * NANO;
        boolean isDue = since >= Math.max(checkpoint.every().toNanos() * NANO, COST * secondsOfWriting);
        if (!isDue && !(hasEnded && budget.seconds() - began >= LEAST_SECONDS)) return;
        if (Double.BYTES * (double) Noting.size(now) > SHARE * Runtime.getRuntime().maxMemory()) return; // the last one is gone on from
        pieces.put(number, new Piece(beginning, budget.seconds(), budget.limitHit().orElse(null), broken.noted(), Noting.of(now)));
        if (!isDue) return;
        long begin = System.nanoTime();
        write();
        written = System.nanoTime();
        secondsOfWriting = (written - begin) * NANO;
    }

    private static String hash(double[] numbers) {
        MessageDigest digest = Sha256.digest();
        Sha256.update(digest, numbers, numbers.length);
        return Sha256.hex(digest);
    }

    private void write() {
        List<Map<String, @Nullable Object>> announced = new ArrayList<>();
        Map<String, double[]> sections = new LinkedHashMap<>();
        pieces.forEach((n, piece) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("number", n);
            one.put("beginning", piece.beginning);
            one.put("seconds", piece.seconds);
            one.put("cut", piece.cut);
            List<Object> stages = new ArrayList<>();
            piece.broken.byStage().forEach((stage, counts) -> stages.add(List.of(stage, counts[0], counts[1])));
            one.put("broken", stages);
            one.put("first", piece.broken.first());
            one.put("gradient", piece.broken.gradientNote());
            announced.add(one);
            sections.put(String.valueOf(n), piece.numbers);
        });
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("kind", Checkpoint.KIND);
        header.put("key", key);
        header.put("command", checkpoint.command());
        header.put("pieces", announced);
        try {
            Path folder = checkpoint.file().toAbsolutePath().getParent();
            if (folder != null) Files.createDirectories(folder);
            new Frame(header, sections).write(checkpoint.file());
        } catch (IOException e) {
            throw new CheckpointException("checkpoint " + checkpoint.file() + ": cannot be written (" + e.getMessage() + "). See that there is room, and run the"
                    + " same fit again: it goes on from the last one that was written.", e);
        }
    }

    /** Whether there is one of this fit; any other file counts as none. */
    private boolean read() {
        try {
            Frame frame = Frame.read(checkpoint.file());
            if (!key.equals(frame.header().get("key"))) return false;
            for (Object each : Header.list(frame.header().get("pieces"), "pieces")) {
                Map<String, @Nullable Object> one = Header.object(each, "a piece");
                int n = (int) Header.whole(one.get("number"), "its number", 0, Integer.MAX_VALUE);
                double[] numbers = frame.sections().get(String.valueOf(n));
                if (numbers == null) throw new Refused("piece " + n + " has no section");
                Map<String, long[]> stages = new LinkedHashMap<>();
                for (Object stage : Header.list(one.get("broken"), "broken")) {
                    List<?> counts = Header.list(stage, "the draws of a stage");
                    if (counts.size() != 3) throw new Refused("the draws of a stage are not three");
                    long unknown = Header.whole(counts.get(1), "its draws", 0, Long.MAX_VALUE);
                    long draws = Header.whole(counts.get(2), "its draws", 0, Long.MAX_VALUE);
                    stages.put(Header.text(counts.get(0), "a stage"), new long[] {unknown, draws});
                }
                pieces.put(n, new Piece(Header.text(one.get("beginning"), "beginning"), Header.number(one.get("seconds"), "seconds"), text(one, "cut"),
                        new BrokenDraws.Noted(stages, text(one, "first"), text(one, "gradient")), numbers));
            }
            return true;
        } catch (IOException | Refused e) {
            pieces.clear();
            return false;
        }
    }

    private static @Nullable String text(Map<String, @Nullable Object> piece, String name) throws Refused {
        return piece.get(name) == null ? null : Header.text(piece.get(name), name);
    }
}
