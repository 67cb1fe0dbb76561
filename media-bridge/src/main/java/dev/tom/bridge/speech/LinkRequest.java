package dev.tom.bridge.speech;

import dev.tom.bridge.audio.AudioFormat;
import java.util.List;

/**
 * What a conversation with a backend starts from.
 *
 * @param callId the call, for logs; never a phone number
 * @param format the format of the telephone leg; the link takes and gives frames in it
 * @param history what was said so far, oldest first, only what the other side really heard; empty for a new call
 */
public record LinkRequest(String callId, AudioFormat format, List<Utterance> history) {
    public LinkRequest {
        history = List.copyOf(history);
    }
}
