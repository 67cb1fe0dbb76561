package dev.tom.bridge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code infra/models/fetch --from upstream} against a publisher on loopback, with pins of its own. */
class ModelsFetchIT {

    private static final List<String> FILES = List.of("ggml-base.bin", "voice.onnx", "voice.onnx.json");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final byte[] content = new byte[200_000];

    @TempDir
    private Path folder;

    private Path models;
    private HttpServer publisher;
    private volatile byte[] published = content;

    /** What a run printed, and its exit code. */
    private record Run(int exitCode, List<String> lines) {}

    @BeforeEach
    void publish() throws Exception {
        new Random(1).nextBytes(content);
        publisher = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, "127.0.0.1")
                .await();
        models = folder.resolve("models");
        Path tool = Files.createDirectory(folder.resolve("tool"));
        Path original = Path.of(System.getProperty("tom.root", "..")).resolve("infra/models");
        for (String file : List.of("fetch", "assemble.py")) {
            Files.copy(original.resolve(file), tool.resolve(file));
        }
        List<String> pins = new ArrayList<>();
        for (String file : FILES) {
            pins.add("model upstream %s %s %d http://127.0.0.1:%d/resolve/%s"
                    .formatted(file, sum(), content.length, publisher.actualPort(), file));
        }
        pins.add("model packages stand-in.onnx " + sum() + " " + content.length);
        Files.write(tool.resolve("pins"), pins);
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    private String sum() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private void serve(HttpServerRequest request) {
        String range = request.getHeader("Range");
        ranges.add(request.path() + " " + range);
        if (range == null) {
            request.response().end(Buffer.buffer(published));
        } else {
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            request.response()
                    .setStatusCode(206)
                    .putHeader("Content-Range", "bytes " + from + "-" + (published.length - 1) + "/" + published.length)
                    .end(Buffer.buffer(published).slice(from, published.length));
        }
    }

    private Run fetch(String source) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "bash", folder.resolve("tool/fetch").toString(), "--from", source, models.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), lines);
    }

    private List<String> there() throws IOException {
        try (Stream<Path> files = Files.list(models)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void fetchesAllWritesTheManifestAndKeepsWhatIsIntact() throws Exception {
        Files.createDirectories(models);
        Files.write(models.resolve("stand-in.onnx"), content);
        Run first = fetch("upstream");
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.lines())
                .contains("models: voice.onnx: done")
                .last()
                .isEqualTo("models: complete in " + models);
        assertThat(there()).containsExactly("SHA256SUMS", "ggml-base.bin", "voice.onnx", "voice.onnx.json");
        assertThat(Files.readAllLines(models.resolve("SHA256SUMS"))).contains(sum() + "  voice.onnx");

        Files.writeString(models.resolve("voice.onnx"), "damaged");
        ranges.clear();
        assertThat(fetch("upstream").exitCode()).isZero();
        assertThat(ranges).containsExactly("/resolve/voice.onnx null");
        ModelFolder.find(models).verify();
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        Files.createDirectories(models);
        Files.write(models.resolve(".ggml-base.bin.part"), java.util.Arrays.copyOf(content, 150_000));
        assertThat(fetch("auto").exitCode()).isZero();
        assertThat(ranges).contains("/resolve/ggml-base.bin bytes=150000-");
        assertThat(Files.readAllBytes(models.resolve("ggml-base.bin"))).isEqualTo(content);
    }

    @Test
    void aFileWithAnotherSumIsDeletedAndNamed() throws Exception {
        published = content.clone();
        published[7]++;
        Run run = fetch("upstream");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines())
                .last()
                .asString()
                .startsWith("models: ggml-base.bin has the SHA-256 ")
                .contains("instead of " + sum(), "was deleted");
        assertThat(there()).isEmpty();
    }

    @Test
    void anUnreachablePublisherIsOneSentence() throws Exception {
        int port = publisher.actualPort();
        publisher.close().await();
        Run run = fetch("upstream");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines())
                .last()
                .asString()
                .isEqualTo("models: could not fetch ggml-base.bin from http://127.0.0.1:" + port
                        + " (curl error 7); run the command again to go on where it stopped, or use --from packages.");
    }
}
