package org.fluvia.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public classes of a module's exported packages, which programs and models can import: read from the module itself, on the
 * module path or the class path.
 */
public final class PublicTypes {
    private PublicTypes() {}

    /**
     * Those of the module that a class belongs to, by name, without nested ones.
     *
     * @throws UncheckedIOException if the module's jar or folder cannot be read
     */
    public static List<Class<?>> besides(Class<?> member) {
        ModuleReference module = module(member);
        Set<String> exported = module.descriptor().exports().stream().filter(e -> !e.isQualified()).map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        try (ModuleReader reader = module.open(); Stream<String> resources = reader.list()) {
            return resources.filter(r -> r.endsWith(".class") && !r.contains("$") && r.contains("/"))
                    .map(r -> r.substring(0, r.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))) && !name.endsWith(".package-info"))
                    .sorted().<Class<?>>map(name -> load(name, member.getClassLoader())).filter(c -> Modifier.isPublic(c.getModifiers())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a class is there for its static methods alone, so that one imports those. */
    public static boolean isOfFunctions(Class<?> type) {
        List<Method> methods = Arrays.stream(type.getDeclaredMethods()).filter(m -> Modifier.isPublic(m.getModifiers())).toList();
        return !methods.isEmpty() && type.getConstructors().length == 0 && methods.stream().allMatch(m -> Modifier.isStatic(m.getModifiers()));
    }

    private static ModuleReference module(Class<?> member) {
        if (member.getModule().isNamed()) {
            return member.getModule().getLayer().configuration().findModule(member.getModule().getName()).orElseThrow().reference();
        }
        try {
            Path where = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
            return ModuleFinder.of(where).findAll().iterator().next();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(member + " is not in a file", e);
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is listed in its module and is not there", e);
        }
    }
}
