package org.fluvia.vi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.tape.Tape;
import org.fluvia.file.Frame;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;
import org.fluvia.model.Dimension;
import org.fluvia.model.Quantity;
import org.fluvia.text.Shown;
import org.fluvia.text.Version;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.draws.NamedDraws;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.recorded.RecordedPosterior;
import org.jspecify.annotations.Nullable;

/** Makes a posterior of a file, of which nothing is taken for true. */
final class PosteriorReader {
    /** What another version may be off, whose sums may have another order. */
    private static final double ROUNDING = 1e-6;

    private final Frame frame;
    private final Map<String, @Nullable Object> header;

    PosteriorReader(Frame frame) {
        this.frame = frame;
        this.header = frame.header();
    }

    SavedPosterior posterior() throws Refused {
        String kind = text("kind");
        if (!kind.equals(PosteriorWriter.KIND)) throw new Refused("it holds a " + Shown.text(kind) + " and no posterior");
        int count = (int) Header.whole(header.get("count"), "count", 1, Integer.MAX_VALUE);
        double[] draws = section(PosteriorWriter.DRAWS);
        List<String> supports = new ArrayList<>();
        List<Quantity> quantities = quantities(draws.length, count, supports);
        double effective = number("effective");
        if (!(effective >= 0)) throw new Refused("its header has effective " + effective);
        double seconds = number("seconds");
        if (!(seconds >= 0)) throw new Refused("its header has seconds " + seconds);
        DMatrixRMaj values = DMatrixRMaj.wrap(draws.length / count, count, draws);
        PosteriorDraws.Kept kept = new PosteriorDraws.Kept(text("model"), assessment(), NamedDraws.of("posterior", quantities, values),
                ofEachDraw(PosteriorWriter.LOG_DENSITY, count), ofEachDraw(PosteriorWriter.LOG_APPROXIMATION, count), effective,
                Header.whole(header.get("seed"), "seed", Long.MIN_VALUE, Long.MAX_VALUE), seconds, Optional.ofNullable(textOrNull("limit_hit")));
        Map<String, String> lacking = lacking(quantities, supports.size());
        SavedPosterior.About about = new SavedPosterior.About(text("version"), textOrNull("model_sha256"), text("data_sha256"), texts("warnings"),
                texts("notes"), List.copyOf(supports), lacking);
        RecordedPosterior recorded = header.get("operations") == null ? null : recorded(quantities, supports.size(), lacking);
        Loo loo = header.get(PosteriorWriter.LOO) == null ? null
                : LooSection.read(header.get(PosteriorWriter.LOO), section(PosteriorWriter.LOO), kept.modelName());
        return new SavedPosterior(kept, about, recorded, loo);
    }

    /** @param supports gains those of the parameters */
    private List<Quantity> quantities(int numbers, int count, List<String> supports) throws Refused {
        List<Quantity> all = new ArrayList<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        long left = numbers / count;
        for (Object each : Header.list(header.get("quantities"), "quantities")) {
            Map<String, @Nullable Object> one = Header.object(each, "quantities");
            String name = Header.text(one.get("name"), "the name of a quantity");
            Shape s = ShapeTree.read(one.get("shape"), name, "quantity");
            left -= s.size();
            if (left < 0) throw new Refused("its draws are fewer than their shapes say");
            if (shapes.put(name, s) != null) throw new Refused("it has two quantities called " + Shown.text(name));
            all.add(quantity(name, s, Header.texts(one.get("axes"), "the axes of " + name)));
            if (one.get("support") == null) continue;
            if (supports.size() < all.size() - 1) throw new Refused("its parameters are not before what is derived");
            supports.add(Header.text(one.get("support"), "the support of " + name));
        }
        if (left != 0 || numbers % count != 0) throw new Refused("its draws are more than their shapes say");
        return all;
    }

    private Quantity quantity(String name, Shape shape, List<String> along) throws Refused {
        List<Dimension> axes = new ArrayList<>();
        try {
            for (String dimension : along) {
                axes.add(new Dimension(dimension, Header.texts(Header.object(header.get("dimensions"), "dimensions").get(dimension), dimension)));
            }
            return new Quantity(name, Expr.perDraw(name, shape), axes);
        } catch (IllegalArgumentException e) {
            throw new Refused("its header says what cannot be (" + Shown.text(String.valueOf(e.getMessage())) + ")");
        }
    }

