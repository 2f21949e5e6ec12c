package org.fluvia.cli.source;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** A source that does not compile, so far as the compiler understands it: what stands at the place of an error, and of which type. */
final class UnderstoodSource {
    private final Trees trees;
    private final List<CompilationUnitTree> units = new ArrayList<>();

    private UnderstoodSource(Trees trees) {
        this.trees = trees;
    }

    /** @param task fresh, of the source alone */
    static UnderstoodSource of(JavacTask task) throws IOException {
        UnderstoodSource source = new UnderstoodSource(Trees.instance(task));
        task.parse().forEach(source.units::add);
        task.analyze();
        return source;
    }

    /** The innermost expression or name that an error is about, or null where it is about something else. */
    @Nullable TreePath at(Diagnostic<?> d) {
        SourcePositions positions = trees.getSourcePositions();
        TreePath[] found = {null};
        for (CompilationUnitTree unit : units) {
            new TreePathScanner<Void, Void>() {
                @Override
                public Void scan(Tree tree, Void nothing) {
                    Void result = super.scan(tree, nothing); // the innermost comes first
                    if (found[0] == null && tree != null && positions.getStartPosition(unit, tree) == d.getStartPosition()
                            && positions.getEndPosition(unit, tree) == d.getEndPosition()) {
                        found[0] = new TreePath(getCurrentPath(), tree);
                    }
                    return result;
                }
            }.scan(new TreePath(unit), null);
        }
        return found[0];
    }

    /** The name of the type of a part of what stands at a path, "double" or "org.fluvia.autodiff.Expr"; empty where it is not known. */
    String type(TreePath path, Tree part) {
        TypeMirror type = trees.getTypeMirror(part == path.getLeaf() ? path : new TreePath(path, part));
        // an expression that is refused where it stands has a type of its own all the same
        TypeMirror own = type instanceof ErrorType refused ? trees.getOriginalType(refused) : type;
        return own == null ? "" : String.valueOf(own.getKind() == TypeKind.NONE ? type : own);
    }

    /** The name of the type that the place of an expression asks for, if it is no argument; empty where it is not known. */
    String wanted(TreePath expression) {
        TreePath around = expression.getParentPath();
        if (around == null) return "";
        Tree inner = expression.getLeaf();
        Tree outer = around.getLeaf();
        if (outer instanceof IfTree || outer instanceof WhileLoopTree || outer instanceof DoWhileLoopTree
                || outer instanceof ForLoopTree f && f.getCondition() == inner
                || outer instanceof ConditionalExpressionTree c && c.getCondition() == inner) return "boolean";
        if (outer instanceof ParenthesizedTree || outer instanceof ConditionalExpressionTree) return wanted(around);
        if (outer instanceof VariableTree v) return v.getType() == null ? "" : type(around, v.getType());
        if (outer instanceof AssignmentTree a) return type(around, a.getVariable());
        if (!(outer instanceof ReturnTree)) return "";
        for (TreePath p = around; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof MethodTree m) return type(p, m.getReturnType());
        }
        return "";
    }
}
