package dev.tom.bridge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the worker starts, does not start, and ends. */
class SpeechWorkerStartIT {

    @TempDir
    private Path folder;

    /** The links must not outlive the test: their targets are everybody's. */
    @AfterEach
    void unlinkModels() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private static void failsWith(WorkerProcess worker, String... parts) throws InterruptedException {
        assertThat(worker.exitCode()).isEqualTo(1);
        List<String> lines = worker.output().stream()
                .filter(line ->
                        !line.startsWith("speech-worker: checking") && !line.startsWith("speech-worker: loading"))
                .toList();
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("speech-worker: ")
                .contains(parts);
    }

    /** The real models under other names in a folder that a test may damage. */
    private void linkModels() throws IOException {
        try (Stream<Path> files = Files.list(SpeechModels.folder())) {
            for (Path file : files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                Files.createSymbolicLink(folder.resolve(file.getFileName()), file);
            }
        }
    }

    @Test
    void aMissingModelIsOneSentence() throws Exception {
        failsWith(
                WorkerProcess.launch(folder, WorkerProcess.freePort()),
                folder.resolve("ggml-base.bin").toString(),
                "is missing; run infra/models/fetch " + folder);
    }

    @Test
    void aDamagedModelIsOneSentence() throws Exception {
        linkModels();
        Files.delete(folder.resolve("ggml-base.bin"));
        Files.writeString(folder.resolve("ggml-base.bin"), "broken");
        failsWith(
                WorkerProcess.launch(folder, WorkerProcess.freePort()),
                "ggml-base.bin is not the one that SHA256SUMS names");
    }

    @Test
    void aModelThatTheEngineRefusesIsOneSentence() throws Exception {
        linkModels();
        Files.delete(folder.resolve("SHA256SUMS"));
        Files.delete(folder.resolve("ggml-base.bin"));
        Files.writeString(folder.resolve("ggml-base.bin"), "broken");
        WorkerProcess worker = WorkerProcess.launch(folder, WorkerProcess.freePort());
        assertThat(worker.exitCode()).isEqualTo(1);
        assertThat(worker.output()).last().asString().contains("ggml-base.bin");
        assertThat(worker.output()).anyMatch(line -> line.contains("no SHA256SUMS beside the models"));
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        Path models = SpeechModels.folder();
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            failsWith(
                    WorkerProcess.launch(models, taken.getLocalPort()),
                    "cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aBadSettingIsOneSentence() throws Exception {
        failsWith(
                WorkerProcess.launch(folder, WorkerProcess.freePort(), "--threads", "99"),
                "--threads must be 1 to 8, not 99");
    }

    @Test
    void isNotReadyWhileItLoadsAndShowsProgressAndEndsWhenTold() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                WorkerProcess worker = WorkerProcess.launch(SpeechModels.folder(), WorkerProcess.freePort())) {
            HttpRequest ask =
                    HttpRequest.newBuilder(URI.create(worker.url() + "/readyz")).build();
            HttpResponse<String> first = await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .until(() -> http.send(ask, BodyHandlers.ofString()), response -> true);
            assertThat(first.statusCode()).isEqualTo(503);
            assertThat(first.body()).contains("loading its models");

            worker.awaitReady();
            assertThat(http.send(ask, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(worker.output())
                    .anyMatch(line -> line.matches("speech-worker: loading ggml-base.bin \\d+\\.\\d s"));

            worker.terminate();
            worker.exitCode();
            await().atMost(Duration.ofSeconds(10)).until(() -> worker.output().contains("speech-worker: stopping"));
        }
    }
}
