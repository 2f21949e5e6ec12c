package org.fluvia.cli;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.PublicTypes;
import org.fluvia.dist.Distribution;
import org.fluvia.model.ModelBuilder;
import org.fluvia.support.Support;

/** What to do about the compiler's errors that a model's author makes first, as the compiler knows nothing of models. */
final class CompilerHints {
    private static final Pattern METHOD = Pattern.compile("symbol: +method (\\w+)\\(");
    private static final Pattern CLASS = Pattern.compile("symbol: +(?:class|variable) (\\w+)");
    private static final Pattern NUMBER_FIRST = Pattern.compile("first type: +(?:int|long|float|double)\\b");
    private static final String EXPR = Expr.class.getName();
    private static final String BUILDER = ModelBuilder.class.getName();
    private static final String CONDITION = "A condition on a parameter is Expr.where(a.lt(b), x, y).";
    /** What the builder's methods need besides a name. */
    private static final Map<String, String> DECLARATIONS = Map.of(
            "parameter", "a support: m.parameter(\"a\", Support.real()), or with sizes m.parameter(\"a\", Support.positive(), 3).",
            "sample", "a distribution: m.sample(\"a\", normal(0, 1)), or with sizes m.sample(\"a\", normal(0, 1), 3).",
            "observe", "a distribution: m.observe(\"y\", normal(mu, 1)).",
            "predict", "a distribution: m.predict(\"y_new\", normal(mu, 1)).",
            "derive", "an expression: m.derive(\"b\", a.times(2)).",
            "logDensity", "an Expr: m.logDensity(a.square().times(-0.5)).");
    /** What other libraries call the operations of Expr. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "gt", "a > b is b.lt(a)", "add", "a + b is a.plus(b)", "sub", "a - b is a.minus(b)", "subtract", "a - b is a.minus(b)",
            "mul", "a * b is a.times(b)", "multiply", "a * b is a.times(b)", "divide", "a / b is a.div(b)",
            "neg", "-a is a.unaryMinus()", "negate", "-a is a.unaryMinus()");

    private CompilerHints() {}

    /** One sentence for each kind of mistake, in the order of the errors. */
    static Set<String> of(List<? extends Diagnostic<?>> diagnostics) {
        Set<String> hints = new LinkedHashSet<>();
        for (Diagnostic<?> d : diagnostics) {
            if (d.getKind() == Diagnostic.Kind.ERROR) {
                hint(String.valueOf(d.getCode()), d.getMessage(Locale.ENGLISH)).ifPresent(hints::add);
            }
        }
        return hints;
    }

    private static Optional<String> hint(String code, String message) {
        if (code.contains("operator.cant.be.applied") && message.contains(EXPR)) {
            return Optional.of("Expr has no operators: write a.plus(b), a.minus(b), a.times(b), a.div(b), a.lt(b). "
                    + (NUMBER_FIRST.matcher(message).find() ? "A number comes first as in Expr.of(1).minus(a)." : CONDITION));
        }
        if (message.contains(EXPR + " cannot be converted to boolean")) {
            return Optional.of("A parameter has no value yet while the model is declared, so Java cannot branch on it. " + CONDITION);
        }
        if (code.contains("cant.apply.symbol") && message.contains(BUILDER)) {
            return DECLARATIONS.entrySet().stream().filter(e -> message.contains(" " + e.getKey() + " in class " + BUILDER)
                    || message.contains(" " + e.getKey() + "(") || message.contains("ModelBuilder." + e.getKey() + "(")).findFirst()
                    .map(e -> "m." + e.getKey() + " needs " + e.getValue());
        }
        if (message.contains("cannot be converted to " + Support.class.getName())) {
            return Optional.of("m.parameter needs " + DECLARATIONS.get("parameter"));
        }
        if (message.contains("double cannot be converted to " + EXPR) || message.contains("int cannot be converted to " + EXPR)) {
            return Optional.of("Expr.of(number) makes an Expr of a number.");
        }
        if (message.contains("effectively final")) {
            return Optional.of("A lambda sees only variables that are assigned once: assign the last value to another variable.");
        }
        return code.contains("cant.resolve") ? missing(message) : Optional.empty();
    }

    private static Optional<String> missing(String message) {
        Matcher method = METHOD.matcher(message);
        if (method.find()) {
            String other = OTHER_NAMES.get(method.group(1));
            if (other != null && message.contains(EXPR)) return Optional.of("Expr has no " + method.group(1) + ": " + other + ".");
            return PublicTypes.besides(Expr.class).stream().filter(PublicTypes::isOfFunctions).filter(c -> hasFunction(c, method.group(1)))
                    .findFirst().map(c -> "Add: import static " + c.getName() + ".*;");
        }
        Matcher type = CLASS.matcher(message);
        if (!type.find()) return Optional.empty();
        return PublicTypes.besides(Expr.class).stream().filter(c -> c.getSimpleName().equals(type.group(1))).findFirst()
                .map(c -> "Add: import " + c.getName() + ";");
    }

    /** Whether a model can call it: it makes an expression or a distribution. */
    private static boolean hasFunction(Class<?> type, String name) {
        return Arrays.stream(type.getMethods()).anyMatch(m -> m.getName().equals(name)
                && (m.getReturnType() == Expr.class || m.getReturnType() == Distribution.class));
    }
}
