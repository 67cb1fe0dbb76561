package dev.tom.bridge.speech;

import java.util.function.Consumer;

/** Opens conversations with one kind of speech engine. One instance serves all calls of the pod; thread-safe. */
public interface SpeechBackend {

    /** What this backend is. */
    BackendKind kind();

    /**
     * Starts a conversation. Returns at once; {@link SpeechEvent.Ready} or {@link SpeechEvent.Failed} follows.
     *
     * <p>Must be called on the event-loop context of the call. All events are delivered on that same context, never from inside this
     * method, and never after {@link SpeechLink#close()} returned.
     *
     * @param request what the conversation starts from
     * @param events receives everything that the engine says
     */
    SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events);
}
