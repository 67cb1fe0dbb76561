package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.realtime.Answers.Correction.Delete;
import dev.tom.bridge.speech.realtime.Answers.Correction.Truncate;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private final Answers answers = new Answers();

    @Test
    void anAnswerIsCutWhereItWasHeard() {
        answers.created("r1");
        answers.received("r1", "i1", 2_000_000);

        assertThat(answers.cutOff("r1", 640)).containsExactly(new Truncate("i1", 640));
        assertThat(answers.isWanted("r1")).isFalse();
        assertThat(answers.isWanted("r2")).isTrue();
    }

    @Test
    void moreThanWasReceivedCannotHaveBeenHeard() {
        answers.created("r1");
        answers.received("r1", "i1", 400_000);

        assertThat(answers.cutOff("r1", 5_000)).containsExactly(new Truncate("i1", 400));
    }

    @Test
    void anAnswerNobodyHeardIsDeleted() {
        answers.created("r1");
        answers.received("r1", "i1", 400_000);

        assertThat(answers.cutOff("r1", 0)).containsExactly(new Delete("i1"));
    }

    @Test
    void anAnswerHeardToItsEndStays() {
        answers.created("r1");
        answers.received("r1", "i1", 400_000);
        answers.done("r1");

        assertThat(answers.cutOff("r1", 400)).isEmpty();
    }

    @Test
    void severalItemsAreCutInTheirOrder() {
        answers.created("r1");
        answers.received("r1", "i1", 1_000_000);
        answers.received("r1", "i2", 1_000_000);
        answers.received("r1", "i3", 1_000_000);
        answers.done("r1");

        assertThat(answers.cutOff("r1", 1_250)).containsExactly(new Truncate("i2", 250), new Delete("i3"));
    }

    @Test
    void onlyARunningResponseThatTheProviderWillNotCancelIsCancelled() {
        answers.created("r1");
        assertThat(answers.needsCancel("r1")).isTrue();
        assertThat(answers.needsCancel("r0")).isFalse();

        answers.speechHeard();
        assertThat(answers.needsCancel("r1")).isFalse();

        answers.created("r2");
        assertThat(answers.needsCancel("r2")).isTrue();
        answers.done("r2");
        assertThat(answers.needsCancel("r2")).isFalse();
    }

    @Test
    void aResponseOfWhichNothingCameBeforeTheCallerWentOnIsTooLate() {
        answers.created("r1");
        answers.speechHeard();
        assertThat(answers.isWanted("r1")).isFalse();
        assertThat(answers.done("r1")).isFalse();

        answers.created("r2");
        answers.begins("r2");
        answers.speechHeard();
        assertThat(answers.isWanted("r2"))
                .as("the call cuts it, with what was heard")
                .isTrue();
    }

    @Test
    void commentaryAndAnswerInOneResponseAreCutByWhatWasHeardOfBoth() {
        answers.created("r1");
        answers.received("r1", "commentary", 600_000);
        answers.received("r1", "final", 300_000);
        answers.received("r1", "final", 300_000);

        assertThat(answers.cutOff("r1", 800))
                .containsExactly(new Truncate("commentary", 600), new Truncate("final", 200));
    }

    @Test
    void whatComesAfterTheCutChangesNothing() {
        answers.created("r1");
        answers.received("r1", "i1", 400_000);
        answers.cutOff("r1", 100);
        answers.received("r1", "i1", 400_000);

        assertThat(answers.isWanted("r1")).isFalse();
        assertThat(answers.needsCancel("r1")).as("still running").isTrue();
        answers.done("r1");
        assertThat(answers.needsCancel("r1")).isFalse();
    }

    @Test
    void anAnswerBeginsOnceAndEndsOnlyWhenItBegan() {
        answers.created("r1");
        assertThat(answers.begins("r1")).isTrue();
        assertThat(answers.begins("r1")).isFalse();
        assertThat(answers.done("r1")).isTrue();

        answers.created("r2");
        assertThat(answers.done("r2")).isFalse();
    }

    @Test
    void oldAnswersAreForgotten() {
        for (int i = 0; i < 1_000; i++) {
            answers.created("r" + i);
            answers.received("r" + i, "i", 1_000);
        }
        assertThat(answers.cutOff("r0", 1)).isEmpty();
        assertThat(answers.cutOff("r999", 1)).hasSize(1);
    }
}
