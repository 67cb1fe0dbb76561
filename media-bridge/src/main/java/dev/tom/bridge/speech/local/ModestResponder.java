package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.Utterance;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The assistant without a language model: says that it understood and cannot help, until the caller says no or good bye. It promises
 * nothing: nobody keeps what the caller said. No state.
 */
final class ModestResponder implements Responder {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final Pattern FAREWELL =
            Pattern.compile("\\b(wiederhören|wiedersehen|tschüss|tschüs|ciao)\\b", FLAGS);
    private static final Pattern NO_MORE = Pattern.compile(
            "^(nein|nee|nö)\\b|\\b(das war|das wäre|das ist) (es|alles|'?s)\\b|\\bnichts mehr\\b", FLAGS);
    private static final Pattern ANYBODY = Pattern.compile("\\b(noch da|noch dran|hören sie mich)\\b", FLAGS);

    @Override
    public Future<Long> respond(List<Utterance> history, Consumer<String> pieces, Cancellation cancellation) {
        pieces.accept(answer(history));
        return Future.succeededFuture(0L);
    }

    /** The answer to the last words of the caller. */
    static String answer(List<Utterance> history) {
        String said = history.isEmpty() ? "" : history.getLast().text();
        boolean toldBefore = history.stream()
                .anyMatch(utterance -> utterance.speaker() == Utterance.Speaker.ASSISTANT
                        && utterance.text().contains("nicht weiterhelfen"));
        if (FAREWELL.matcher(said).find()
                || (toldBefore && NO_MORE.matcher(said).find())) {
            return Phrases.GOODBYE;
        }
        String greeting = ANYBODY.matcher(said).find() ? Phrases.STILL_HERE : "";
        return greeting + (toldBefore ? Phrases.CANNOT_HELP_EITHER : Phrases.CANNOT_HELP);
    }
}
