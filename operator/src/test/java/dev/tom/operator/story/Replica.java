package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One packaged operator as a process. With {@link #keepsRunning} it is started again whenever it ends, as a kubelet does. */
final class Replica implements AutoCloseable {

    private static final Path JAR = Path.of("target", "operator.jar");
    private static final Path OPTIONS = Path.of("operator.options");
    private static final Path LOG = Path.of("target", "operator-process.log");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Map<String, String> environment;
    private final int port = freePort();
    private volatile List<String> options = List.of();
    private volatile boolean kept;
    private volatile @Nullable Process process;
    private volatile int ends;

    Replica(Map<String, String> environment) {
        this.environment = new TreeMap<>(environment);
        this.environment.put("MALLOC_ARENA_MAX", "2"); // as in the chart
        this.environment.put("TOM_HTTP_PORT", Integer.toString(port));
    }

    /** Options for the JVM besides those that always apply. */
    Replica with(String... more) {
        options = List.of(more);
        return this;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void starts() {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("@" + OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TOM_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            process = started;
            var _ = started.onExit().thenAccept(this::ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void ended(Process gone) {
        ends++;
        if (kept && gone.equals(process)) {
            starts();
        }
    }

    /** From now on it is started again at once when it ends. */
    Replica keepsRunning() {
        kept = true;
        return this;
    }

    /** How often it has ended so far. */
    int ends() {
        return ends;
    }

    private Process running() {
        Process now = process;
        if (now == null) {
            throw new IllegalStateException("not started");
        }
        return now;
    }

    /** {@code kill -9}; waits for the end. */
    void isKilled() {
        Process victim = running();
        victim.destroyForcibly();
        awaitsEnd(victim, Duration.ofSeconds(10));
    }

    /** SIGTERM, and the end within the grace period of its pod. */
    void isTerminated() {
        Process victim = running();
        victim.destroy();
        awaitsEnd(victim, Duration.ofSeconds(30));
    }

    /** Waits until it has ended by itself; returns its exit status. */
    int endsByItself(Duration within) {
        Process it = running();
        awaitsEnd(it, within);
        return it.exitValue();
    }

    private static void awaitsEnd(Process victim, Duration within) {
        try {
            if (!victim.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the operator has not ended within " + within);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void isPaused() {
        signal("STOP");
    }

    void goesOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(running().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Status code of {@code /healthz} or {@code /readyz}; 0 when nobody answers. */
    int probe(String path) {
        try {
            return ask(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    void awaitsReady() {
        await("a ready operator").atMost(Duration.ofSeconds(60)).until(() -> probe("/readyz") == 200);
    }

    /** Waits until it has looked at so many windows, all there are, and nobody waits for a turn. */
    void awaitsALookAt(int windows, Duration within) {
        await("a look at each")
                .atMost(within)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> meter("tom_testwindow_phase") == windows && meter("tom_operator_windows_waiting") == 0);
    }

    boolean leads() {
        return meter("tom_operator_leading") == 1;
    }

    /** Sum of all samples of a meter, 0 when there is none or nobody answers. */
    double meter(String name) {
        String page;
        try {
            page = ask("/metrics").body();
        } catch (IOException e) {
            return 0;
        }
        Matcher sample = Pattern.compile("(?m)^" + Pattern.quote(name) + "(?:\\{[^}]*})? (\\S+)$")
                .matcher(page);
        double sum = 0;
        while (sample.find()) {
            sum += Double.parseDouble(sample.group(1));
        }
        return sum;
    }

    private HttpResponse<String> ask(String path) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The most memory it has had so far, in MB (10^6 bytes): {@code VmHWM}. */
    double peakMegabytes() {
        return kilobytes("VmHWM") * 1024 / 1e6;
    }

    /** Memory now, in MB: {@code VmRSS}. */
    double megabytes() {
        return kilobytes("VmRSS") * 1024 / 1e6;
    }

    private double kilobytes(String field) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(running().pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time it has used. */
    Duration processorTime() {
        return running().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        kept = false;
        Process last = process;
        if (last != null && last.isAlive()) {
            last.destroyForcibly();
            awaitsEnd(last, Duration.ofSeconds(10));
        }
    }
}
