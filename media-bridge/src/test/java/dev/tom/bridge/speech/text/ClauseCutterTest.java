package dev.tom.bridge.speech.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClauseCutterTest {

    @Test
    void theFirstClauseEndsAtTheFirstCommaAndLaterOnesAtSentences() {
        assertThat(ClauseCutter.cutAll("Guten Tag, ich verbinde Sie, wenn Sie mögen. Einen Moment bitte!"))
                .containsExactly("Guten Tag,", "ich verbinde Sie, wenn Sie mögen.", "Einen Moment bitte!");
    }

    @Test
    void sentencesAreNotCutAtTheFirstComma() {
        assertThat(ClauseCutter.sentences("Guten Tag, ich verbinde Sie. Einen Moment, bitte!"))
                .containsExactly("Guten Tag, ich verbinde Sie.", "Einen Moment, bitte!");
    }

    @Test
    void aTooShortFirstClauseWaitsForMore() {
        assertThat(ClauseCutter.cutAll("Ja, gerne. Um zehn?")).containsExactly("Ja, gerne.", "Um zehn?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wir haben am 3. Dezember offen.|numbers with a full stop",
                "Das sind z. B. Termine bei Dr. Weber.|abbreviations",
                "Es kostet 12,50 Euro im Monat.|decimals",
                "Rufen Sie 030.123 an.|digits around a full stop"
            })
    void staysWhole(String sentence, String because) {
        assertThat(ClauseCutter.cutAll(sentence)).as(because).containsExactly(sentence);
    }

    @Test
    void aYearEndsASentence() {
        assertThat(ClauseCutter.cutAll("Das war im Jahr 2026. Danach nicht.")).hasSize(2);
    }

    @Test
    void anyCutOfTheInputGivesTheSameClauses() {
        String text =
                "Gerne. Am Montag habe ich um neun Uhr, um elf Uhr und um vierzehn Uhr dreißig noch einen Termin frei. Passt das?";
        List<String> whole = ClauseCutter.cutAll(text);
        for (int size = 1; size < 12; size++) {
            ClauseCutter cutter = new ClauseCutter();
            List<String> clauses = new ArrayList<>();
            for (int at = 0; at < text.length(); at += size) {
                clauses.addAll(cutter.push(text.substring(at, Math.min(text.length(), at + size))));
            }
            cutter.finish().ifPresent(clauses::add);
            assertThat(clauses).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void textWithoutEndIsCutBetweenWords() {
        List<String> clauses = ClauseCutter.cutAll("wort ".repeat(200));
        assertThat(clauses).allSatisfy(clause -> {
            assertThat(clause.length()).isLessThanOrEqualTo(ClauseCutter.MAX_CLAUSE);
            assertThat(clause).matches("wort( wort)*");
        });
        assertThat(String.join(" ", clauses).split(" ")).hasSize(200);
    }

    @Test
    void aWordWithoutEndIsCutToo() {
        assertThat(ClauseCutter.cutAll("a".repeat(1_000)))
                .allSatisfy(clause -> assertThat(clause.length()).isLessThanOrEqualTo(ClauseCutter.MAX_CLAUSE));
    }

    @Test
    void markupAndEmptyPiecesAreNotSpoken() {
        assertThat(ClauseCutter.cutAll("**Gerne!** 👍 \n\n# Bis\u0000 dann.")).containsExactly("Gerne!", "Bis dann.");
        assertThat(ClauseCutter.cutAll(" ... !? \n")).isEmpty();
    }
}
