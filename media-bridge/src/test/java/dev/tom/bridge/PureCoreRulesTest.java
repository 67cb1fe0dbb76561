package dev.tom.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The cores are pure: they import values only, and time is an argument. */
class PureCoreRulesTest {

    private static JavaClasses bridge = new ClassFileImporter().importPackages();

    @BeforeAll
    static void read() {
        bridge = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.tom.bridge");
    }

    @Test
    void audioImportsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("dev.tom.bridge.audio")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.tom.bridge.audio", "java.lang..", "java.nio", "java.util..", "org.jspecify..")
                .check(bridge);
    }

    @Test
    void callImportsTheJdkAndTheWordsOfThePortOnly() {
        classes()
                .that()
                .resideInAPackage("dev.tom.bridge.call..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tom.bridge.call..",
                        "dev.tom.bridge.speech",
                        "java.lang..",
                        "java.time",
                        "java.util..",
                        "org.jspecify..")
                .check(bridge);
    }

    @Test
    void callKnowsNoLinkAndNoBackend() {
        noClasses()
                .that()
                .resideInAPackage("dev.tom.bridge.call..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.tom\\.bridge\\.speech\\.(SpeechLink|SpeechBackend|SpeechEvent.*|LinkRequest)")
                .check(bridge);
    }

    @Test
    void timeAndChanceAreArguments() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tom.bridge.audio", "dev.tom.bridge.call..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(bridge);
    }

    @Test
    void thePartsOfTheMachineDoNotKnowTheMachine() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.tom.bridge.call.turn", "dev.tom.bridge.call.failover", "dev.tom.bridge.call.admission")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tom.bridge.call")
                .check(bridge);
    }
}
