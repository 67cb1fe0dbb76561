package dev.tom.bridge;

import dev.tom.bridge.observe.Readiness;
import dev.tom.bridge.speech.FillerAudio;
import dev.tom.bridge.speech.LocalStrain;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.local.LocalBackend;
import dev.tom.bridge.speech.local.LocalSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local pipeline as this pod has it: warmed up before the first call comes, tried again until that works. Where none is
 * configured, the announcement stands in and the pod is ready at once.
 */
final class LocalPipeline {

    private static final Logger log = LoggerFactory.getLogger(LocalPipeline.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Optional<LocalBackend> local;
    private final SpeechBackend announcement;
    private final Readiness readiness;
    private volatile boolean warm;

    LocalPipeline(Vertx vertx, Optional<LocalSettings> settings, SpeechBackend announcement, Readiness readiness) {
        this.vertx = vertx;
        this.local = settings.map(where -> new LocalBackend(vertx, where));
        this.announcement = announcement;
        this.readiness = readiness;
    }

    /** What answers when the provider does not. */
    SpeechBackend backend() {
        return local.<SpeechBackend>map(pipeline -> pipeline).orElse(announcement);
    }

    /** What bridges the wait after a call was moved to the local pipeline. */
    FillerAudio filler() {
        return local.<FillerAudio>map(pipeline -> pipeline).orElse(FillerAudio.NONE);
    }

    /** How it coped since this was asked last. */
    LocalStrain strain() {
        return local.map(LocalBackend::strain).orElse(LocalStrain.NONE);
    }

    /** Whether it has recognized and spoken once. */
    boolean warm() {
        return warm;
    }

    /** Makes the pod ready, now or when the pipeline is warm. */
    void warmUp() {
        local.ifPresentOrElse(this::tryToWarm, readiness::ready);
    }

    private void tryToWarm(LocalBackend pipeline) {
        readiness.waiting("The local pipeline is warming up");
        pipeline.warmUp()
                .onSuccess(_ -> {
                    log.info("The local pipeline is warm");
                    warm = true;
                    readiness.ready();
                })
                .onFailure(fault -> {
                    String sentence = "The local pipeline is not ready: " + fault.getMessage();
                    log.warn(sentence);
                    readiness.waiting(sentence);
                    if (!readiness.draining()) {
                        vertx.setTimer(RETRY.toMillis(), _ -> tryToWarm(pipeline));
                    }
                });
    }
}
