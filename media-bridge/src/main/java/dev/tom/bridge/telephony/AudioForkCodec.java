package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * FreeSWITCH's {@code mod_audio_fork}, the jambonz and the older drachtio one (protocols.md B3-B5).
 *
 * <p>In: one metadata text, then L16 little-endian audio in messages of any length; with two channels the caller is the left one. An
 * empty binary message says that no more caller audio comes. Out: L16 in binary messages, or {@code playAudio} texts for a module
 * that only plays files; {@code killAudio} drops what is queued.
 */
final class AudioForkCodec implements TelephonyCodec {

    /** How answers reach the caller. */
    enum Playback {
        /** Binary messages, mixed into the call by the module as they come. */
        STREAM,
        /** Texts with about a second of audio each, which the dialplan plays as files. */
        FILE
    }

    /**
     * The module holds back the first 160 ms and up to 80 ms later, also over a {@code killAudio}, and throws away what arrives
     * before its next 20 ms tick after one.
     */
    private static final PlayoutTraits STREAM_TRAITS = new PlayoutTraits(160, 160, 80, 40);

    /** A file is played whole, so nothing needs padding; a full second at once gives the first file without a wait. */
    private static final PlayoutTraits FILE_TRAITS = new PlayoutTraits(1_000, 0, 0, 0);

    private static final int FILE_MILLIS = 1_000;

    private static final String KILL = "{\"type\":\"killAudio\"}";
    private static final String HANG_UP = "{\"type\":\"disconnect\"}";
    private static final Set<Capability> CAPABILITIES =
            Set.of(Capability.CLEAR, Capability.HANG_UP, Capability.TRANSFER);
    private static final List<String> CALL_ID_KEYS = List.of("callId", "call_id", "callSid", "uuid");
    private static final List<String> NUMBER_KEYS = List.of("from", "caller");
    private static final String DTMF_DIGITS = "0123456789*#ABCD";
    private static final String OLD_MODULE = "the switch runs drachtio's mod_audio_fork, which plays no streamed audio:"
            + " use playback=file or the jambonz module";

    private final AudioFormat format;
    private final Playback playback;
    private final int bytesPerSample;

    /** Grows to the largest message seen, which the limits bound. */
    private byte[] work = new byte[4 * 640];

    private int carried;
    private Buffer collected = Buffer.buffer();
    private boolean hasMetadata;

    /**
     * @param format of the leg, both ways
     * @param playback how answers are written
     * @param channels 1, or 2 with the caller on the left
     */
    AudioForkCodec(AudioFormat format, Playback playback, int channels) {
        this.format = format;
        this.playback = playback;
        this.bytesPerSample = 2 * channels;
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
    public TelephonyMessage text(String text) {
        int end = FirstObject.end(text);
        if (end < 0) {
            return new TelephonyMessage.Garbage();
        }
        JsonObject json;
        try {
            json = new JsonObject(text.substring(0, end));
        } catch (DecodeException e) {
            return new TelephonyMessage.Garbage();
        }
        if ("dtmf".equals(json.getValue("event"))) {
            return dtmf(string(json, "dtmf"));
        }
        if (hasMetadata || "mark".equals(json.getValue("type"))) {
            return new TelephonyMessage.Ignored();
        }
        hasMetadata = true;
        String rest = text.substring(end).strip();
        return new TelephonyMessage.Metadata(
                first(json, CALL_ID_KEYS), first(json, NUMBER_KEYS), rest.isEmpty() ? "" : OLD_MODULE);
    }

    private static TelephonyMessage dtmf(String key) {
        String digit = key.toUpperCase(Locale.ROOT);
        return digit.length() == 1 && DTMF_DIGITS.contains(digit)
                ? new TelephonyMessage.Dtmf(digit.charAt(0))
                : new TelephonyMessage.Ignored();
    }

    private static String first(JsonObject json, List<String> keys) {
        return keys.stream()
                .map(key -> string(json, key))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String string(JsonObject json, String key) {
        return json.getValue(key) instanceof CharSequence value ? value.toString() : "";
    }

    @Override
    public ByteBuffer audio(Buffer message) {
        int length = carried + message.length();
        if (work.length < length) {
            work = Arrays.copyOf(work, length);
        }
        message.getBytes(0, message.length(), work, carried);
        int whole = length - length % bytesPerSample;
        byte[] pcm = work;
        int bytes = whole;
        carried = length - whole;
        if (bytesPerSample == 4) {
            bytes = whole / 2;
            pcm = left(whole);
        }
        ByteBuffer out = ByteBuffer.wrap(pcm, 0, bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (carried > 0) {
            keepRest(whole);
        }
        return out;
    }

    /** Folds the left channel to the front of the work array, behind which the incomplete sample stays where it is. */
    private byte[] left(int whole) {
        for (int from = 0, to = 0; from < whole; from += 4, to += 2) {
            work[to] = work[from];
            work[to + 1] = work[from + 1];
        }
        return work;
    }

    /** The result still lies in the work array, so the incomplete sample gets a new one to wait in. */
    private void keepRest(int whole) {
        byte[] next = new byte[work.length];
        System.arraycopy(work, whole, next, 0, carried);
        work = next;
    }

    @Override
    public boolean emptyMeansAudioEnded() {
        return true;
    }

    @Override
    public void play(short[] frame, Wire wire) {
        switch (playback) {
            case STREAM -> wire.binary(pcm(frame));
            case FILE -> {
                collected.appendBuffer(pcm(frame));
                if (collected.length() >= 2 * format.sampleRate() * FILE_MILLIS / 1_000) {
                    sendFile(wire);
                }
            }
        }
    }

    @Override
    public void endOfAnswer(Wire wire) {
        if (collected.length() > 0) {
            sendFile(wire);
        }
    }

    @Override
    public void clear(Wire wire) {
        collected = Buffer.buffer();
        wire.text(KILL);
    }

    @Override
    public void transfer(String extension, Wire wire) {
        wire.text(new JsonObject()
                .put("type", "transfer")
                .put("data", new JsonObject().put("extension", extension))
                .encode());
    }

    @Override
    public void hangUp(Wire wire) {
        wire.text(HANG_UP);
    }

    private void sendFile(Wire wire) {
        wire.text(new JsonObject()
                .put("type", "playAudio")
                .put(
                        "data",
                        new JsonObject()
                                .put("audioContentType", "raw")
                                .put("sampleRate", format.sampleRate())
                                .put("audioContent", Base64.getEncoder().encodeToString(collected.getBytes())))
                .encode());
        collected = Buffer.buffer();
    }

    /** The sample -1 (0xFFFF) is the module's own sign for a mark, so -2 goes in its place. */
    private static Buffer pcm(short[] frame) {
        byte[] bytes = new byte[2 * frame.length];
        for (int i = 0; i < frame.length; i++) {
            short sample = frame[i] == -1 ? -2 : frame[i];
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        return Buffer.buffer(bytes);
    }
}
