package dev.tom.operator;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "dev.tom.operator";
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void windowKnowsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("..window..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".window..")
                .check(PRODUCTION);
    }

    @Test
    void desiredKnowsOnlyModelsBesides() {
        classes()
                .that()
                .resideInAPackage("..desired..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.tom.crds..",
                        "io.fabric8.kubernetes.api.model..",
                        ROOT + ".window..",
                        ROOT + ".desired..")
                .check(PRODUCTION);
    }

    @Test
    void timeAndChanceAreArguments() {
        noClasses()
                .that()
                .resideInAnyPackage("..window..", "..desired..", "..report..", "..status..", "..apply..")
                .should()
                .callMethodWhere(new DescribedPredicate<>("asks for the time or for chance") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                        return asksForTimeOrChance(call.getTarget());
                    }
                })
                .check(PRODUCTION);
    }

    private static boolean asksForTimeOrChance(AccessTarget.MethodCallTarget target) {
        JavaClass owner = target.getOwner();
        String name = target.getName();
        boolean now = name.equals("now") && owner.getPackageName().equals("java.time");
        boolean clock = (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class))
                && name.startsWith("system");
        boolean system = owner.isEquivalentTo(System.class)
                && Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty")
                        .contains(name);
        boolean chance = owner.getPackageName().startsWith("java.util.random")
                || Set.of("java.util.Random", "java.util.concurrent.ThreadLocalRandom")
                        .contains(owner.getName())
                || name.equals("randomUUID");
        return now || clock || system || chance;
    }

    @Test
    void theEnvironmentIsReadByMainOnly() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should(callMethod(System.class, "getenv").or(callMethod(System.class, "getenv", String.class)))
                .check(PRODUCTION);
    }

    @Test
    void nobodySleeps() {
        var sleeps = callMethod(Thread.class, "sleep", long.class)
                .or(callMethod(Thread.class, "sleep", java.time.Duration.class))
                .or(callMethod(Thread.class, "sleep", long.class, int.class));
        noClasses().should(sleeps).check(PRODUCTION);
        noClasses().should(sleeps).check(TESTS);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
        for (JavaClasses module : Set.of(PRODUCTION, TESTS)) {
            for (JavaClass type : module) {
                assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                        .as("package-info with @NullMarked in %s", type.getPackageName())
                        .isTrue();
            }
        }
    }

    @Test
    void noDrawers() {
        noClasses()
                .should()
                .haveSimpleNameContaining("Util")
                .orShould()
                .haveSimpleNameContaining("Helper")
                .orShould()
                .haveSimpleNameContaining("Manager")
                .orShould()
                .haveSimpleNameContaining("Common")
                .check(PRODUCTION);
    }

    /** Meters come from the catalogue: only two classes may make them, one for windows and one for the operator itself. */
    @Test
    void metersAreMadeInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".observability.WindowMeters")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".observability.OperatorMeters")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.micrometer\\.core\\.instrument\\.(Gauge|Counter|Timer|DistributionSummary).*")
                .check(PRODUCTION);
    }

    /** A story is told by its actors; only the corpus is itself a conversation with the API server. */
    @Test
    void storiesCallNoClient() {
        noClasses()
                .that()
                .resideInAPackage("..story..")
                .and()
                .haveSimpleNameEndingWith("IT")
                .and()
                .doNotHaveSimpleName("CrdCorpusIT")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(TESTS);
    }

    @Test
    void theImporterSawTheCode() {
        assertThat(PRODUCTION.contain(ROOT + ".window.WindowMachine")).isTrue();
        assertThat(TESTS.contain(ROOT + ".story.LifeOfAWindowIT")).isTrue();
    }
}
