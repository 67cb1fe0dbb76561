package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/**
 * FreeSWITCH's {@code mod_audio_fork}, the jambonz and the older drachtio one (protocols.md B3-B5).
 *
 * <p>In: one metadata text, then L16 little-endian audio in messages of any length; with two channels the caller is the left one. An
 * empty binary message says that no more caller audio comes. Out: L16 in binary messages, or {@code playAudio} texts for a module
 * that only plays files; {@code killAudio} drops what is queued.
 *
 * <p>The module's marks are not used: after a kill they are reported at the wrong places.
 */
final class AudioForkCodec implements TelephonyCodec {

    /**
     * The module holds back the first 160 ms and up to 80 ms later, also over a {@code killAudio}, and throws away what arrives
     * before its next 20 ms tick after one.
     */
    private static final PlayoutTraits STREAM_TRAITS = new PlayoutTraits(160, 160, 80, 40);

    /** A file is played whole, so nothing needs padding; a full second at once gives the first file without a wait. */
    private static final PlayoutTraits FILE_TRAITS = new PlayoutTraits(1_000, 0, 0, 0);

    private static final int FILE_MILLIS = 1_000;
    /** What the module waits for before it plays the first sample of a call; less stays with it over a kill. */
    private static final int FIRST_THRESHOLD_SAMPLES = 1_280;

    /** The sample -1 (0xFFFF) is the module's own sign for a mark. */
    private static final short IN_PLACE_OF_MINUS_ONE = -2;

    private static final String KILL = "{\"type\":\"killAudio\"}";
    private static final String HANG_UP = "{\"type\":\"disconnect\"}";
    private static final Set<Capability> CAPABILITIES =
            Set.of(Capability.CLEAR, Capability.HANG_UP, Capability.TRANSFER);
    private static final String OLD_MODULE = "the switch runs drachtio's mod_audio_fork, which plays no streamed audio:"
            + " use playback=file or the jambonz module";

    private final AudioFormat format;
    private final Playback playback;
    private final LinearAudio audio;
    private final SwitchText texts = new SwitchText(OLD_MODULE);
    private final AnswerFile file;
    private int firstSamples;

    /**
     * @param format of the leg, both ways
     * @param playback how answers are written
     * @param channels 1, or 2 with the caller on the left
     */
    AudioForkCodec(AudioFormat format, Playback playback, int channels) {
        this.format = format;
        this.playback = playback;
        this.audio = new LinearAudio(channels);
        this.file = new AnswerFile(
                "{\"type\":\"playAudio\",\"data\":{\"audioContentType\":\"raw\",\"sampleRate\":" + format.sampleRate()
                        + ",\"audioContent\":\"",
                format,
                FILE_MILLIS);
    }

    static LegRequest asked(MultiMap params) {
        return LegRequest.linear(params, Playback.STREAM, AudioForkCodec::new);
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

    /** The module makes events of these texts; the dialplan or its controller acts on them. */
    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public TelephonyMessage text(Buffer message) {
        return texts.read(message.toString());
    }

    /** After the graceful shutdown each text that the module wants to send arrives as another empty message: it is told once. */
    @Override
    public TelephonyMessage binary(Buffer message) {
        return message.length() == 0 ? new TelephonyMessage.AudioEnded() : audio.take(message);
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
        Buffer bytes = LinearAudio.bytes(frame, IN_PLACE_OF_MINUS_ONE);
        switch (playback) {
            case STREAM -> {
                firstSamples = Math.min(FIRST_THRESHOLD_SAMPLES, firstSamples + frame.length);
                wire.sendBinary(bytes);
            }
            case FILE -> file.add(bytes, wire);
        }
    }

    @Override
    public void endOfAnswer(Wire wire) {
        file.end(wire);
    }

    /**
     * {@inheritDoc} A kill before the module's first threshold would leave all of the answer's beginning in its pre-buffer, to be heard
     * in front of the next answer, so the threshold is reached with silence first.
     */
    @Override
    public void clear(Wire wire) {
        file.forget();
        if (playback == Playback.STREAM && firstSamples > 0 && firstSamples < FIRST_THRESHOLD_SAMPLES) {
            wire.sendBinary(Buffer.buffer(new byte[2 * (FIRST_THRESHOLD_SAMPLES - firstSamples)]));
            firstSamples = FIRST_THRESHOLD_SAMPLES;
        }
        wire.sendText(KILL);
    }

    @Override
    public void mark(String name, Wire wire) {
        throw new UnsupportedOperationException("marks of this module cannot be trusted");
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
