package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.telephony.AudioForkCodec.Playback;
import io.vertx.core.MultiMap;
import java.util.Optional;

/** What a telephone socket asks for: {@code /v1/fork[/{token}]?rate=8000|16000&playback=stream|file&channels=1|2}. */
sealed interface ForkRequest {

    String PATH = "/v1/fork";

    /**
     * Well-formed.
     *
     * @param channels 1 or 2
     */
    record Wanted(AudioFormat format, Playback playback, int channels) implements ForkRequest {
        TelephonyCodec codec() {
            return new AudioForkCodec(format, playback, channels);
        }
    }

    /** Not well-formed: one sentence. */
    record Wrong(String sentence) implements ForkRequest {}

    /** The token that is part of the path; empty optional when the path is not ours. */
    static Optional<String> pathToken(String path) {
        if (path.equals(PATH) || path.equals(PATH + "/")) {
            return Optional.of("");
        }
        String rest = path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1) : "/";
        return rest.contains("/") ? Optional.empty() : Optional.of(rest);
    }

    /** Other parameters than ours are the switch's own affair. */
    static ForkRequest of(MultiMap params) {
        String rate = parameter(params, "rate", "8000");
        String playback = parameter(params, "playback", "stream");
        String channels = parameter(params, "channels", "1");
        if (!rate.equals("8000") && !rate.equals("16000")) {
            return new Wrong("The parameter rate must be 8000 or 16000");
        }
        if (!playback.equals("stream") && !playback.equals("file")) {
            return new Wrong("The parameter playback must be stream or file");
        }
        if (!channels.equals("1") && !channels.equals("2")) {
            return new Wrong("The parameter channels must be 1, or 2 with the caller on the left");
        }
        return new Wanted(
                AudioFormat.ofRate(Integer.parseInt(rate)),
                playback.equals("file") ? Playback.FILE : Playback.STREAM,
                Integer.parseInt(channels));
    }

    private static String parameter(MultiMap params, String name, String otherwise) {
        String value = params.get(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
