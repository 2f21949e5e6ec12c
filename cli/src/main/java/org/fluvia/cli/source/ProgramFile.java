package org.fluvia.cli.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fluvia.model.ModelException;

/** A program of the user's: a source file with a main method, and what it uses of the sources and files of its folder. */
public final class ProgramFile {
    private final Method main;
    private final UserCode code;

    private ProgramFile(Method main, UserCode code) {
        this.main = main;
        this.code = code;
    }

    /**
     * @param argument a .java file
     * @throws UserError if there is no such file, it does not compile, or has no main method
     */
    public static ProgramFile of(String argument) {
        Path file = InputFiles.path("PROGRAM", argument);
        InputFiles.check("PROGRAM", file);
        if (!FileKinds.isSource(file)) throw new UserError("PROGRAM: " + file + " must be a Java source file, with a name that ends in .java.");
        String text = InputFiles.source("PROGRAM", file);
        Path sources = SourceCompiler.sourceFolder(file, text);
        Map<String, byte[]> classFiles = SourceCompiler.compile(file, text, sources);
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        List<Method> found = new MemoryClassLoader(classFiles, sources).all().stream().filter(type -> type.getSimpleName().equals(name))
                .flatMap(type -> List.of(type.getDeclaredMethods()).stream()).filter(ProgramFile::isMain).toList();
        if (found.isEmpty()) {
            throw new UserError("PROGRAM: " + file + " must have a public class " + name + " with a method public static void main(String[] arguments).");
        }
        return new ProgramFile(found.get(0), new UserCode(classFiles.keySet()::contains));
    }

    private static boolean isMain(Method m) {
        int needed = Modifier.PUBLIC | Modifier.STATIC;
        return m.getName().equals("main") && (m.getModifiers() & needed) == needed && m.getReturnType() == void.class
                && Modifier.isPublic(m.getDeclaringClass().getModifiers()) && List.of(m.getParameterTypes()).equals(List.of(String[].class));
    }

    /** Runs it in this thread. What it throws comes out as a {@link UserError}. */
    public void run(List<String> arguments) {
        Thread.currentThread().setContextClassLoader(main.getDeclaringClass().getClassLoader());
        try {
            main.invoke(null, (Object) arguments.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getTargetException();
            if (thrown instanceof VirtualMachineError ofJvm && !(thrown instanceof StackOverflowError)) throw ofJvm;
            throw thrown instanceof ModelException m ? m : code.error(thrown);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(main + " is public, but cannot be called", e);
        }
    }
}
