package dev.tom.bridge.config;

import static dev.tom.bridge.config.Setting.*;

import dev.tom.bridge.speech.realtime.AuthHeader;
import dev.tom.bridge.speech.realtime.ProxyAddress;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import dev.tom.bridge.speech.realtime.SessionTuning;
import dev.tom.bridge.speech.realtime.TurnDetection;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** The settings of the provider. Pure. */
final class RealtimeParser {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final String OFF = "off";
    private static final String UNLIMITED = "inf";

    private final Values values;

    RealtimeParser(Values values) {
        this.values = values;
    }

    /**
     * @param language LANGUAGE, already checked
     */
    RealtimeSettings settings(String language) {
        URI url = url();
        return new RealtimeSettings(
                url,
                key(),
                values.text(REALTIME_MODEL),
                values.text(REALTIME_VOICE),
                values.text(REALTIME_INSTRUCTIONS),
                language,
                switch (values.choice(REALTIME_AUTH_HEADER)) {
                    case "bearer" -> AuthHeader.BEARER;
                    case "api-key" -> AuthHeader.API_KEY;
                    default -> AuthHeader.AUTO;
                },
                tuning(),
                proxy(url));
    }

    private URI url() {
        URI url = values.url(REALTIME_WS_URL).orElseThrow();
        if ("ws".equalsIgnoreCase(url.getScheme())
                && !LOOPBACK.matcher(url.getHost()).matches()) {
            values.problem("REALTIME_WS_URL=" + url
                    + " would send audio and key in the clear: use wss://, ws:// is for loopback only");
        }
        if (url.getQuery() != null
                && (url.getQuery().startsWith("model=") || url.getQuery().contains("&model="))) {
            values.problem("REALTIME_WS_URL names a model: take model= out of it and set REALTIME_MODEL");
        }
        return url;
    }

    private Optional<ProxyAddress> proxy(URI provider) {
        Optional<URI> stated = values.url(PROVIDER_PROXY);
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        URI proxy = stated.get();
        boolean bare = proxy.getQuery() == null && Set.of("", "/").contains(proxy.getPath());
        if (!bare || proxy.getPort() < 1 || proxy.getPort() > 65_535) {
            values.problem(PROVIDER_PROXY + "=" + proxy
                    + " is not valid: give host and port only, such as http://gateway:3128");
            return Optional.empty();
        }
        if (!"wss".equalsIgnoreCase(provider.getScheme())) {
            values.problem(
                    PROVIDER_PROXY + " needs a REALTIME_WS_URL with wss://: the proxy would hear and see everything");
        }
        return Optional.of(new ProxyAddress(proxy.getHost(), proxy.getPort()));
    }

    private String key() {
        String key = values.text(REALTIME_API_KEY);
        if (!key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            values.problem(
                    "REALTIME_API_KEY holds a space, a line break or a character that no key has: set the bare key");
        }
        return key;
    }

    private SessionTuning tuning() {
        return new SessionTuning(
                turnDetection(),
                offIsEmpty(values.text(REALTIME_TRANSCRIPTION_MODEL)),
                offIsEmpty(values.choice(REALTIME_NOISE_REDUCTION)),
                maxOutputTokens(),
                values.decimal(REALTIME_SPEED),
                values.whole(REALTIME_MAX_SESSION_SEC));
    }

    private TurnDetection turnDetection() {
        int silence = values.whole(REALTIME_SILENCE_MS);
        double threshold = values.decimal(REALTIME_VAD_THRESHOLD);
        String eagerness = values.choice(REALTIME_EAGERNESS);
        if (values.choice(REALTIME_TURN_DETECTION).equals("semantic_vad")) {
            onlyWith("server_vad", REALTIME_SILENCE_MS);
            onlyWith("server_vad", REALTIME_VAD_THRESHOLD);
            return new TurnDetection.SemanticVad(eagerness);
        }
        onlyWith("semantic_vad", REALTIME_EAGERNESS);
        return new TurnDetection.ServerVad(silence, threshold);
    }

    /** This setting was given, and the turn detection that was chosen does not know it. */
    private void onlyWith(String detection, Setting setting) {
        if (values.isStated(setting)) {
            values.problem(setting + " is for REALTIME_TURN_DETECTION=" + detection + " only: set that, or take "
                    + setting + " out");
        }
    }

    private OptionalInt maxOutputTokens() {
        String most = values.text(REALTIME_MAX_OUTPUT_TOKENS);
        if (most.equals(UNLIMITED)) {
            return OptionalInt.empty();
        }
        if (most.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(most);
            if (number >= 1 && number <= 4_096) {
                return OptionalInt.of(number);
            }
        }
        values.problem(REALTIME_MAX_OUTPUT_TOKENS + "=" + most
                + " is not valid: give a whole number from 1 to 4096, or inf for no limit");
        return OptionalInt.empty();
    }

    private static String offIsEmpty(String word) {
        return word.equals(OFF) ? "" : word;
    }
}
