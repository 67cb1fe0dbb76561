package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The control plane must not outlive the JVM that started it, not even one that is killed. */
class LeftoverIT {

    /** Started in a JVM of its own: prints its working folder's programs once the control plane runs, and then hangs. */
    static final class Victim {
        private Victim() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws InterruptedException {
            ControlPlane plane = ControlPlane.start(Path.of(arguments[0]));
            System.out.println("ready " + plane.kubeconfig().length());
            Thread.currentThread().join();
        }
    }

    @Test
    void killingTheJvmEndsEveryProcessAndRemovesTheFolder() throws IOException {
        Path programs = BuildScript.in(ClusterSettings.fromEnvironment().root())
                .builtBefore()
                .flatMap(PresentBinaries::complete)
                .orElse(null);
        Assumptions.assumeTrue(programs != null, "infra/kube/build has not run here, so there is nothing to start");
        Path temporary = Files.createTempDirectory("leftover-");
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        String.valueOf(programs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = jvm.inputReader()) {
            assertThat(out.readLine()).startsWith("ready");
            List<ProcessHandle> started = jvm.descendants().toList();
            // Three guards, three watchers, three programs.
            assertThat(started).hasSizeGreaterThanOrEqualTo(6).allMatch(ProcessHandle::isAlive);

            jvm.destroyForcibly();

            await().atMost(Duration.ofSeconds(60)).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> folders(temporary).isEmpty());
        } finally {
            jvm.destroyForcibly();
        }
        Files.deleteIfExists(temporary);
    }

    private static List<Path> folders(Path temporary) throws IOException {
        try (var entries = Files.list(temporary)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("tom-kube-"))
                    .toList();
        }
    }
}
