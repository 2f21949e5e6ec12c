package org.fluvia.cli;

import org.fluvia.cli.source.UserError;
import org.fluvia.kernel.provider.KernelProvider;
import org.fluvia.report.Version;
import picocli.CommandLine.IVersionProvider;

/** Our version, the JVM's and the kernels'. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "fluvia " + Version.ours(),
            "Java " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vm.vendor") + ", "
                    + System.getProperty("java.home") + ")",
            "kernels: " + kernels()
        };
    }

    /**
     * What computes, in words.
     *
     * @throws UserError if the property that chooses the kernels is wrong
     */
    static String kernels() {
        try {
            return KernelProvider.describe();
        } catch (ExceptionInInitializerError e) {
            throw new UserError(String.valueOf(e.getException().getMessage()), e);
        }
    }
}
