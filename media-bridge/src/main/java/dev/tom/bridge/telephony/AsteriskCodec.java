package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Asterisk's {@code chan_websocket} as a client of ours (protocols.md C1).
 *
 * <p>Binary messages are media in the codec of the channel, both ways; texts are control, as JSON or in the older plain form: we write
 * what the other side speaks, because it hangs up on what it cannot parse. Asterisk plays at its own clock from a queue of its own,
 * makes the silence in it, says {@code MEDIA_XOFF} when the queue is nearly full, and drops it for {@code FLUSH_MEDIA}. It drops what
 * does not fill a frame, so messages are whole numbers of its frames.
 */
final class AsteriskCodec implements TelephonyCodec {

    /** A flush empties the queue at once and takes nothing that comes after it; the lead is for the jitter of the network. */
    private static final PlayoutTraits TRAITS = new PlayoutTraits(160, 0, 0, 0);

    private static final Set<Capability> CAPABILITIES =
            Set.of(Capability.CLEAR, Capability.FLOW_CONTROL, Capability.HANG_UP);
    /** The releases with JSON control know marks; an older one would log a warning for each. */
    private static final Set<Capability> WITH_MARKS = withMarks();

    /** A larger message makes Asterisk hang up. */
    private static final int MAX_MESSAGE_BYTES = 65_500;

    /** How a channel's codec looks on the wire. */
    private enum Media {
        ULAW(AudioFormat.NARROWBAND, 1, (byte) 0xFF),
        ALAW(AudioFormat.NARROWBAND, 1, (byte) 0xD5),
        /** In the byte order of Asterisk's machine: little-endian on all that are in use. */
        SLIN(AudioFormat.NARROWBAND, 2, (byte) 0),
        SLIN16(AudioFormat.WIDEBAND, 2, (byte) 0);

        final AudioFormat format;
        final int bytesPerSample;
        final byte silence;

        Media(AudioFormat format, int bytesPerSample, byte silence) {
            this.format = format;
            this.bytesPerSample = bytesPerSample;
            this.silence = silence;
        }

        int frameBytes() {
            return format.samplesPerFrame() * bytesPerSample;
        }
    }

    private final Asked asked;
    private final AsteriskControl control = new AsteriskControl();
    private final LinearAudio linear = new LinearAudio(1);
    private CodedAudio coded = new CodedAudio(CodedAudio.Law.MU);
    private byte[] codes = new byte[0];
    private Media media = Media.ULAW;
    private int frameBytes = media.frameBytes();
    private Buffer unaligned = Buffer.buffer();
    private boolean started;
    private boolean paused;

    /**
     * What the URI parameters of the dial string say; they count more than variables of the channel.
     *
     * @param callId or empty
     * @param number the caller's, or empty
     * @param answers whether the channel waits for us to answer it (option {@code n})
     */
    record Asked(String callId, String number, boolean answers) {
        @Override
        public String toString() {
            return "Asked[" + callId + "]";
        }
    }

    AsteriskCodec(Asked asked) {
        this.asked = asked;
    }

    /** {@code callId=…, from=…, answer=yes|no}. */
    static LegRequest asked(MultiMap params) {
        String answer = LegRequest.parameter(params, "answer", "no");
        if (!answer.equals("yes") && !answer.equals("no")) {
            return new LegRequest.Wrong("The parameter answer must be yes (with the dial option n) or no");
        }
        Asked asked = new Asked(
                LegRequest.parameter(params, "callId", ""),
                LegRequest.parameter(params, "from", ""),
                answer.equals("yes"));
        return new LegRequest.Wanted(() -> new AsteriskCodec(asked));
    }

    private static Set<Capability> withMarks() {
        EnumSet<Capability> all = EnumSet.copyOf(CAPABILITIES);
        all.add(Capability.MARK);
        return Set.copyOf(all);
    }

    @Override
    public AudioFormat format() {
        return media.format;
    }

    @Override
    public PlayoutTraits traits() {
        return TRAITS;
    }

    @Override
    public Set<Capability> capabilities() {
        return control.speaksJson() ? WITH_MARKS : CAPABILITIES;
    }

    @Override
    public TelephonyMessage text(Buffer message) {
        JsonObject told = control.read(message);
        return switch (SwitchText.string(told, AsteriskControl.EVENT)) {
            case "" -> new TelephonyMessage.Garbage();
            case "MEDIA_START" -> started(told);
            case "DTMF_END" -> SwitchText.key(SwitchText.string(told, "digit"));
            case "MEDIA_MARK_PROCESSED" -> new TelephonyMessage.Marked(SwitchText.string(told, "correlation_id"));
            case "MEDIA_XOFF" -> paused(true);
            case "MEDIA_XON" -> paused(false);
            case "STATUS" -> paused(SwitchText.string(told, "queue_full").equals("true"));
            case "ERROR" -> new TelephonyMessage.Complaint(SwitchText.string(told, "error_text"));
            default -> new TelephonyMessage.Ignored();
        };
    }

