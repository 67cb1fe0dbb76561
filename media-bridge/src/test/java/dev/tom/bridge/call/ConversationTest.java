package dev.tom.bridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.Conversation;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.Utterance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {

    private static final Answer ANSWER = Answer.begun(1, BackendKind.PROVIDER, "a")
            .withText("Wir haben montags offen.")
            .withArrived()
            .withAudible();

    @ParameterizedTest
    @CsvSource({
        "1, ''",
        "120, ''",
        "125, Wir",
        "500, Wir haben",
        "980, Wir haben montags",
        "1000, Wir haben montags offen."
    })
    void textIsCutInProportionToWhatWasPlayedAndBetweenWords(long played, String heard) {
        assertThat(ANSWER.withProgress(played, 1_000).heardText()).isEqualTo(heard);
    }

    @Test
    void anAnswerOfWhichNothingWasHeardLeavesNoTrace() {
        Conversation asked = Conversation.EMPTY.callerSaid("Hallo?");
        assertThat(asked.cut(ANSWER.withProgress(0, 1_000), true)).isEqualTo(asked);
    }

    @Test
    void wordsThatComeInPiecesAreOneQuestion() {
        Conversation said = Conversation.EMPTY.callerSaid("Ich möchte").callerSaid("einen Termin");
        assertThat(said.cut(ANSWER.withProgress(500, 1_000), true).said())
                .containsExactly(Utterance.caller("Ich möchte einen Termin"), Utterance.assistant("Wir haben", true));
    }

    @Test
    void theHistoryIsBoundedAndKeepsTheNewest() {
        Conversation said = Conversation.EMPTY;
        for (int i = 0; i < 100; i++) {
            said = said.callerSaid("Frage " + i).answered(ANSWER, true);
        }
        assertThat(said.said()).hasSize(Conversation.MAX_UTTERANCES);
        assertThat(said.said().get(58)).isEqualTo(Utterance.caller("Frage 99"));
    }

    @Test
    void anAnswersTextIsBounded() {
        Answer answer = ANSWER;
        for (int i = 0; i < 2_000; i++) {
            answer = answer.withText("noch ein Satz ");
        }
        assertThat(answer.text().length()).isBetween(Answer.MAX_TEXT, Answer.MAX_TEXT + 20);
    }
}
