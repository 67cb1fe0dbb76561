package dev.tom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordErrorTest {

    @Test
    void caseAndPunctuationDoNotCount() {
        assertThat(WordError.rate("Hallo, sind Sie noch da?", "hallo sind sie noch da"))
                .isZero();
    }

    @Test
    void countsSubstitutionsInsertionsAndDeletions() {
        assertThat(WordError.rate("eins zwei drei vier", "eins zwo drei")).isEqualTo(0.5);
        assertThat(WordError.rate("eins zwei", "eins zwei drei")).isEqualTo(0.5);
    }

    @Test
    void nothingHeardIsAllWrong() {
        assertThat(WordError.rate("eins zwei", "")).isEqualTo(1.0);
    }

    @Test
    void wordsAreFoundWhereverTheyStand() {
        assertThat(WordError.lost("wie spät ist es", "Hallo, wie spät ist es denn jetzt?"))
                .isZero();
        assertThat(WordError.lost("wie spät ist es", "Hallo, spät ist es denn jetzt?"))
                .isEqualTo(0.25);
        assertThat(WordError.lost("wie spät ist es", "")).isEqualTo(1);
    }
}
