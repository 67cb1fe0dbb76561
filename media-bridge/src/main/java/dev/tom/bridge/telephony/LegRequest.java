package dev.tom.bridge.telephony;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.Supplier;

/** What a telephone socket asks for by the parameters of its upgrade. Parameters that are not ours are the far side's own affair. */
sealed interface LegRequest {

    /** Well-formed. */
    record Wanted(Supplier<TelephonyCodec> codec) implements LegRequest {}

    /** Not well-formed: one sentence. */
    record Wrong(String sentence) implements LegRequest {}

    /** Makes the codec of a dialect whose audio is 16-bit PCM as FreeSWITCH has it. */
    interface Linear {
        /**
         * The codec.
         *
         * @param channels of the caller's side: 1, or 2 with the caller on the left
         */
        TelephonyCodec codec(AudioFormat format, Playback playback, int channels);
    }

    /** {@code rate=8000|16000, playback=stream|file, channels=1|2}. */
    static LegRequest linear(MultiMap params, Playback usual, Linear dialect) {
        String rate = parameter(params, "rate", "8000");
        String playback = parameter(params, "playback", usual.label());
        String channels = parameter(params, "channels", "1");
        if (!List.of("8000", "16000").contains(rate)) {
            return new Wrong("The parameter rate must be 8000 or 16000");
        }
        if (!List.of(Playback.STREAM.label(), Playback.FILE.label()).contains(playback)) {
            return new Wrong("The parameter playback must be stream or file");
        }
        if (!List.of("1", "2").contains(channels)) {
            return new Wrong("The parameter channels must be 1, or 2 with the caller on the left");
        }
        AudioFormat format = AudioFormat.ofRate(Integer.parseInt(rate));
        Playback way = playback.equals(Playback.FILE.label()) ? Playback.FILE : Playback.STREAM;
        int count = Integer.parseInt(channels);
        return new Wanted(() -> dialect.codec(format, way, count));
    }

    /** The value of a parameter; empty counts as absent. */
    static String parameter(MultiMap params, String name, String otherwise) {
        String value = params.get(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
