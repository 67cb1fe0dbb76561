package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.realtime.RealtimeBackend;
import java.util.List;

/** A line to the provider through the bridge's own link, so that what is measured is what a bridge would get. */
public final class ProviderLine implements Line {

    private final SpeechLink link;
    private final Listener listener;

    private ProviderLine(RealtimeBackend backend, LinkRequest request, Listener listener) {
        this.listener = listener;
        this.link = backend.open(request, this::hear, listener::connected);
    }

    /**
     * Opens a session; on an event-loop context.
     *
     * @param callId for logs
     */
    public static Line open(RealtimeBackend backend, String callId, AudioFormat format, Listener listener) {
        return new ProviderLine(backend, new LinkRequest(callId, format, List.of()), listener);
    }

    @Override
    public void say(short[] frame) {
        link.audio(frame);
    }

    @Override
    public void close() {
        link.close();
    }

    private void hear(SpeechEvent event) {
        switch (event) {
            case SpeechEvent.Ready() -> listener.ready();
            case SpeechEvent.AnswerStarted _ -> listener.answerBegins();
            case SpeechEvent.AnswerAudio audio -> listener.audio(audio.pcm(), audio.length());
            case SpeechEvent.Used(var usage) -> listener.used(usage);
            case SpeechEvent.Troubled(var reason, var detail) -> listener.troubled(new Ending(reason.label(), detail));
            case SpeechEvent.Failed(var reason, var detail) -> listener.ended(new Ending(reason.label(), detail));
            case SpeechEvent.SpeechHeard _,
                    SpeechEvent.CallerSaid _,
                    SpeechEvent.AnswerText _,
                    SpeechEvent.AnswerDone _,
                    SpeechEvent.Lasting _,
                    SpeechEvent.Allowance _,
                    SpeechEvent.Dropped _,
                    SpeechEvent.Worked _ -> {
                // Words and ends are not measured; the end of an answer is when it has been heard.
            }
        }
    }
}
