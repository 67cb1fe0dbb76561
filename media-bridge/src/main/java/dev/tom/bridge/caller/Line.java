package dev.tom.bridge.caller;

import dev.tom.bridge.speech.TokenUsage;

/** One open conversation with whoever answers: a bridge or a provider. Confined to the context it was opened on. */
public interface Line {

    /** One frame of 20 ms of the caller, to be given in real time; borrowed. Dropped when the line is not ready. */
    void say(short[] frame);

    /** Hangs up. Idempotent; nothing is told afterwards. */
    void close();

    /** What happens on a line; told on its context, never from inside the call that opened it. */
    interface Listener {
        /** Name, TCP, TLS and upgrade are through. */
        void connected();

        /** The caller may speak. */
        void ready();

        /** The first sign of an answer, audio or not. */
        void answerBegins();

        /**
         * Answer audio as it arrives.
         *
         * @param pcm borrowed, valid from index 0 on
         */
        void audio(short[] pcm, int length);

        /** The bridge told the switch to drop what is queued. */
        void killed();

        /** What the provider charges for one response. */
        void used(TokenUsage usage);

        /** The other side reported a fault and the line goes on. */
        void troubled(Ending fault);

        /** The line is gone, and not by {@link Line#close()}. */
        void ended(Ending ending);
    }

    /**
     * Why something ended.
     *
     * @param reason a word for counting, in lower case with underscores
     * @param sentence for people, without secrets
     */
    record Ending(String reason, String sentence) {}
}
