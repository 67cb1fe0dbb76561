package dev.tom.bridge.telephony;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The dialects, each by its path: {@code <path>[/{token}][?parameters]}. */
@SuppressWarnings("ImmutableEnumChecker") // unmodifiable lists and references to static methods
enum Dialect {
    /** FreeSWITCH with {@code mod_audio_fork}. */
    AUDIO_FORK("/v1/fork", List.of("audio.drachtio.org", "audio.jambonz.org"), false, AudioForkCodec::asked),
    /** FreeSWITCH with {@code mod_audio_stream}. */
    AUDIO_STREAM("/v1/stream", List.of(), false, AudioStreamCodec::asked),
    /** Twilio Media Streams; its URL can carry no token. */
    TWILIO("/v1/twilio", List.of(), true, TwilioCodec::asked),
    /** Asterisk with {@code chan_websocket}. */
    ASTERISK("/v1/asterisk", List.of("media"), false, AsteriskCodec::asked);

    private final String path;
    private final List<String> subprotocols;
    private final boolean tokenMayFollow;
    private final Function<MultiMap, LegRequest> asked;

    Dialect(String path, List<String> subprotocols, boolean tokenMayFollow, Function<MultiMap, LegRequest> asked) {
        this.path = path;
        this.subprotocols = subprotocols;
        this.tokenMayFollow = tokenMayFollow;
        this.asked = asked;
    }

    /**
     * Where a request goes.
     *
     * @param token the part of the path behind the dialect's own, or empty
     */
    record Target(Dialect dialect, String token) {}

    /** The dialect of a path, or empty when it is none of ours. */
    static Optional<Target> of(String path) {
        for (Dialect dialect : values()) {
            if (path.equals(dialect.path) || path.equals(dialect.path + "/")) {
                return Optional.of(new Target(dialect, ""));
            }
            if (path.startsWith(dialect.path + "/")) {
                String rest = path.substring(dialect.path.length() + 1);
                return rest.contains("/") ? Optional.empty() : Optional.of(new Target(dialect, rest));
            }
        }
        return Optional.empty();
    }

    /** All paths as part of a sentence. */
    static String paths() {
        List<String> paths =
                new ArrayList<>(Stream.of(values()).map(dialect -> dialect.path).toList());
        String last = paths.removeLast();
        return paths.isEmpty() ? last : String.join(", ", paths) + " or " + last;
    }

    /** All subprotocols that may be offered. */
    static List<String> allSubprotocols() {
        return Stream.of(values())
                .flatMap(dialect -> dialect.subprotocols.stream())
                .toList();
    }

    /** Whether a leg whose upgrade carries no token may show one in its first message instead. */
    boolean tokenMayFollow() {
        return tokenMayFollow;
    }

    /** Whether the far side goes where a 302 sends it; the others take it for a refusal without a reason. */
    boolean followsRedirects() {
        return this == AUDIO_FORK;
    }

    LegRequest asked(MultiMap params) {
        return asked.apply(params);
    }
}
