package dev.tom.bridge.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The real models, fetched once into the cache folder that the project's commands share. */
public final class SpeechModels {

    private static final String MISSING =
            "the speech models could not be fetched, so this test did not run; infra/models/fetch says why";

    private SpeechModels() {}

    /** The folder. Without models the test is skipped, in CI (CI=true) it fails. */
    public static Path folder() {
        boolean there = Fetched.EXIT_CODE == 0;
        if (!there && "true".equals(System.getenv("CI"))) {
            Assertions.fail(MISSING);
        }
        Assumptions.assumeTrue(there, MISSING);
        return Fetched.FOLDER;
    }

    /** Fetches on first use. */
    private static final class Fetched {
        static final Path ROOT =
                Path.of(System.getProperty("tom.root", ".")).toAbsolutePath().normalize();
        static final Path FOLDER = cache().resolve("models");
        static final int EXIT_CODE = run();

        private static Path cache() {
            String tom = System.getenv("TOM_CACHE");
            if (tom != null && !tom.isEmpty()) {
                return Path.of(tom);
            }
            String xdg = System.getenv("XDG_CACHE_HOME");
            Path base =
                    xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
            return base.resolve("tom");
        }

        private static int run() {
            try {
                Process fetch = new ProcessBuilder(
                                List.of(ROOT.resolve("infra/models/fetch").toString(), FOLDER.toString()))
                        .inheritIO()
                        .start();
                return fetch.waitFor(10, TimeUnit.MINUTES) ? fetch.exitValue() : 1;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
        }
    }
}
