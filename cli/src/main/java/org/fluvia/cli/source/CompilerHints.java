package org.fluvia.cli.source;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.Diagnostic;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.PublicTypes;
import org.fluvia.dist.Distribution;
import org.fluvia.model.ModelBuilder;

/** What to do about the compiler's errors that a model's author makes first, as the compiler knows nothing of models. */
final class CompilerHints {
    private static final String CODES = "compiler.err.";
    private static final Set<String> NUMBERS = Set.of("int", "long", "float", "double");
    private static final String EXPR = Expr.class.getName();
    private static final String BUILDER = ModelBuilder.class.getName();
    private static final String CONDITION = "A condition on a parameter is Expr.where(a.lt(b), x, y).";
    private static final String NUMBER = "Expr.of(number) makes an Expr of a number.";
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

    private final UnderstoodSource source;

    private CompilerHints(UnderstoodSource source) {
        this.source = source;
    }

    /** One sentence for each kind of mistake, in the order of the errors. */
    static Set<String> of(List<? extends Diagnostic<?>> diagnostics, UnderstoodSource source) {
        CompilerHints hints = new CompilerHints(source);
        Set<String> all = new LinkedHashSet<>();
        for (Diagnostic<?> d : diagnostics) {
            TreePath at = d.getKind() == Diagnostic.Kind.ERROR ? source.at(d) : null;
            if (at != null) hints.hint(d.getCode(), at).ifPresent(all::add);
        }
        return all;
    }

    /** By the compiler's code of the error and by what stands there: its words may be others in the next JDK. */
    private Optional<String> hint(String code, TreePath at) {
        String kind = code.substring(CODES.length());
        if (kind.startsWith("operator.cant.be.applied")) return operator(at);
        if (kind.startsWith("prob.found.req")) return at.getParentPath().getLeaf() instanceof MethodInvocationTree ? argument(at) : conversion(at);
        if (kind.startsWith("cant.apply.")) return call(at);
        if (kind.startsWith("cant.ref.non.effectively.final")) {
            return Optional.of("A lambda sees only variables that are assigned once: assign the last value to another variable.");
        }
        return kind.startsWith("cant.resolve") ? missing(at) : Optional.empty();
    }

    private Optional<String> operator(TreePath at) {
        Tree first = at.getLeaf() instanceof BinaryTree b ? b.getLeftOperand() : at.getLeaf() instanceof UnaryTree u ? u.getExpression() : null;
        if (first == null) return Optional.empty();
        boolean isFirst = source.type(at, first).equals(EXPR);
        boolean isSecond = at.getLeaf() instanceof BinaryTree b && source.type(at, b.getRightOperand()).equals(EXPR);
        if (!isFirst && !isSecond) return Optional.empty();
        return Optional.of("Expr has no operators: write a.plus(b), a.minus(b), a.times(b), a.div(b), a.lt(b). "
                + (NUMBERS.contains(source.type(at, first)) ? "A number comes first as in Expr.of(1).minus(a)." : CONDITION));
    }

    private Optional<String> conversion(TreePath at) {
        String given = source.type(at, at.getLeaf());
        String wanted = source.wanted(at);
        if (given.equals(EXPR) && wanted.equals("boolean")) {
            return Optional.of("A parameter has no value yet while the model is declared, so Java cannot branch on it. " + CONDITION);
        }
        return NUMBERS.contains(given) && wanted.equals(EXPR) ? Optional.of(NUMBER) : Optional.empty();
    }

    /** An argument of another type than the only method of the name takes. */
    private Optional<String> argument(TreePath at) {
        MethodInvocationTree call = (MethodInvocationTree) at.getParentPath().getLeaf();
        TreePath method = new TreePath(at.getParentPath(), call.getMethodSelect());
        boolean isNumber = NUMBERS.contains(source.type(at, at.getLeaf()));
        return isNumber && takesExpr(name(method)) ? Optional.of(NUMBER) : declaration(method);
    }

    /** Arguments that no method of the name takes. */
    private Optional<String> call(TreePath at) {
        if (!(at.getParentPath().getLeaf() instanceof MethodInvocationTree call)) return Optional.empty();
        Optional<String> declaration = declaration(at);
        boolean hasNumber = call.getArguments().stream().anyMatch(a -> NUMBERS.contains(source.type(at.getParentPath(), a)));
        return declaration.isPresent() || !hasNumber || !takesExpr(name(at)) ? declaration : Optional.of(NUMBER);
    }

    private Optional<String> declaration(TreePath method) {
        boolean isBuilders = method.getLeaf() instanceof MemberSelectTree s && source.type(method, s.getExpression()).equals(BUILDER);
        return Optional.ofNullable(isBuilders ? DECLARATIONS.get(name(method)) : null).map(needed -> "m." + name(method) + " needs " + needed);
    }

    private Optional<String> missing(TreePath at) {
        String name = name(at);
        if (at.getParentPath().getLeaf() instanceof MethodInvocationTree call && call.getMethodSelect() == at.getLeaf()) {
            String other = OTHER_NAMES.get(name);
            if (other != null && at.getLeaf() instanceof MemberSelectTree s && source.type(at, s.getExpression()).equals(EXPR)) {
                return Optional.of("Expr has no " + name + ": " + other + ".");
            }
            return PublicTypes.besides(Expr.class).stream().filter(PublicTypes::isOfFunctions).filter(c -> hasFunction(c, name))
                    .findFirst().map(c -> "Add: import static " + c.getName() + ".*;");
        }
        return PublicTypes.besides(Expr.class).stream().filter(c -> c.getSimpleName().equals(name)).findFirst()
                .map(c -> "Add: import " + c.getName() + ";");
    }

    private static String name(TreePath at) {
        return at.getLeaf() instanceof MemberSelectTree s ? s.getIdentifier().toString()
                : at.getLeaf() instanceof IdentifierTree i ? i.getName().toString() : "";
    }

    private static boolean takesExpr(String method) {
        return PublicTypes.besides(Expr.class).stream().flatMap(c -> Arrays.stream(c.getMethods()))
                .anyMatch(m -> m.getName().equals(method) && Arrays.asList(m.getParameterTypes()).contains(Expr.class));
    }

    /** Whether a model can call it: it makes an expression or a distribution. */
    private static boolean hasFunction(Class<?> type, String name) {
        return Arrays.stream(type.getMethods()).anyMatch(m -> m.getName().equals(name)
                && (m.getReturnType() == Expr.class || m.getReturnType() == Distribution.class));
    }
}
