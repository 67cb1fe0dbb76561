package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.Utterance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogueTest {

    private final Dialogue dialogue = new Dialogue(List.of());

    /** One second "Guten Tag," and two seconds "ich verbinde Sie jetzt gerne." */
    private static SpokenAnswer answer() {
        SpokenAnswer answer = new SpokenAnswer("local-1", AudioFormat.NARROWBAND);
        answer.begin("Guten Tag,");
        answer.add(8_000);
        answer.begin("ich verbinde Sie jetzt gerne.");
        answer.add(10_000);
        answer.add(6_000);
        return answer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|''",
                "500|Guten",
                "1000|Guten Tag,",
                "2000|Guten Tag, ich verbinde",
                "2999|Guten Tag, ich verbinde Sie jetzt",
                "3000|Guten Tag, ich verbinde Sie jetzt gerne.",
                "9000|Guten Tag, ich verbinde Sie jetzt gerne."
            })
    void onlyTheWordsThatWerePlayedWereHeard(long playedMillis, String heard) {
        assertThat(answer().heard(playedMillis)).isEqualTo(heard);
    }

    @Test
    void anAnswerCutOffAfterItWasGivenAwayIsShortened() {
        dialogue.callerSaid("Hallo.");
        dialogue.answered(answer());
        dialogue.cutOff(answer(), 1_000);
        assertThat(dialogue.utterances())
                .containsExactly(Utterance.caller("Hallo."), Utterance.assistant("Guten Tag,", true));
    }

    @Test
    void anAnswerCutOffOnItsWayIsKeptAsFarAsItWasHeard() {
        dialogue.callerSaid("Hallo.");
        dialogue.cutOff(answer(), 500);
        assertThat(dialogue.utterances()).endsWith(Utterance.assistant("Guten", true));
    }

    @Test
    void whatNobodyHeardWasNotSaid() {
        dialogue.callerSaid("Hallo.");
        dialogue.answered(answer());
        dialogue.cutOff(answer(), 0);
        assertThat(dialogue.utterances()).containsExactly(Utterance.caller("Hallo."));
        assertThat(dialogue.callerWaits()).isTrue();
    }

    @Test
    void forgetsTheOldest() {
        for (int i = 0; i < Dialogue.MAX + 5; i++) {
            dialogue.callerSaid("Satz " + i);
        }
        assertThat(dialogue.utterances()).hasSize(Dialogue.MAX).startsWith(Utterance.caller("Satz 5"));
    }

    @Test
    void anAnswerIsOwedAfterAQuestionAndAfterAnAnswerThatBrokeOff() {
        List<Utterance> asked = List.of(Utterance.caller("Wann haben Sie geöffnet?"));
        List<Utterance> brokenOff =
                List.of(Utterance.caller("Wann haben Sie geöffnet?"), Utterance.assistant("Wir haben", true));
        List<Utterance> answered =
                List.of(Utterance.caller("Wann haben Sie geöffnet?"), Utterance.assistant("Bis achtzehn Uhr.", false));

        assertThat(new Dialogue(asked).answerOwed()).isTrue();
        assertThat(new Dialogue(brokenOff).answerOwed()).isTrue();
        assertThat(new Dialogue(answered).answerOwed()).isFalse();
        assertThat(new Dialogue(List.of()).answerOwed()).isFalse();
    }
}
