package dev.tom.bridge.call.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.Transcript;
import dev.tom.bridge.call.failover.BreakerState.OnProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays {@code scenarios/breaker/*.txt}: {@code settings BURST ERROR_WINDOW TRIGGER_MS SUSTAINED COOLDOWN}, {@code disabled}, or
 * {@code SECONDS Event arguments}; {@code FROM..TO/STEP Event arguments} repeats it and shows only what has effects.
 */
class PodBreakerTranscriptTest {

    private BreakerState state = OnProvider.FRESH;
    private FallbackSettings settings = FallbackSettings.DEFAULT;

    @TestFactory
    Stream<DynamicTest> everyScenarioReadsAsWritten() {
        return Transcript.all("breaker").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    state = OnProvider.FRESH;
                    settings = FallbackSettings.DEFAULT;
                    Transcript.check(file, () -> this::play);
                }));
    }

    @Test
    void thereAreAtLeastTwelveScenarios() {
        assertThat(Transcript.all("breaker")).hasSizeGreaterThanOrEqualTo(12);
    }

    private List<String> play(String line) {
        List<String> words = Transcript.words(line);
        if (words.getFirst().equals("settings")) {
            long[] n = words.stream().skip(1).mapToLong(Long::parseLong).toArray();
            settings = new FallbackSettings(true, n[2], n[3], (int) n[0], n[1], n[4]);
            return List.of();
        }
        if (words.getFirst().equals("disabled")) {
            settings = new FallbackSettings(false, 800, 600, 3, 60, 600);
            return List.of();
        }
        String[] times = words.getFirst().split("\\.\\.|/");
        long step = times.length == 3 ? Long.parseLong(times[2]) : 1;
        List<String> answer = new ArrayList<>();
        for (long at = Long.parseLong(times[0]); at <= Long.parseLong(times[times.length == 3 ? 1 : 0]); at += step) {
            var event = Transcript.parse(PodBreaker.Event.class, words.get(1), words.subList(2, words.size()));
            PodBreaker.Step next = PodBreaker.step(state, event, at * 1_000, settings);
            state = next.state();
            String when = times.length == 3 ? at + " -> " : "-> ";
            next.effects().forEach(effect -> answer.add(when + Transcript.show(effect)));
        }
        answer.add(
                state instanceof OnProvider(var errors, var turns, long slow, int relapses, long _)
                        ? "OnProvider, errors: %d, turns: %d, slow: %d, slow since: %s%s"
                                .formatted(
                                        errors.size(),
                                        turns.turns(),
                                        turns.slow(),
                                        Transcript.show(slow),
                                        relapses == 0 ? "" : ", relapses: " + relapses)
                        : Transcript.show(state));
        return answer;
    }
}
