package dev.tom.operator.report;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.Change;
import dev.tom.operator.desired.Names;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.Ownership;
import dev.tom.operator.observe.World;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.Decision;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Collects the reports of all windows while they run, and says when one is to be written: when figures have changed, at most every {@link
 * #EVERY}, and at the end in any case. A bridge that is gone still counts; a restarted operator goes on from what was written last. Once a
 * window is closed nothing is added but what the ledger finds out later about its dead runs. Thread-safe; one window is one thread's at a
 * time.
 */
public final class ReportBook {

    /** Between two writes while a window runs: many windows must not keep the API server busy with figures. */
    static final Duration EVERY = Duration.ofSeconds(15);

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /**
     * A window's page in the book.
     *
     * @param changes what is to be applied; none when what is stored is right or may wait
     * @param told what is stored, or will be; empty for a closed window whose report cannot be read
     */
    public record Page(List<Change> changes, Optional<WindowReport> told) {
        public Page {
            changes = List.copyOf(changes);
        }
    }

    /** What was written, as far as this process knows. */
    private record Written(Heading heading, Thresholds thresholds, Collected collected, Instant at, String digest) {

        boolean says(Heading heading, Thresholds thresholds, Collected collected) {
            return this.heading.equals(heading)
                    && this.thresholds.equals(thresholds)
                    && this.collected.equals(collected);
        }
    }

    /**
     * What is remembered of a window.
     *
     * @param version of the stored ConfigMap that was found to be what was written
     */
    private record Entry(String uid, Collected collected, Optional<Written> written, String version) {}

    /** Takes what the bridges say now, and says what is to be written. */
    public Page page(World world, Decision decision, Instant now) {
        TestWindow window = world.window();
        Optional<ConfigMap> stored = stored(world);
        Optional<Entry> known = known(window).or(() -> stored.flatMap(map -> read(window, map)));
        boolean closed = world.observed().history().closedAt().isPresent();
        if (known.isEmpty() && closed) {
            return new Page(List.of(), Optional.empty());
        }
        Entry before = known.orElseGet(() -> new Entry(uid(window), Collected.NOTHING, Optional.empty(), ""));
        Collected collected = before.collected().with(look(world));
        if (!closed && decision.openedAt().isPresent()) {
            collected = collected.with(point(world, now));
        }
        boolean last =
                decision.closedAt().isPresent() || world.observed().deletedAt().isPresent();
        Written written = written(before, Heading.of(window, decision), Thresholds.of(window), collected, last, now);
        boolean there =
                stored.filter(map -> holds(map, written, before.version())).isPresent();
        entries.put(
                key(window), new Entry(before.uid(), collected, Optional.of(written), there ? version(stored) : ""));
        return new Page(
                there ? List.of() : List.of(new Change.Present(ReportPage.of(window, render(written)))),
                Optional.of(WindowReport.of(written.collected(), written.thresholds())));
    }

    /** The window is gone. */
    public void forget(TestWindow window) {
        entries.remove(key(window));
    }

    /**
     * What is to be stored: what was written last, or something newer when it is time for it. The end of a window is no time for figures: many
     * windows may end together, and their egress goes first. Its proof is.
     */
    private static Written written(
            Entry before, Heading heading, Thresholds thresholds, Collected collected, boolean last, Instant now) {
        Optional<Written> stored = before.written();
        if (stored.isPresent()
                && (stored.get().says(heading, thresholds, collected) || !(last || due(stored.get(), now)))) {
            return stored.get();
        }
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        var fresh = new Written(heading, thresholds, collected, at, "");
        return new Written(heading, thresholds, collected, at, ReportPage.digest(render(fresh)));
    }

    private static boolean due(Written stored, Instant now) {
        return !now.isBefore(stored.at().plus(EVERY)) || now.isBefore(stored.at());
    }

    private static Map<String, String> render(Written written) {
        return ReportPage.data(written.heading(), written.thresholds(), written.collected(), written.at());
    }

    private static boolean holds(ConfigMap stored, Written written, String version) {
        return ReportPage.said(stored).filter(written.digest()::equals).isPresent()
                && ((!version.isEmpty() && version(Optional.of(stored)).equals(version))
                        || ReportPage.digest(stored.getData()).equals(written.digest()));
    }

    private Optional<Entry> known(TestWindow window) {
        return Optional.ofNullable(entries.get(key(window)))
                .filter(entry -> entry.uid().equals(uid(window)));
    }

    private static Optional<Entry> read(TestWindow window, ConfigMap map) {
        return ReportPage.read(map).map(stored -> {
            Optional<String> digest =
                    ReportPage.said(map).filter(said -> said.equals(ReportPage.digest(map.getData())));
            return new Entry(
                    uid(window),
                    stored.collected(),
                    digest.map(said -> new Written(
                            stored.heading(), stored.thresholds(), stored.collected(), stored.collectedAt(), said)),
                    "");
        });
    }

    /** An earlier window of this name leaves its report to the garbage collector, not to us. */
    private static Optional<ConfigMap> stored(World world) {
        return Ownership.configMap(
                world.window(), Names.report(world.window().getMetadata().getName()), world.objects());
    }

    private static Collected.Look look(World world) {
        return new Collected.Look(
                world.statuses(),
                world.observed().bridges().stream().map(BridgeReading::pod).collect(Collectors.toSet()),
                Optional.ofNullable(world.window().getMetadata().getCreationTimestamp())
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH),
                world.observed().history().closedAt());
    }

    private static Series.Point point(World world, Instant now) {
        int provider = 0;
        int active = 0;
        int onProvider = 0;
        for (BridgeStatus status : world.statuses()) {
            int live = Math.min(status.calls().active(), status.calls().live().getOrDefault(Totals.PROVIDER, 0));
            provider += live;
            active += status.calls().active();
            onProvider += status.backend().equals(Totals.PROVIDER) ? 1 : 0;
        }
        return new Series.Point(
                now.getEpochSecond(),
                provider,
                active - provider,
                onProvider,
                world.statuses().size() - onProvider);
    }

    private static String key(TestWindow window) {
        return window.getMetadata().getNamespace() + "/" + window.getMetadata().getName();
    }

    private static String uid(TestWindow window) {
        return Objects.requireNonNullElse(window.getMetadata().getUid(), "");
    }

    private static String version(Optional<ConfigMap> map) {
        return map.map(found -> found.getMetadata().getResourceVersion()).orElse("");
    }
}
