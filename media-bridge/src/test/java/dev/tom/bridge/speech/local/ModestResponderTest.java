package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModestResponderTest {

    private final List<Utterance> history = new ArrayList<>();

    private String say(String words) {
        history.add(Utterance.caller(words));
        String answer = ModestResponder.answer(history);
        history.add(Utterance.assistant(answer, false));
        return answer;
    }

    @Test
    void saysThatItCannotHelpAndGoodbye() {
        assertThat(say("Ich möchte einen Termin am Montag.")).isEqualTo(Phrases.CANNOT_HELP);
        assertThat(say("Und bitte um Rückruf.")).isEqualTo(Phrases.CANNOT_HELP_EITHER);
        assertThat(say("Nein, das war alles.")).isEqualTo(Phrases.GOODBYE);
    }

    @Test
    void aFirstNoIsNoGoodbye() {
        assertThat(say("Nein, so geht das nicht, meine Heizung ist kaputt.")).isEqualTo(Phrases.CANNOT_HELP);
    }

    @Test
    void tellsWhoAsksThatItIsStillThere() {
        assertThat(say("Hallo, sind Sie noch da? Ich brauche den Termin um zehn Uhr."))
                .startsWith(Phrases.STILL_HERE)
                .endsWith(Phrases.CANNOT_HELP);
    }

    @Test
    void goodbyeIsGoodbyeAtAnyTime() {
        assertThat(say("Vielen Dank für Ihre Hilfe, auf Wiederhören.")).isEqualTo(Phrases.GOODBYE);
    }
}
