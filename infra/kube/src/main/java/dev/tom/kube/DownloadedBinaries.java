package dev.tom.kube;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Ready-made binaries: etcd, kube-apiserver and kubectl through kube-api-test, which knows their index and checksums, and
 * kube-controller-manager, which is not among them, from the Kubernetes release server.
 *
 * @param releases base of the Kubernetes release server
 * @param index what kube-api-test reads first; asked here only whether it is reachable
 */
record DownloadedBinaries(URI releases, URI index) implements ClusterSource {

    private static final String VERSION = "1.34.1";
    private static final Duration REACHABLE_WITHIN = Duration.ofSeconds(3);
    private static final Duration LOADED_WITHIN = Duration.ofMinutes(5);

    DownloadedBinaries() {
        this(
                URI.create("https://dl.k8s.io/release/"),
                URI.create(
                        "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml"));
    }

    @Override
    public Outcome open(ClusterSettings settings, Consumer<String> progress) {
        if (settings.download().isEmpty()) {
            return new Outcome.NotHere("downloads are off");
        }
        Path folder = settings.download().get();
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(REACHABLE_WITHIN)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            String sum = text(http, controllers(".sha256"));
            text(http, index);
            progress.accept("downloading etcd, kube-apiserver and kube-controller-manager " + VERSION
                    + " (about 150 MB) into " + folder);
            var kubeApiTest = new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(folder.toString())
                    .withApiServerVersion(VERSION)
                    .build());
            kubeApiTest.initAndDownloadIfRequired();
            Path programs = kubeApiTest
                    .binaries()
                    .getApiServer()
                    .toPath()
                    .resolveSibling(".")
                    .normalize();
            loadControllers(http, sum, programs);
            return PresentBinaries.start(programs, "binaries downloaded into " + programs);
        } catch (KubeAPITestException e) {
            return new Outcome.NotHere("kube-api-test cannot download its binaries (" + e.getMessage() + ")");
        } catch (IOException e) {
            return new Outcome.NotHere("ready-made binaries cannot be downloaded (" + reason(e) + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.NotHere("interrupted during the download");
        }
    }

    /** Loads kube-controller-manager beside the other programs, or leaves the folder as it was. */
    void loadControllers(HttpClient http, String sum, Path programs) throws IOException, InterruptedException {
        Path part = Files.createTempFile(programs, PresentBinaries.CONTROLLERS, ".part");
        try {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(controllers(""))
                            .timeout(LOADED_WITHIN)
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream body = new DigestInputStream(answer.body(), digest)) {
                Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
            }
            String loaded = HexFormat.of().formatHex(digest.digest());
            if (answer.statusCode() != 200 || !loaded.equals(sum)) {
                throw new IOException("%s: status %d, SHA-256 %s instead of %s"
                        .formatted(controllers(""), answer.statusCode(), loaded, sum));
            }
            if (!part.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + part + " executable");
            }
            Files.move(part, programs.resolve(PresentBinaries.CONTROLLERS), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private URI controllers(String suffix) {
        return releases.resolve("v%s/bin/%s/%s%s"
                .formatted(VERSION, Platform.ofThisMachine().replace('-', '/'), PresentBinaries.CONTROLLERS, suffix));
    }

    private static String text(HttpClient http, URI uri) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri).timeout(REACHABLE_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(uri.getHost() + " answers " + answer.statusCode());
        }
        return answer.body().strip();
    }

    private String reason(IOException e) {
        return e.getMessage() == null ? releases.getHost() + " is not reachable" : e.getMessage();
    }
}
