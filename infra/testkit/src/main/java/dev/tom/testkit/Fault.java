package dev.tom.testkit;

/** What can go wrong with a provider, by command. The first three strike at the upgrade, the others in a session. */
public sealed interface Fault {

    /** The upgrade is answered with this HTTP status. */
    record RefuseUpgrade(int status) implements Fault {}

    /** The upgrade is never answered; the TCP connection stays open. */
    record HangUpgrade() implements Fault {}

    /** The upgrade is accepted and the socket closed at once. */
    record AcceptThenClose(int code, String reason) implements Fault {
        /** What a wrong key has looked like on the real service. */
        public static AcceptThenClose invalidKey() {
            return new AcceptThenClose(3000, "invalid_request_error.invalid_api_key");
        }
    }

    /** A close frame. */
    record Close(int code, String reason) implements Fault {}

    /** TCP reset, without a farewell. */
    record Reset() implements Fault {}

    /** The TCP connection ends (FIN) without a close frame, which a client reports as 1006. */
    record Drop() implements Fault {}

    /** Reads on and answers pings, but says nothing more. */
    record Mute() implements Fault {}

    /** Neither reads nor writes any more, pongs included; the socket stays open. */
    record Blackhole() implements Fault {}

    /** A text message that is no JSON. */
    record Garbage() implements Fault {}

    /** A text message that ends in the middle of an event. */
    record HalfJson() implements Fault {}

    /** A text message of so many bytes. */
    record HugeFrame(int bytes) implements Fault {}

    /** The session's time is up: error {@code session_expired}, then close 1001. */
    record SessionExpired() implements Fault {}

    /** An error event; the session goes on. */
    record ErrorEvent(String type, String code, String message) implements Fault {}

    /** Each further answer begins so much later. */
    record SlowFirstAudio(int millis) implements Fault {}

    /** Each further response fails with this error code, without audio. */
    record FailResponses(String code) implements Fault {}

    /** Takes no G.711, as small servers do: {@code session.update} that asks for it is refused, or ignored without a word. */
    record LinearOnly(boolean silently) implements Fault {}

    /** After each cancelled response one more delta of it follows, as happens on the real service. */
    record LateDeltas() implements Fault {}

    /** Waits for the next answer and strikes when this much of its audio was sent. */
    record DuringAnswer(int audioMillis, Fault then) implements Fault {}

    /** Waits for the caller's next turn and strikes this much audio after its onset. */
    record DuringSpeech(int audioMillis, Fault then) implements Fault {}
}
