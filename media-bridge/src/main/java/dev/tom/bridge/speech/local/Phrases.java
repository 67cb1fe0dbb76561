package dev.tom.bridge.speech.local;

/** What the assistant says of its own, in German. */
final class Phrases {

    static final String FILLER = "Einen Moment bitte.";
    static final String NOT_UNDERSTOOD = "Ich habe Sie leider nicht verstanden. Können Sie das bitte wiederholen?";
    static final String PLEASE_REPEAT = "Entschuldigung, das habe ich nicht gehört. Können Sie das bitte wiederholen?";
    static final String UNREACHABLE =
            "Unser Sprachassistent ist im Moment leider nicht erreichbar. " + "Bitte rufen Sie später noch einmal an.";

    /** Recorded; who hears them has no recognizer to talk to, so their words are kept for whoever records them anew. */
    static final String BUSY_LATER =
            "Im Moment sind leider alle Leitungen belegt. Bitte rufen Sie später noch einmal an.";

    static final String BUSY_TRANSFER = "Im Moment sind leider alle Leitungen belegt. Ich verbinde Sie weiter.";

    static final String CANNOT_HELP =
            "Ich habe Sie verstanden, kann Ihnen im Moment aber leider nicht weiterhelfen. Bitte rufen Sie später noch einmal an.";
    static final String CANNOT_HELP_EITHER =
            "Auch dabei kann ich Ihnen im Moment leider nicht weiterhelfen. Bitte rufen Sie später noch einmal an.";
    static final String STILL_HERE = "Ja, ich bin noch da. ";
    static final String GOODBYE = "Gerne. Vielen Dank für Ihren Anruf, auf Wiederhören.";

    /** For the language model, when no instructions are configured. */
    static final String INSTRUCTIONS =
            "Du bist die freundliche Telefonassistenz eines Unternehmens. Du sprichst Deutsch und siezt die "
                    + "Anrufenden. Antworte in höchstens zwei kurzen Sätzen, so wie man spricht: keine Aufzählungen, keine Sonderzeichen, keine "
                    + "Emojis. Was du nicht weißt, erfindest du nicht; sage dann, dass du es nicht weißt.";

    private Phrases() {}
}
