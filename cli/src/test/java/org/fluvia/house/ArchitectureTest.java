package org.fluvia.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of the house: which way imports run, and how much may hang together. */
class ArchitectureTest {
    private static final int LARGEST_CIRCLE = 5;
    /** An expression records operations and an operation makes expressions: they are one idea, whatever their number. */
    private static final String RECORDER = "org.fluvia.autodiff";

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("org.fluvia");
        assertTrue(classes.contain("org.fluvia.kernel.Kernels") && classes.contain("org.fluvia.cli.FluviaCommand"), "classes were not found");
    }

    @Test
    void importsRunOneWay() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("ground").definedBy("org.fluvia.text..", "org.fluvia.catalogue..", "org.fluvia.file..")
                .layer("kernel").definedBy("org.fluvia.kernel..")
                .layer("autodiff").definedBy("org.fluvia.autodiff..")
                .layer("densities").definedBy("org.fluvia.support..", "org.fluvia.dist..", "org.fluvia.dynamics..")
                .layer("model").definedBy("org.fluvia.model..")
                .layer("flows").definedBy("org.fluvia.flows..")
                .layer("vi").definedBy("org.fluvia.vi..")
                .layer("report").definedBy("org.fluvia.report..")
                .layer("plots").definedBy("org.fluvia.plots..")
                .layer("stan").definedBy("org.fluvia.stan..")
                .layer("cli").definedBy("org.fluvia.cli..")
                .whereLayer("cli").mayNotBeAccessedByAnyLayer()
                .whereLayer("report").mayOnlyBeAccessedByLayers("cli")
                .whereLayer("plots").mayOnlyBeAccessedByLayers("report", "cli")
                .whereLayer("stan").mayOnlyBeAccessedByLayers("cli")
                .whereLayer("vi").mayOnlyBeAccessedByLayers("report", "plots", "cli")
                .whereLayer("flows").mayOnlyBeAccessedByLayers("vi", "report", "plots", "cli")
                .whereLayer("model").mayOnlyBeAccessedByLayers("flows", "vi", "report", "plots", "stan", "cli")
                .whereLayer("densities").mayOnlyBeAccessedByLayers("model", "flows", "vi", "report", "plots", "stan", "cli")
                .whereLayer("autodiff").mayOnlyBeAccessedByLayers("densities", "model", "flows", "vi", "report", "plots", "stan", "cli")
                .whereLayer("kernel").mayOnlyBeAccessedByLayers("autodiff", "densities", "model", "vi", "cli")
                .check(classes);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("org.fluvia.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void noMoreThanFiveClassesOfAPackageFormACircle() {
        Map<String, Set<String>> uses = uses();
        List<List<String>> large = uses.keySet().stream().collect(Collectors.groupingBy(ArchitectureTest::packageOf)).entrySet().stream()
                .filter(p -> !p.getKey().equals(RECORDER))
                .flatMap(p -> new Circles(p.getValue(), uses).found().stream())
                .filter(circle -> circle.size() > LARGEST_CIRCLE).toList();
        assertEquals(List.of(), large);
    }

    /** For each top-level class, those that it, or a class inside it, uses. */
    private static Map<String, Set<String>> uses() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass c : classes) {
            Set<String> used = uses.computeIfAbsent(topLevel(c), name -> new TreeSet<>());
            for (Dependency d : c.getDirectDependenciesFromSelf()) used.add(topLevel(d.getTargetClass().getBaseComponentType()));
        }
        return uses;
    }

    private static String topLevel(JavaClass c) {
        int nested = c.getName().indexOf('$');
        return nested < 0 ? c.getName() : c.getName().substring(0, nested);
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.'));
    }

    @Test
    void onePackageKnowsTheVectorApi() {
        noClasses().that().resideOutsideOfPackage("org.fluvia.kernel.vector").should().dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..").check(classes);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        Set<String> unmarked = classes.stream().map(JavaClass::getPackage)
                .filter(p -> !p.isAnnotatedWith(NullMarked.class.getName())).map(p -> p.getName()).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unmarked);
    }
}
