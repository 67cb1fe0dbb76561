package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.EchoPath;
import dev.tom.bridge.audio.Framer;
import dev.tom.bridge.audio.RecentAudio;
import dev.tom.bridge.audio.VoiceGate;
import java.nio.ByteBuffer;

/** From the phone to the backend: {@link #accept} names every step. All of it in the event-loop turn in which the bytes came. */
final class UplinkPath {

    /** Hears of the caller's turns before the frame that tells goes on. */
    interface Turns {
        void changed(VoiceGate.Change change);
    }

    private final Framer framer;
    private final VoiceGate gate;
    private final RecentAudio recent;
    private final short[] silence;
    private final HeldWords words;
    private final Turns turns;

    /** @param echo is told by the downlink path what was played */
    UplinkPath(AudioFormat format, EchoPath echo, CallLink link, Turns turns) {
        framer = new Framer(format);
        gate = new VoiceGate(format, VoiceGate.DEFAULT_HANGOVER_MILLIS, echo);
        silence = new short[format.samplesPerFrame()];
        recent = new RecentAudio(format);
        words = new HeldWords(format, link);
        this.turns = turns;
    }

    /** Caller audio that came at {@code nowMillis}; of several frames that came together the last is the newest. */
    void accept(ByteBuffer pcm, long nowMillis) {
        framer.put(pcm);
        while (framer.next()) {
            short[] frame = framer.frame();
            long spokenAt = nowMillis - (long) framer.framesWaiting() * AudioFormat.FRAME_MILLIS;
            turns.changed(gate.hear(frame, spokenAt));
            recent.add(frame);
            words.accept(gate.ownVoice() ? silence : frame);
        }
    }

    VoiceGate gate() {
        return gate;
    }

    RecentAudio recent() {
        return recent;
    }

    HeldWords words() {
        return words;
    }
}
