package org.fluvia.vi.recorded;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.tape.Tape;
import org.fluvia.file.Refused;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.RecordedApproximation;

/**
 * Puts an approximation on a tape, from noise to all that is reported, and from constrained values of parameters to its density there. Base,
 * flow, affine map, levels' coordinates, supports and derived values are all a part of what is computed, and none of them has a name there.
 *
 * @param tape its inputs are the noise, then each parameter; its outputs each of {@code drawn}, log q of the draw, the values of each parameter
 *     that its unconstrained ones come from, log q on the constrained scale, and where it is asked for the model's log-density of the draw
 * @param drawn the quantities that new draws have, in order: all parameters, then derived values
 * @param lacking why new draws have no others, by name
 */
public record PosteriorTape(Tape tape, List<String> drawn, Map<String, String> lacking) {
    /**
     * Of an approximation, in the coordinates of its model.
     *
     * @param reported parameters, then derived values
     * @param withDensity whether new draws have the model's log-density, and so the tape what that is made of, the data
     * @throws Refused if it is not made of what a tape can have
     */
    public static PosteriorTape of(Approximation q, List<Quantity> reported, boolean withDensity) throws Refused {
        RecordedApproximation recorded = q.recorded().orElseThrow(() -> new Refused("the approximation is of a kind that a file cannot hold"));
        BoundModel model = q.model();
        Expr u = model.unconstrained();
        Map<String, Expr> values = new LinkedHashMap<>();
        for (Quantity p : model.parameters()) values.put(p.name(), Expr.perDraw(p.name(), p.shape()));

        Expr centring = model.logAbsDetCentring();
        Expr jacobian = model.logAbsDetJacobian();
        Expr unconstrained = model.unconstrainedAt(values);
        List<Expr> ofDraw = new ArrayList<>(List.of(centring));
        if (withDensity) ofDraw.add(model.logDensityUnconstrained());
        reported.forEach(r -> ofDraw.add(r.value()));
        Map<Expr, Expr> atDraw = at(ofDraw, u, recorded.draw());
        List<Expr> ofPoint = new ArrayList<>(List.of(jacobian));
        model.parameters().forEach(p -> ofPoint.add(p.value()));
        Map<Expr, Expr> atPoint = at(ofPoint, u, unconstrained);

        List<Expr> outputs = new ArrayList<>();
        List<String> drawn = new ArrayList<>();
        Map<String, String> lacking = new LinkedHashMap<>();
        for (Quantity r : reported) {
            Expr made = requireNonNull(atDraw.get(r.value()));
            Optional<String> obstacle = values.containsKey(r.name()) ? Optional.empty() : Tape.obstacle(made);
            obstacle.ifPresentOrElse(o -> lacking.put(r.name(), o), () -> {
                drawn.add(r.name());
                outputs.add(made);
            });
        }
        // in the coordinates that the model was declared in, as those of the draws that are kept
        Expr centringOfDraw = requireNonNull(atDraw.get(centring));
        outputs.add(recorded.logDrawDensity().minus(centringOfDraw));
        for (Quantity p : model.parameters()) outputs.add(requireNonNull(atPoint.get(p.value())));
        Expr logDensity = Expr.substitute(List.of(recorded.logDensity()), Map.of(recorded.point(), unconstrained)).get(0);
        outputs.add(logDensity.minus(requireNonNull(atPoint.get(jacobian))));
        if (withDensity) outputs.add(requireNonNull(atDraw.get(model.logDensityUnconstrained())).minus(centringOfDraw));
        List<Expr> all = outputs.stream().map(Expr::repeatedOverDraws).toList();
        Optional<String> obstacle = all.stream().flatMap(x -> Tape.obstacle(x).stream()).findFirst();
        if (obstacle.isPresent()) throw new Refused("the approximation is made of what a file cannot hold, " + obstacle.get());
        List<Expr> inputs = new ArrayList<>(List.of(recorded.noise()));
        inputs.addAll(values.values());
        return new PosteriorTape(Tape.of(inputs, all, recorded.weights()), List.copyOf(drawn), lacking);
    }

    /** Each value as it is there; all at once, so that what they have in common is on the tape once. */
    private static Map<Expr, Expr> at(List<Expr> values, Expr from, Expr to) {
        List<Expr> all = values.stream().distinct().toList();
        List<Expr> there = Expr.substitute(all, Map.of(from, to));
        return IntStream.range(0, all.size()).boxed().collect(Collectors.toMap(all::get, there::get));
    }
}