    private TelephonyMessage paused(boolean now) {
        paused = now;
        return new TelephonyMessage.Ignored();
    }

    private TelephonyMessage started(JsonObject told) {
        if (started) {
            return new TelephonyMessage.Ignored();
        }
        String format = SwitchText.string(told, "format");
        switch (format) {
            case "ulaw" -> media = Media.ULAW;
            case "alaw" -> media = Media.ALAW;
            case "slin" -> media = Media.SLIN;
            case "slin16" -> media = Media.SLIN16;
            default -> {
                return new TelephonyMessage.Unusable(
                        "The channel's codec must be ulaw, alaw, slin or slin16: name it in the dial string, as c(ulaw)");
            }
        }
        String size = SwitchText.string(told, "optimal_frame_size");
        frameBytes = size.isEmpty() ? media.frameBytes() : number(size);
        if (frameBytes <= 0 || frameBytes > MAX_MESSAGE_BYTES) {
            return new TelephonyMessage.Unusable("The channel is in passthrough mode: dial it without the option p");
        }
        started = true;
        codes = new byte[media.frameBytes()];
        coded = new CodedAudio(media == Media.ALAW ? CodedAudio.Law.A : CodedAudio.Law.MU);
        return metadata(told);
    }

    private TelephonyMessage metadata(JsonObject told) {
        JsonObject variables = told.getValue("channel_variables") instanceof JsonObject set ? set : new JsonObject();
        return new TelephonyMessage.Metadata(
                firstOf(
                        asked.callId(),
                        SwitchText.callId(variables),
                        SwitchText.string(told, "channel_id"),
                        SwitchText.string(told, "connection_id")),
                firstOf(asked.number(), SwitchText.number(variables)),
                "",
                "");
    }

    private static String firstOf(String... candidates) {
        return Arrays.stream(candidates)
                .filter(candidate -> !candidate.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
    }

    @Override
    public TelephonyMessage binary(Buffer message) {
        if (!started || message.length() == 0) {
            return new TelephonyMessage.Ignored();
        }
        return switch (media) {
            case SLIN, SLIN16 -> linear.take(message);
            case ULAW, ALAW -> {
                int length = message.length();
                if (codes.length < length) {
                    codes = new byte[length];
                }
                message.getBytes(0, length, codes, 0);
                yield coded.take(codes, length);
            }
        };
    }

    @Override
    public void begin(Wire wire) {
        if (asked.answers()) {
            wire.sendText(control.command("ANSWER"));
        }
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public void play(short[] frame, Wire wire) {
        Buffer bytes = wireBytes(frame);
        if (frameBytes == bytes.length() && unaligned.length() == 0) {
            wire.sendBinary(bytes);
            return;
        }
        unaligned.appendBuffer(bytes);
        int whole = unaligned.length() - unaligned.length() % frameBytes;
        if (whole > 0) {
            wire.sendBinary(unaligned.getBuffer(0, whole));
            unaligned = unaligned.getBuffer(whole, unaligned.length());
        }
    }

    private Buffer wireBytes(short[] frame) {
        return switch (media) {
            case SLIN, SLIN16 -> LinearAudio.bytes(frame);
            case ULAW -> coded(CodedAudio.Law.MU, frame);
            case ALAW -> coded(CodedAudio.Law.A, frame);
        };
    }

    private static Buffer coded(CodedAudio.Law law, short[] frame) {
        byte[] bytes = new byte[frame.length];
        CodedAudio.encode(law, frame, bytes, 0);
        return Buffer.buffer(bytes);
    }

    @Override
    public void endOfAnswer(Wire wire) {
        if (unaligned.length() > 0) {
            byte[] silence = new byte[frameBytes - unaligned.length()];
            Arrays.fill(silence, media.silence);
            wire.sendBinary(unaligned.appendBytes(silence));
            unaligned = Buffer.buffer();
        }
    }

    /** {@inheritDoc} An empty queue has room, and marks in it are lost without a word. */
    @Override
    public void clear(Wire wire) {
        unaligned = Buffer.buffer();
        paused = false;
        wire.sendText(control.command("FLUSH_MEDIA"));
    }

    @Override
    public void mark(String name, Wire wire) {
        wire.sendText(control.mark(name));
    }

    @Override
    public void transfer(String extension, Wire wire) {
        throw new UnsupportedOperationException("a channel cannot transfer its caller");
    }

    @Override
    public void hangUp(Wire wire) {
        wire.sendText(control.command("HANGUP"));
    }
}
