package org.fluvia.report;

/** The version of Fluvia, which every file names. */
public final class Version {
    private Version() {}

    /** That of this library, such as "0.2.0". */
    public static String ours() {
        return org.fluvia.text.Version.ours();
    }
}
