package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadIT {

    private static final byte[] PROGRAM = "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final HttpServer server = listening();
    private final HttpClient http = HttpClient.newHttpClient();

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext(
                "/v1.34.1/bin/" + Platform.ofThisMachine().replace('-', '/') + "/kube-controller-manager", exchange -> {
                    boolean program = exchange.getRequestURI().getPath().endsWith("manager");
                    exchange.sendResponseHeaders(program ? 200 : 404, program ? PROGRAM.length : -1);
                    if (program) {
                        exchange.getResponseBody().write(PROGRAM);
                    }
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    private DownloadedBinaries download() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new DownloadedBinaries(base, base.resolve("index"));
    }

    @Test
    void theControllerManagerIsLoadedAndRunnable() throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PROGRAM));
        download().loadControllers(http, sum, folder);
        assertThat(folder.resolve("kube-controller-manager")).isExecutable().hasBinaryContent(PROGRAM);
    }

    @Test
    void aWrongChecksumLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> download().loadControllers(http, "0".repeat(64), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("instead of 0000");
        try (var entries = Files.list(folder)) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void aServerWithoutTheFilesIsAReasonToTryTheNextWay() {
        var settings = new ClusterSettings(
                Optional.empty(), List.of(), folder, Optional.empty(), List.of(), Optional.of(folder), false);
        assertThat(download().open(settings, line -> {}))
                .isEqualTo(new ClusterSource.Outcome.NotHere(
                        "ready-made binaries cannot be downloaded (127.0.0.1 answers 404)"));
    }
}
