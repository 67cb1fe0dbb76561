package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.Utterance;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** Answers in words. Shared by all calls. */
@FunctionalInterface
interface Responder {

    /**
     * Answers the last utterance of a conversation.
     *
     * @param history oldest first; ends with the caller
     * @param pieces receives the text as it is written, on the calling context
     * @param cancellation nothing more is wanted
     * @return time it took in milliseconds, 0 when nothing was asked of another process; fails with {@link LocalFault}
     */
    Future<Long> respond(List<Utterance> history, Consumer<String> pieces, Cancellation cancellation);

    /** Always says this. */
    static Responder saying(String text) {
        return (history, pieces, cancellation) -> {
            pieces.accept(text);
            return Future.succeededFuture(0L);
        };
    }
}
