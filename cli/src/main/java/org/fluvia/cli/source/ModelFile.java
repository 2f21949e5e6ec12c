package org.fluvia.cli.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.model.ModelSource;
import org.jspecify.annotations.Nullable;

/**
 * The user's model: a class that implements {@link ModelSource}, from a source file or from the class path.
 *
 * @param name what messages call it: the file or class the user named
 * @param type the class
 * @param code tells the user's own classes from others
 * @param source its text; null if it was compiled before
 */
public record ModelFile(String name, Class<?> type, UserCode code, @Nullable String source) {

    /**
     * @param argument a .java file, or the name of a class on the class path
     * @throws UserError if there is no such thing, it does not compile, or holds no usable model
     */
    public static ModelFile of(String argument) {
        Path file = InputFiles.path("MODEL", argument);
        boolean isClassName = argument.matches("[\\p{javaJavaIdentifierPart}.]+") && !FileKinds.isKnown(file) && !Files.exists(file);
        return isClassName ? fromClassPath(argument) : fromSource(file);
    }

    private static ModelFile fromSource(Path file) {
        InputFiles.check("MODEL", file);
        FileKinds.checkModel(file);
        String source = InputFiles.source("MODEL", file);
        Map<String, byte[]> classFiles = SourceCompiler.compile(file, source, null);
        List<Class<?>> types = new MemoryClassLoader(classFiles, null).all();
        return new ModelFile(String.valueOf(file.getFileName()), choose(file, types), new UserCode(classFiles.keySet()::contains), source);
    }

    private static ModelFile fromClassPath(String className) {
        Class<?> type;
        try {
            type = Class.forName(className, false, ModelFile.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new UserError("MODEL: there is no class " + className + " on the class path, and " + className
                    + " is no .java file. Name the source file, or add the class's jar or folder to FLUVIA_CLASSPATH.", e);
        }
        if (!ModelSource.class.isAssignableFrom(type)) {
            throw new UserError("MODEL: class " + className + " must implement " + ModelSource.class.getName());
        }
        return new ModelFile(className, type, new UserCode(n -> n.equals(className) || n.startsWith(className + "$")), null);
    }

    /** The one public class of the file that implements ModelSource. */
    private static Class<?> choose(Path file, List<Class<?>> types) {
        String shouldBe = ". Declare one: public class EightSchools implements ModelSource.";
        List<Class<?>> models = types.stream()
                .filter(t -> ModelSource.class.isAssignableFrom(t) && !t.isAnonymousClass() && !t.isLocalClass()).toList();
        if (models.isEmpty()) {
            throw new UserError("MODEL: no class in " + file + " implements " + ModelSource.class.getName() + shouldBe);
        }
        List<Class<?>> open = models.stream().filter(ModelFile::isPublic).toList();
        if (open.isEmpty()) {
            throw new UserError("MODEL: class " + names(models) + " in " + file + " must be public");
        }
        if (open.size() > 1) {
            throw new UserError("MODEL: exactly one public class in " + file + " must implement ModelSource, but "
                    + names(open) + " do. Put each in a file of its own.");
        }
        return open.get(0);
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> t = type; t != null; t = t.getEnclosingClass()) {
            if (!Modifier.isPublic(t.getModifiers())) return false;
        }
        return true;
    }

    private static String names(List<Class<?>> types) {
        return types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    /**
     * The model, called as its class. What the user's code throws while it defines the model comes out as a {@link UserError}.
     *
     * @throws UserError if the class has no public constructor without arguments, or is abstract, or its constructor throws
     */
    public Model model() {
        ModelSource source = instance();
        return Model.define(type.getSimpleName(), m -> {
            Watch watch = Watch.over("define in " + name, code);
            try (watch) {
                source.define(m);
            } catch (ModelException e) {
                throw e;
            } catch (NullPointerException e) {
                if (code.threw(e)) throw code.error(e);
                throw e; // a null that was given to us: who binds the model explains it
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                throw code.error(e);
            }
        });
    }

    private ModelSource instance() {
        String className = type.getSimpleName();
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new UserError("MODEL: " + (type.isInterface() ? "interface " : "class ") + className + " in " + name
                    + " must be a class that is not abstract");
        }
        Watch watch = Watch.over("the constructor in " + name, code);
        try (watch) {
            return (ModelSource) type.getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            boolean inner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
            throw new UserError("MODEL: class " + className + " in " + name + " must " + (inner ? "be static"
                    : "have a public constructor without arguments"), e);
        } catch (InvocationTargetException e) {
            throw code.error(e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new UserError("MODEL: class " + className + " in " + name + " must be public", e);
        } catch (InstantiationException | LinkageError e) {
            throw code.error(e);
        }
    }
}
