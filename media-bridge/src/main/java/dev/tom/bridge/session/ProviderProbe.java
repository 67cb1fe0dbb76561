package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.failover.PodBreaker;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One background session with the provider: ready is success. Runs on the context it is started on; reports once. */
final class ProviderProbe {

    /** Ends before the breaker would give it up, so that the reason is known. */
    private static final long LIMIT_MILLIS = PodBreaker.PROBE_LIMIT_MILLIS - 1_000;

    private final Vertx vertx;
    private final Consumer<Optional<FailureReason>> result;
    private Optional<SpeechLink> link = Optional.empty();
    private long timer;
    private boolean done;

    private ProviderProbe(Vertx vertx, Consumer<Optional<FailureReason>> result) {
        this.vertx = vertx;
        this.result = result;
    }

    /**
     * @param result empty when the session became ready, else why not
     */
    static void start(Vertx vertx, SpeechBackend provider, Consumer<Optional<FailureReason>> result) {
        ProviderProbe probe = new ProviderProbe(vertx, result);
        probe.timer = vertx.setTimer(LIMIT_MILLIS, _ -> probe.over(Optional.of(FailureReason.TIMEOUT)));
        try {
            SpeechLink opened = provider.open(new LinkRequest("probe", AudioFormat.NARROWBAND, List.of()), probe::said);
            probe.link = Optional.of(opened);
        } catch (RuntimeException e) {
            probe.over(Optional.of(FailureReason.BACKEND_ERROR));
        }
    }

    private void said(SpeechEvent event) {
        switch (event) {
            case SpeechEvent.Ready _ -> over(Optional.empty());
            case SpeechEvent.Failed(FailureReason reason, String _) -> over(Optional.of(reason));
            case SpeechEvent.SpeechHeard _,
                    SpeechEvent.CallerSaid _,
                    SpeechEvent.AnswerStarted _,
                    SpeechEvent.AnswerAudio _,
                    SpeechEvent.AnswerText _,
                    SpeechEvent.AnswerDone _,
                    SpeechEvent.Used _,
                    SpeechEvent.Lasting _,
                    SpeechEvent.Allowance _,
                    SpeechEvent.Worked _,
                    SpeechEvent.Dropped _,
                    SpeechEvent.Troubled _ -> {}
        }
    }

    private void over(Optional<FailureReason> why) {
        if (done) {
            return;
        }
        done = true;
        vertx.cancelTimer(timer);
        link.ifPresent(SpeechLink::close);
        result.accept(why);
    }
}
