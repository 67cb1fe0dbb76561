package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/**
 * FreeSWITCH's {@code mod_audio_stream} (protocols.md B8).
 *
 * <p>In: L16 little-endian audio, and one metadata text that may come after the first audio. Out: {@code streamAudio} texts, which the
 * open build writes to a file and announces to the dialplan's controller, or raw L16 for the build that streams.
 *
 * <p>Neither build can be told to drop what it has: {@code killAudio} becomes an event, and only a controller that acts on it
 * ({@code uuid_break}) makes it a clear. So little is sent ahead, and that is what a caller who interrupts still hears.
 */
final class AudioStreamCodec implements TelephonyCodec {

    /** Enough for the jitter of one site; more would be heard over the caller. */
    private static final PlayoutTraits STREAM_TRAITS = new PlayoutTraits(80, 0, 0, 0);

    private static final int FILE_MILLIS = 300;
    /** The next file must lie there before the one that plays has ended. */
    private static final PlayoutTraits FILE_TRAITS = new PlayoutTraits(FILE_MILLIS + 100, 0, 0, 0);

    private static final String KILL = "{\"type\":\"killAudio\"}";
    private static final String HANG_UP = "{\"type\":\"disconnect\"}";
    private static final Set<Capability> CAPABILITIES = Set.of(Capability.HANG_UP, Capability.TRANSFER);

    private final AudioFormat format;
    private final Playback playback;
    private final LinearAudio audio;
    private final SwitchText texts = new SwitchText("words follow the metadata");
    private final AnswerFile file;

    /**
     * @param format of the leg, both ways
     * @param playback FILE for the open build, STREAM for the one that plays binary messages
     * @param channels 1, or 2 with the caller on the left
     */
    AudioStreamCodec(AudioFormat format, Playback playback, int channels) {
        this.format = format;
        this.playback = playback;
        this.audio = new LinearAudio(channels);
        this.file = new AnswerFile(
                "{\"type\":\"streamAudio\",\"data\":{\"audioDataType\":\"raw\",\"sampleRate\":" + format.sampleRate()
                        + ",\"audioData\":\"",
                format,
                FILE_MILLIS);
    }

    static LegRequest asked(MultiMap params) {
        return LegRequest.linear(params, Playback.FILE, AudioStreamCodec::new);
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public PlayoutTraits traits() {
        return switch (playback) {
            case STREAM -> STREAM_TRAITS;
            case FILE -> FILE_TRAITS;
        };
    }

    /** The module makes events of these texts; the dialplan's controller acts on them. */
    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public TelephonyMessage text(Buffer message) {
        return texts.read(message.toString());
    }

    @Override
    public TelephonyMessage binary(Buffer message) {
        return message.length() == 0 ? new TelephonyMessage.Ignored() : audio.take(message);
    }

    @Override
    public void begin(Wire wire) {
        // the module plays as soon as something comes
    }

    @Override
    public boolean paused() {
        return false;
    }

    @Override
    public void play(short[] frame, Wire wire) {
        Buffer bytes = LinearAudio.bytes(frame);
        switch (playback) {
            case STREAM -> wire.sendBinary(bytes);
            case FILE -> file.add(bytes, wire);
        }
    }

    @Override
    public void endOfAnswer(Wire wire) {
        file.end(wire);
    }

    /** {@inheritDoc} The text is for the controller. */
    @Override
    public void clear(Wire wire) {
        file.forget();
        wire.sendText(KILL);
    }

    @Override
    public void mark(String name, Wire wire) {
        throw new UnsupportedOperationException("this module knows no marks");
    }

    @Override
    public void transfer(String extension, Wire wire) {
        wire.sendText(SwitchText.transfer(extension));
    }

    @Override
    public void hangUp(Wire wire) {
        wire.sendText(HANG_UP);
    }
}
