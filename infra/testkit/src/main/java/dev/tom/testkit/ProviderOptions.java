package dev.tom.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a scripted provider behaves when nothing goes wrong.
 *
 * @param port 0 for any free one
 * @param apiKey the key that opens it, as bearer token or {@code api-key} header
 * @param tls serves {@code wss} when present
 * @param setupMillis delay before {@code session.updated}, in which audio is lost
 * @param chunkMillis audio in one delta
 * @param chunkEveryMillis pause between deltas; less than {@code chunkMillis} is faster than real time
 * @param keepAudio whether sessions keep the caller's audio (8 to 24 thousand samples a second)
 * @param script turns of every session, used in turn and again from the first
 */
public record ProviderOptions(
        int port,
        String apiKey,
        Optional<Tls> tls,
        int setupMillis,
        int chunkMillis,
        int chunkEveryMillis,
        boolean keepAudio,
        List<ProviderTurn> script) {

    /** A PKCS#12 key store. */
    public record Tls(Path keyStore, String password) {
        @Override
        public String toString() {
            return "Tls[" + keyStore + "]";
        }
    }

    public ProviderOptions {
        script = List.copyOf(script);
        if (script.isEmpty()) {
            throw new IllegalArgumentException("a provider needs at least one scripted turn");
        }
    }

    /** Plain, on any port, with the four recorded answers. */
    public static ProviderOptions standard(String apiKey) {
        return new ProviderOptions(
                0,
                apiKey,
                Optional.empty(),
                40,
                200,
                40,
                true,
                List.of(
                        ProviderTurn.of(Speech.CALLER_APPOINTMENT, Speech.ANSWER_CHOICE),
                        ProviderTurn.of(Speech.CALLER_INTERRUPT, Speech.ANSWER_TUESDAY),
                        ProviderTurn.of(Speech.CALLER_HOURS, Speech.ANSWER_HOURS),
                        ProviderTurn.of(Speech.CALLER_ADDRESS, Speech.ANSWER_ADDRESS)));
    }

    public ProviderOptions withScript(ProviderTurn... turns) {
        return new ProviderOptions(
                port, apiKey, tls, setupMillis, chunkMillis, chunkEveryMillis, keepAudio, List.of(turns));
    }

    public ProviderOptions withTls(Path keyStore, String password) {
        return new ProviderOptions(
                port,
                apiKey,
                Optional.of(new Tls(keyStore, password)),
                setupMillis,
                chunkMillis,
                chunkEveryMillis,
                keepAudio,
                script);
    }

    public ProviderOptions withPort(int port) {
        return new ProviderOptions(port, apiKey, tls, setupMillis, chunkMillis, chunkEveryMillis, keepAudio, script);
    }

    public ProviderOptions withSetupMillis(int millis) {
        return new ProviderOptions(port, apiKey, tls, millis, chunkMillis, chunkEveryMillis, keepAudio, script);
    }

    @Override
    public String toString() {
        return "ProviderOptions[port=" + port + ", tls=" + tls + ", turns=" + script.size() + "]";
    }
}
