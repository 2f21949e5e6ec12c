package org.fluvia.cli.source;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Classes held in memory, with files that lie beside their sources; all else comes from our own loader. */
final class MemoryClassLoader extends ClassLoader {
    private final Map<String, byte[]> classFiles;
    private final @Nullable Path resources;

    /**
     * @param classFiles by class name
     * @param resources the folder of the files that the classes read as resources, or null for none
     */
    MemoryClassLoader(Map<String, byte[]> classFiles, @Nullable Path resources) {
        super(MemoryClassLoader.class.getClassLoader());
        this.classFiles = classFiles;
        this.resources = resources;
    }

    /** Each of the classes, in the order of their names. */
    List<Class<?>> all() {
        List<Class<?>> types = new ArrayList<>();
        for (String className : classFiles.keySet()) {
            try {
                types.add(Class.forName(className, false, this));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(className + " was compiled, but cannot be loaded", e);
            }
        }
        return types;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classFiles.get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        Path file = resources == null ? null : resources.resolve(name);
        try {
            return file == null || !Files.isRegularFile(file) ? null : file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(file + " has no URL", e);
        }
    }
}