    private Assessment assessment() throws Refused {
        Map<String, @Nullable Object> a = Header.object(header.get("assessment"), "assessment");
        String verdict = Header.text(a.get("verdict"), "verdict");
        Verdict known = Arrays.stream(Verdict.values()).filter(v -> v.name().equals(verdict)).findFirst()
                .orElseThrow(() -> new Refused("its verdict is " + Shown.text(verdict) + ", which this version does not know"));
        return new Assessment(known, List.copyOf(Header.texts(a.get("reasons"), "reasons")), Header.number(a.get("khat"), "khat"),
                Header.number(a.get("ess"), "ess"), (int) Header.whole(a.get("proposals"), "proposals", 0, Integer.MAX_VALUE),
                estimate(a.get("elbo"), "elbo"), estimate(a.get("log_evidence"), "log_evidence"),
                (int) Header.whole(a.get("not_finite"), "not_finite", 0, Integer.MAX_VALUE), Header.number(a.get("rhat"), "rhat"));
    }

    private static Estimate estimate(@Nullable Object tree, String name) throws Refused {
        Map<String, @Nullable Object> e = Header.object(tree, name);
        try {
            return new Estimate(Header.number(e.get("value"), name), Header.number(e.get("standard_error"), name));
        } catch (IllegalArgumentException wrong) {
            throw new Refused("its header says what cannot be (" + wrong.getMessage() + ")");
        }
    }

    private Map<String, String> lacking(List<Quantity> quantities, int parameters) throws Refused {
        Map<String, String> lacking = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> e : Header.object(header.get("lacking"), "lacking").entrySet()) {
            int place = quantities.stream().map(Quantity::name).toList().indexOf(e.getKey());
            boolean isParameter = place < parameters && header.get("operations") != null;
            if (place < 0 || isParameter) throw new Refused("its header has " + Shown.text(e.getKey()) + " as lacking");
            lacking.put(e.getKey(), Header.text(e.getValue(), "lacking"));
        }
        return lacking;
    }

    private RecordedPosterior recorded(List<Quantity> quantities, int parameters, Map<String, String> lacking) throws Refused {
        Tape tape = new Tape(Header.texts(header.get("operations"), "operations"), section(PosteriorWriter.PROGRAM));
        List<Shape> shapes = quantities.stream().filter(q -> !lacking.containsKey(q.name())).map(Quantity::shape).toList();
        boolean weighted = Boolean.TRUE.equals(header.get("weighted"));
        RecordedPosterior made = RecordedPosterior.of(tape, shapes, parameters, weighted, PosteriorWriter.elements(PosteriorWriter.numbers(frame.sections())));
        double[] now;
        try {
            now = PosteriorWriter.tried(made, shapes.subList(0, parameters));
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new Refused("its program cannot be run (" + Shown.text(String.valueOf(e.getMessage())) + ")");
        }
        double[] then = section(PosteriorWriter.TRIED);
        String version = text("version");
        double off = version.equals(Version.ours()) ? 0 : ROUNDING;
        boolean same = now.length == then.length;
        for (int i = 0; same && i < now.length; i++) {
            same = Double.compare(now[i], then[i]) == 0 || Math.abs(now[i] - then[i]) <= off * (1 + Math.abs(then[i]));
        }
        if (!same) {
            throw new Refused("its draws come out otherwise than when it was written, by Fluvia " + Shown.text(version) + ": this version is "
                    + Version.ours());
        }
        return made;
    }

    private double[] ofEachDraw(String name, int count) throws Refused {
        double[] all = section(name);
        if (all.length != count) throw new Refused("its section " + name + " has " + all.length + " numbers for " + count + " draws");
        return all;
    }

    private double[] section(String name) throws Refused {
        double[] values = frame.sections().get(name);
        if (values == null) throw new Refused("it has no section " + name);
        return values;
    }

    private String text(String name) throws Refused {
        return Header.text(header.get(name), name);
    }

    private @Nullable String textOrNull(String name) throws Refused {
        return header.get(name) == null ? null : text(name);
    }

    private double number(String name) throws Refused {
        return Header.number(header.get(name), name);
    }

    private List<String> texts(String name) throws Refused {
        return List.copyOf(Header.texts(header.get(name), name));
    }
}
