package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What infra/kube/build says to a machine without the right Go. Programs come from a folder with links to the few that it needs. */
class BuildScriptIT {

    private static final List<String> TOOLS =
            List.of("bash", "cat", "cut", "dirname", "find", "mkdir", "sha256sum", "shasum", "sort", "uname");

    @TempDir
    Path folder;

    private Path programs = Path.of("");

    @BeforeEach
    void linkTools() throws IOException {
        programs = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/bin", "/usr/bin", "/usr/local/bin")) {
                Path found = Path.of(place, tool);
                if (Files.isExecutable(found) && Files.notExists(programs.resolve(tool))) {
                    Files.createSymbolicLink(programs.resolve(tool), found);
                }
            }
        }
    }

    @Test
    void withoutGoItSaysWhatToInstall() throws Exception {
        Answer answer = run();
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.text())
                .isEqualTo(
                        "infra/kube/build: needs Go 1.24 or newer to build the control plane, and there is no go in PATH:"
                                + " install it from https://go.dev/dl\n");
    }

    @Test
    void anOldGoIsNamed() throws Exception {
        Path go = Files.writeString(programs.resolve("go"), "#!/bin/sh\necho go1.22.5\n");
        assertThat(go.toFile().setExecutable(true)).isTrue();
        Answer answer = run();
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.text()).contains("and this is go1.22.5: install a newer one");
    }

    @Test
    void checkBuildsNothing() throws Exception {
        Answer answer = run("--check");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.text()).contains("have not been built yet: run infra/kube/build");
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void anUnknownOptionIsRefused() throws Exception {
        assertThat(run("--chekc").text()).contains("unknown option --chekc");
    }

    private record Answer(int exit, String text) {}

    private Answer run(String... options) throws IOException, InterruptedException {
        Path script = BuildScript.in(ClusterSettings.fromEnvironment().root()).file();
        var builder = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(options));
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TOM_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
