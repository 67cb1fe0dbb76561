package dev.tom.bridge.session;

/** Names an answer uniquely within a call: two backends may use the same ids. */
final class AnswerKey {

    private AnswerKey() {}

    static String of(int generation, String answerId) {
        return generation + "/" + answerId;
    }

    /** The backend's own id. */
    static String idOf(String key) {
        return key.substring(key.indexOf('/') + 1);
    }
}
