package org.fluvia.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fluvia.plots.Picture;

/** Pictures in a folder, each as .png and .svg. */
final class PictureFiles {
    /** Elements that pictures of pairs have room for, and how many points they show. */
    static final int MOST_IN_PAIRS = 6;
    static final int POINTS_IN_PAIRS = 2000;

    private static final List<String> KINDS = List.of(".png", ".svg");

    private PictureFiles() {}

    /** @param written to which the files' names are added */
    static void write(Path folder, String name, Picture picture, List<String> written) {
        for (String kind : KINDS) {
            Path file = folder.resolve(name + kind);
            try {
                if (Files.exists(file) && !Files.isRegularFile(file)) {
                    throw new FileSystemException(folder.toString(), null, file.getFileName() + " in it is no file");
                }
                picture.write(file);
                written.add(file.toString());
            } catch (IOException e) {
                throw Output.refused(folder, e);
            }
        }
    }

    /** Removes a picture, if it is there. */
    static void remove(Path folder, String name) {
        for (String kind : KINDS) {
            try {
                Path file = folder.resolve(name + kind);
                if (Files.isRegularFile(file)) Files.delete(file);
            } catch (IOException e) {
                throw Output.refused(folder, e);
            }
        }
    }
}
