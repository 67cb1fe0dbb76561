package dev.tom.bridge.caller;

import java.util.OptionalLong;

/** One question and what became of it. Times are milliseconds from the last voiced sample of the question. */
public sealed interface Turn {

    /** No answer within the patience. */
    String NO_ANSWER = "no_answer";

    /** Something audible came before the question was over. */
    String EARLY_ANSWER = "early_answer";

    /**
     * It was answered.
     *
     * @param tokenMillis to the first sign of the answer; empty where there is none before audio
     * @param audioMillis to the first audio, silent or not
     * @param e2eMillis to the first audio that is not silent, as it is played
     */
    record Answered(OptionalLong tokenMillis, long audioMillis, long e2eMillis) implements Turn {}

    /** It was not. */
    record Failed(Line.Ending ending) implements Turn {}
}
