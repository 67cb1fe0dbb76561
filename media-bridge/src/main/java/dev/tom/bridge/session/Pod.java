package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.CallSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.NoticeAudio.Notice;
import dev.tom.bridge.speech.SpeechBackend;
import java.time.InstantSource;
import java.util.Optional;

/** What a call needs from the pod it lives in. Thread-safe. */
interface Pod {

    SpeechBackend backend(BackendKind kind);

    Optional<short[]> filler(AudioFormat format);

    /** A sentence that the bridge says itself; empty when it has no recording. */
    short[] notice(Notice notice, AudioFormat format);

    /** Where a call that begins now goes. */
    BackendKind routeOfNewCall();

    /** @param canTransfer whether the leg of the call can send its caller elsewhere */
    CallSettings callSettings(boolean canTransfer);

    CallObserver observer();

    /** Wall clock, for accounts. */
    InstantSource clock();

    /** Monotonic clock, for everything that is measured or waited for, in milliseconds. */
    long nowMillis();

    /** A call had trouble with the provider. */
    void providerTrouble(FailureReason reason);

    /** A turn was answered. */
    void turnAnswered(BackendKind backend, long latencyMillis);

    /** The caller no longer waits for an answer of the provider that was due since so many milliseconds. */
    void turnAbandoned(long waitedMillis);

    /** Ticks this call every 20 ms on its event loop until it ends. Called on that event loop. */
    void tick(CallSession call);

    /** This call has ended. */
    void ended(CallSession call);
}
