package dev.tom.bridge.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the mounted directory by its content, a look every {@link #LOOK}: file events do not survive the kubelet's way of replacing
 * a projection, nor network file systems.
 *
 * <p>A projection is taken at once. A plain directory may be seen half-written, so a state of it counts when two looks agree; the same
 * holds for a state that cannot be read or is wrong. The listener is called on the watching thread.
 */
public final class ConfigWatcher implements AutoCloseable {

    static final Duration LOOK = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(ConfigWatcher.class);

    /** Hears of changes. */
    public interface Listener {
        /** The live settings are these; also when they are readable again. */
        void changed(LiveConfig live);

        /** The directory cannot be read or is wrong; nothing that it said before counts for egress. */
        void unreadable();
    }

    private final ConfigSources sources;
    private final ConfigDirectory directory;
    private final BridgeConfig initial;
    private final boolean governs;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("config-watch").factory());

    // Confined to the watching thread.
    private Map<String, String> taken;
    private @Nullable Look seen;
    private boolean unreadable;

    /** What a look found. */
    private sealed interface Look {
        record Read(Map<String, String> settings, boolean atomic) implements Look {}

        record Problem(String sentence) implements Look {}
    }

    /**
     * @param sources with a directory
     * @throws ConfigException when the directory cannot be read or is wrong now
     */
    public ConfigWatcher(ConfigSources sources) {
        this.sources = sources;
        this.directory = sources.directory().orElseThrow();
        this.taken = directory.read().settings();
        this.initial = ConfigParser.parse(sources.merged(taken));
        this.governs = ConfigSources.statesLiveKeys(taken);
    }

    /** The settings that changes are counted from. */
    public BridgeConfig initial() {
        return initial;
    }

    /** Begins to look. */
    public void start(Listener listener) {
        var _ = timer.scheduleWithFixedDelay(() -> lookSafely(listener), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void lookSafely(Listener listener) {
        try {
            look(listener);
        } catch (RuntimeException e) {
            log.error(
                    "The configuration watcher met an unexpected fault; provider use is closed until it can read again",
                    e);
            unreadable = true;
            listener.unreadable();
        }
    }

    /** One look. */
    void look(Listener listener) {
        Look now = see();
        boolean agreed = now.equals(seen);
        seen = now;
        switch (now) {
            case Look.Problem(String sentence) -> {
                if (agreed && !unreadable) {
                    unreadable = true;
                    log.error("{}. Provider use is closed until this is repaired", sentence.replace("\n", ". "));
                    listener.unreadable();
                }
            }
            case Look.Read(var settings, boolean atomic) -> {
                if ((atomic || agreed) && (unreadable || !settings.equals(taken))) {
                    take(settings, listener);
                }
            }
        }
    }

    private Look see() {
        try {
            ConfigDirectory.Content content = directory.read();
            if (governs && !ConfigSources.statesLiveKeys(content.settings())) {
                return new Look.Problem("The configuration directory no longer states any of the live settings");
            }
            ConfigParser.parse(sources.merged(content.settings()));
            return new Look.Read(content.settings(), content.atomic());
        } catch (ConfigException e) {
            return new Look.Problem(String.valueOf(e.getMessage()));
        }
    }

    private void take(Map<String, String> settings, Listener listener) {
        Set<String> changed = changedKeys(taken, settings);
        taken = settings;
        BridgeConfig config = ConfigParser.parse(sources.merged(settings));
        if (unreadable) {
            unreadable = false;
            log.info("The configuration directory can be read again");
        }
        changed.stream()
                .filter(key -> !ConfigSources.isLive(key))
                .forEach(key -> log.warn("{} has changed; it takes effect in a new pod only", key));
        log.info("Configuration {}: {}", config.live().hash(), describe(changed, config.live()));
        listener.changed(config.live());
    }

    private static String describe(Set<String> changed, LiveConfig live) {
        return "backend " + live.backend().label() + ", egress "
                + (live.egress().allowed() ? "allowed" : "not allowed")
                + live.egress().until().map(until -> " until " + until).orElse("")
                + (changed.isEmpty() ? "" : "; changed: " + String.join(", ", changed));
    }

    private static Set<String> changedKeys(Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return new TreeSet<>(keys);
    }
}
