package dev.tom.bridge.telephony;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Twilio Media Streams, bidirectional ({@code <Connect><Stream>}; protocols.md C2).
 *
 * <p>Everything is a JSON text: {@code connected}, {@code start} with the call and the parameters of the TwiML, {@code media} with
 * mu-law 8 kHz in base64, {@code dtmf}, {@code mark}, {@code stop}. The URL takes no query, so call id, number and token come as
 * parameters of {@code start}. Out: {@code media}, {@code clear}, {@code mark}.
 */
final class TwilioCodec implements TelephonyCodec {

    /** Twilio plays in order and drops all at a clear, so nothing is padded; the lead is for the jitter of the public network. */
    private static final PlayoutTraits TRAITS = new PlayoutTraits(200, 0, 0, 0);

    private static final Set<Capability> CAPABILITIES = Set.of(Capability.CLEAR, Capability.MARK);

    /** Goes into every message of ours as it is. */
    private static final Pattern STREAM_SID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private static final JsonObject NOTHING = new JsonObject();
    private static final byte[] NO_PAYLOAD = new byte[0];
    private static final String INBOUND = "inbound";

    private final JsonText json = new JsonText();
    private final CodedAudio audio = new CodedAudio(CodedAudio.Law.MU);
    private final byte[] codes = new byte[AudioFormat.NARROWBAND.samplesPerFrame()];
    private final byte[] coded = new byte[(codes.length + 2) / 3 * 4];
    private byte[] media = new byte[0];
    private int mediaHead;
    private String streamSid = "";

    // What the message that is being read contains.
    private String event = "";
    private byte[] payload = NO_PAYLOAD;
    private String track = INBOUND;
    private JsonObject body = NOTHING;

    static LegRequest asked(MultiMap unused) {
        return new LegRequest.Wanted(TwilioCodec::new);
    }

    @Override
    public AudioFormat format() {
        return AudioFormat.NARROWBAND;
    }

    @Override
    public PlayoutTraits traits() {
        return TRAITS;
    }

    /** Closing the socket makes Twilio go on with the TwiML behind {@code <Connect>}, which is the TwiML's affair. */
    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public TelephonyMessage text(Buffer message) {
        event = "";
        payload = NO_PAYLOAD;
        track = INBOUND;
        body = NOTHING;
        try (JsonParser parser = json.parser(message)) {
            return read(parser) ? meaning() : new TelephonyMessage.Garbage();
        } catch (IOException e) {
            return new TelephonyMessage.Garbage();
        }
    }

    /** Fields may come in any order. */
    private boolean read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "event" -> event = JsonText.string(parser);
                case "media" -> readMedia(parser);
                case "start", "dtmf", "mark" -> body = JsonText.strings(parser);
                default -> parser.skipChildren();
            }
        }
        return !event.isEmpty() && parser.nextToken() == null;
    }

    private void readMedia(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && name.equals("payload")) {
                payload = parser.getBinaryValue();
            } else if (name.equals("track")) {
                track = JsonText.string(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private TelephonyMessage meaning() {
        return switch (event) {
            case "media" ->
                track.equals(INBOUND) ? audio.take(payload, payload.length) : new TelephonyMessage.Ignored();
            case "start" -> started(body);
            case "dtmf" -> SwitchText.key(SwitchText.string(body, "digit"));
            case "mark" -> new TelephonyMessage.Marked(SwitchText.string(body, "name"));
            case "stop" -> new TelephonyMessage.Stopped();
            default -> new TelephonyMessage.Ignored();
        };
    }

    private TelephonyMessage started(JsonObject start) {
        JsonObject format = object(start, "mediaFormat");
        if (!format.getString("encoding", "audio/x-mulaw").equals("audio/x-mulaw")
                || !format.getString("sampleRate", "8000").equals("8000")
                || !format.getString("channels", "1").equals("1")) {
            return new TelephonyMessage.Unusable("Only audio/x-mulaw with 8000 Hz and one channel can be streamed");
        }
        String sid = SwitchText.string(start, "streamSid");
        if (!STREAM_SID.matcher(sid).matches()) {
            return new TelephonyMessage.Unusable("The start message has no usable streamSid");
        }
        address(sid);
        JsonObject parameters = object(start, "customParameters");
        String callSid = SwitchText.string(start, "callSid");
        return new TelephonyMessage.Metadata(
                callSid.isEmpty() ? SwitchText.callId(parameters) : callSid,
                SwitchText.number(parameters),
                SwitchText.string(parameters, "token"),
                "");
    }

    private static JsonObject object(JsonObject from, String name) {
        return from.getValue(name) instanceof JsonObject inner ? inner : NOTHING;
    }

    private void address(String sid) {
        streamSid = sid;
        byte[] head = ("{\"event\":\"media\",\"streamSid\":\"" + sid + "\",\"media\":{\"payload\":\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail = "\"}}".getBytes(StandardCharsets.ISO_8859_1);
        mediaHead = head.length;
        media = new byte[head.length + coded.length + tail.length];
        System.arraycopy(head, 0, media, 0, head.length);
        System.arraycopy(tail, 0, media, head.length + coded.length, tail.length);
    }

    /** Twilio sends no binary messages. */
    @Override
    public TelephonyMessage binary(Buffer message) {
        return new TelephonyMessage.Ignored();
    }

    @Override
    public void begin(Wire wire) {
        // the call was answered before the stream began
    }

    @Override
    public boolean paused() {
        return false;
    }

    @Override
    public void play(short[] frame, Wire wire) {
        CodedAudio.encode(CodedAudio.Law.MU, frame, codes, 0);
        int length = Base64.getEncoder().encode(codes, coded);
        System.arraycopy(coded, 0, media, mediaHead, length);
        wire.sendText(new String(media, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void endOfAnswer(Wire wire) {
        // frames are sent as they come
    }

    /** {@inheritDoc} Open marks come back at once. */
    @Override
    public void clear(Wire wire) {
        wire.sendText("{\"event\":\"clear\",\"streamSid\":\"" + streamSid + "\"}");
    }

    @Override
    public void mark(String name, Wire wire) {
        wire.sendText("{\"event\":\"mark\",\"streamSid\":\"" + streamSid + "\",\"mark\":{\"name\":\"" + name + "\"}}");
    }

    @Override
    public void transfer(String extension, Wire wire) {
        throw new UnsupportedOperationException("a stream cannot transfer its call");
    }

    @Override
    public void hangUp(Wire wire) {
        throw new UnsupportedOperationException("a stream cannot hang up its call");
    }
}
