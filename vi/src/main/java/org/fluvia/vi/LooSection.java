package org.fluvia.vi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;
import org.fluvia.model.Quantity;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.ObservedData;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.jspecify.annotations.Nullable;

/** Cross-validation in the file of a posterior: a part of the header, and numbers for each observation. */
final class LooSection {
    /** Those of an observation, before what was observed. */
    private static final int FIGURES = 6;

    private LooSection() {}

    static Map<String, Object> header(Loo loo, List<ObservedData> observed) {
        List<Map<String, Object>> data = new ArrayList<>();
        for (ObservedData o : observed) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", o.name());
            one.put("shape", ShapeTree.of(o.observations()));
            data.add(one);
        }
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("draws", loo.draws());
        header.put("monte_carlo_error", loo.monteCarloError());
        header.put("notes", loo.notes());
        header.put("observed", data);
        return header;
    }

    /** Of each observation its figures, then how many numbers it is, and these. */
    static double[] numbers(Loo loo) {
        List<Double> all = new ArrayList<>();
        for (PointwiseLoo p : loo.pointwise()) {
            all.addAll(List.of(p.elpd(), p.monteCarloError(), p.effectiveParameters(), p.khat(), p.ess(), (double) p.observed().size()));
            all.addAll(p.observed());
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static Loo read(@Nullable Object tree, double[] numbers, String model) throws Refused {
        Map<String, @Nullable Object> header = Header.object(tree, PosteriorWriter.LOO);
        List<PointwiseLoo> points = new ArrayList<>();
        int at = 0;
        for (String name : names(Header.list(header.get("observed"), "observed"), numbers.length / FIGURES)) {
            int size = at + FIGURES <= numbers.length ? (int) numbers[at + FIGURES - 1] : -1;
            if (size < 0 || size > numbers.length - at - FIGURES || numbers[at + FIGURES - 1] != size) throw damaged();
            List<Double> observed = new ArrayList<>();
            for (int i = 0; i < size; i++) observed.add(numbers[at + FIGURES + i]);
            points.add(new PointwiseLoo(name, observed, numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], numbers[at + 4]));
            at += FIGURES + size;
        }
        if (at != numbers.length || points.isEmpty()) throw damaged();
        return Loo.of(model, Header.number(header.get("monte_carlo_error"), "monte_carlo_error"),
                (int) Header.whole(header.get("draws"), "draws", 1, Integer.MAX_VALUE), points, Header.texts(header.get("notes"), "notes"));
    }

    /** The names of the observations, at most so many. */
    private static List<String> names(List<?> observed, int most) throws Refused {
        List<String> names = new ArrayList<>();
        for (Object each : observed) {
            Map<String, @Nullable Object> one = Header.object(each, "observed");
            String name = Header.text(one.get("name"), "observed");
            Shape s = ShapeTree.read(one.get("shape"), name, "observation");
            if (s.size() > most - names.size()) throw damaged();
            names.addAll(new Quantity(name, Expr.perDraw(name, s)).elementNames());
        }
        return names;
    }

    private static Refused damaged() {
        return new Refused("its section loo does not have the numbers of its observations");
    }
}
