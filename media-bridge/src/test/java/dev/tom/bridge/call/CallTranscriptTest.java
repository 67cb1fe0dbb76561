package dev.tom.bridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.CallSettings.Overflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays {@code scenarios/call/*.txt}: {@code settings FALLBACK LOCAL [PROVIDER OPENS]}, {@code overflow SATURATED EXTENSION}, or {@code
 * TIME Event arguments}. Below an event stand its effects
 * ({@code ->}), what changed in the state, and the next deadline when it changed.
 */
class CallTranscriptTest {

    @TestFactory
    Stream<DynamicTest> everyScenarioReadsAsWritten() {
        return Transcript.all("call").stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> Transcript.check(file, CallPlayer::new)));
    }

    @Test
    void thereAreAtLeastTwelveScenarios() {
        assertThat(Transcript.all("call")).hasSizeGreaterThanOrEqualTo(12);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static final class CallPlayer implements Transcript.Player {
        private CallState state = CallState.NEW;
        private CallSettings settings = CallSettings.DEFAULT;
        private long deadline = Long.MAX_VALUE;

        @Override
        public List<String> play(String line) {
            List<String> words = Transcript.words(line);
            if (words.getFirst().equals("settings")) {
                settings = settings.with(Boolean.parseBoolean(words.get(1)), Boolean.parseBoolean(words.get(2)))
                        .withProviderOpens(words.size() < 4 || Boolean.parseBoolean(words.get(3)));
                return List.of();
            }
            if (words.getFirst().equals("overflow")) {
                settings = settings.with(new Overflow(Boolean.parseBoolean(words.get(1)), words.get(2)));
                return List.of();
            }
            CallEvent event = Transcript.parse(CallEvent.class, words.get(1), words.subList(2, words.size()));
            Step step = CallMachine.step(state, event, Long.parseLong(words.getFirst()), settings);
            List<String> answer = new ArrayList<>();
            step.effects().forEach(effect -> answer.add("-> " + Transcript.show(effect)));
            answer.addAll(Transcript.changes(state, step.state()));
            state = step.state();
            long next = CallMachine.deadline(state, settings);
            if (next != deadline) {
                answer.add("deadline: " + Transcript.show(next));
            }
            deadline = next;
            return answer;
        }
    }
}
