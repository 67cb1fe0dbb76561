package dev.tom.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between packages and the habits of this module. */
class ArchitectureRulesTest {

    private static final String ROOT = "dev.tom.bridge";
    private static final Path MAIN = Path.of("src/main/java");

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages(ROOT);

    @Test
    void pureCoresImportTheJdkOnly() {
        mayOnlyUse("audio");
        mayOnlyUse("speech", "audio");
        classes()
                .that()
                .resideInAPackage(ROOT + ".call..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".call..", ROOT + ".audio", ROOT + ".speech")
                .check(PROGRAM);
    }

    private static void mayOnlyUse(String own, String... others) {
        var allowed = new ArrayList<>(List.of("java..", "org.jspecify..", ROOT + "." + own));
        Stream.of(others).map(name -> ROOT + "." + name).forEach(allowed::add);
        classes()
                .that()
                .resideInAPackage(ROOT + "." + own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(PROGRAM);
    }

    @Test
    void timeAndRandomnessAreArgumentsInPureCores() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".call..", ROOT + ".audio..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(PROGRAM);
    }

    @Test
    void arrowsBetweenPackages() {
        ours("telephony", "audio", "telephony.access");
        ours("telephony.access");
        ours("egress", "call..");
        ours("preflight", "call.egress");
        ours("speech.realtime", "audio", "speech", "call.egress", "speech.text");
        ours("speech.local", "audio", "speech", "speech.text");
        ours("session", "audio", "call..", "speech", "telephony");
        ours("cost.tariff", "session", "speech");
        ours("cost.journal", "session", "speech");
        ours("cost.report");
        ours("cost.account");
        ours("cost", "cost.account", "cost.journal", "cost.tariff", "session", "speech");
        ours(
                "observe",
                "session",
                "speech",
                "telephony",
                "egress",
                "preflight",
                "cost",
                "cost.account",
                "cost.tariff",
                "call.admission",
                "call.egress");
        ours("worker..", "audio", "speech.text");
        ours(
                "config",
                "call.admission",
                "call.egress",
                "call.failover",
                "cost",
                "observe",
                "session",
                "speech",
                "speech.local",
                "speech.realtime",
                "telephony",
                "telephony.access");
        // The other end of a call, for the tools only: the provider through the bridge's own link, a bridge through its
        // own socket.
        ours("caller", "audio", "call.egress", "speech", "speech.realtime");
        ours("soak", "audio", "caller", "speech");
        ours(
                "cli",
                "audio",
                "call.egress",
                "caller",
                "config",
                "cost.report",
                "egress",
                "soak",
                "speech",
                "speech.realtime",
                "worker");
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".cli", ROOT + ".soak", ROOT + ".caller")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".caller", ROOT + ".soak")
                .check(PROGRAM);
    }

    /** Of our own packages, this one may use only these. */
    private static void ours(String own, String... others) {
        var allowed = new ArrayList<>(List.of(ROOT + "." + own));
        Stream.of(others).map(name -> ROOT + "." + name).forEach(allowed::add);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + own)
                .should()
                .dependOnClassesThat(notIn(allowed))
                .check(PROGRAM);
    }

    private static DescribedPredicate<JavaClass> notIn(List<String> allowed) {
        return JavaClass.Predicates.resideInAPackage(ROOT + "..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new))))
                .as("are ours and not in " + allowed);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PROGRAM);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(PROGRAM);
    }

    @Test
    void theBridgeKnowsNoKubernetes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8..",
                        "io.kubernetes..",
                        "io.javaoperatorsdk..",
                        "dev.tom.crds..",
                        "dev.tom.operator..")
                .check(PROGRAM);
    }

    @Test
    void onlyMainReadsTheEnvironment() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(PROGRAM);
    }

    @Test
    void noClassIsADrawer() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Common")
                .check(PROGRAM);
    }

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class)
                .check(TESTS);
    }

    @Test
    void everyPackageIsNullMarkedAndDescribed() throws IOException {
        for (Path folder : packages(MAIN)) {
            assertThat(folder.resolve("package-info.java")).exists().content().contains("/**");
        }
        assertThat(PROGRAM.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .filter(type -> !type.isAnnotatedWith(NullMarked.class)))
                .isEmpty();
    }

    @Test
    void meterNamesStandInTheCataloguesOnly() throws IOException {
        Pattern meterName = Pattern.compile("\"tom_[a-z0-9_]+\"");
        for (Path file : javaFiles(MAIN)) {
            if (!file.getFileName().toString().matches(".*Meters?\\.java")) {
                assertThat(meterName.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isFalse();
            }
        }
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("MeterBook")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.micrometer\\..*\\$Builder")
                .check(PROGRAM);
    }

    @Test
    void filesStaySmall() throws IOException {
        for (Path file : javaFiles(MAIN)) {
            int most = file.endsWith("CallSession.java") ? 250 : 400;
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(most);
        }
    }

    private static List<Path> packages(Path root) throws IOException {
        return javaFiles(root).stream().map(Path::getParent).distinct().toList();
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
