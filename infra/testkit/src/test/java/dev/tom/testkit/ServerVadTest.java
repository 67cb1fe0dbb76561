package dev.tom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerVadTest {

    private final List<String> turns = new ArrayList<>();
    private final ServerVad vad =
            new ServerVad(8_000, 300, at -> turns.add("start " + at / 100), at -> turns.add("stop"));

    @ParameterizedTest
    @MethodSource("dev.tom.testkit.Speech#callers")
    void oneSentenceIsOneTurn(Speech speech) {
        vad.feed(Wav.silence(8_000, 500)
                .then(speech.wav(8_000))
                .then(Wav.silence(8_000, 400))
                .samples());

        assertThat(turns).containsExactly("start 5", "stop");
    }

    @Test
    void silenceIsNoTurn() {
        vad.feed(new short[8_000 * 3]);
        assertThat(turns).isEmpty();
    }

    @Test
    void aClickIsNoTurn() {
        short[] click = new short[8_000];
        click[4_000] = Short.MAX_VALUE;
        vad.feed(click);
        assertThat(turns).isEmpty();
    }
}
