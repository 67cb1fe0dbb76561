package dev.tom.bridge.session;

import dev.tom.bridge.call.CallEvent;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.TokenUsage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the open link says: audio goes to the downlink path, accounts are added up, the rest becomes events of the machine. */
final class LinkEvents implements CallLink.Events {

    private static final Logger LOG = LoggerFactory.getLogger(LinkEvents.class);

    private final String callId;
    private final CallLink link;
    private final UplinkPath uplink;
    private final DownlinkPath downlink;
    private final Pod pod;
    private final Consumer<CallEvent> machine;

    LinkEvents(
            String callId,
            CallLink link,
            UplinkPath uplink,
            DownlinkPath downlink,
            Pod pod,
            Consumer<CallEvent> machine) {
        this.callId = callId;
        this.link = link;
        this.uplink = uplink;
        this.downlink = downlink;
        this.pod = pod;
        this.machine = machine;
    }

    @Override
    public void said(int from, SpeechEvent event) {
        switch (event) {
            case SpeechEvent.AnswerAudio(String id, short[] pcm, int length) -> answerAudio(from, id, pcm, length);
            case SpeechEvent.Ready _ -> machine.accept(new CallEvent.LinkReady(from));
            case SpeechEvent.SpeechHeard _ -> machine.accept(new CallEvent.SpeechHeard(from));
            case SpeechEvent.CallerSaid(String text) -> machine.accept(new CallEvent.CallerSaid(from, text));
            case SpeechEvent.AnswerStarted(String id) ->
                machine.accept(new CallEvent.AnswerStarted(
                        from, AnswerKey.of(from, id), uplink.gate().lastVoicedMillis()));
            case SpeechEvent.AnswerText(String id, String text) ->
                machine.accept(new CallEvent.AnswerText(from, AnswerKey.of(from, id), text));
            case SpeechEvent.AnswerDone(String id) ->
                machine.accept(new CallEvent.AnswerDone(from, AnswerKey.of(from, id)));
            case SpeechEvent.Used(TokenUsage usage) -> link.account().used(usage);
            case SpeechEvent.Lasting(long renew, long end) -> machine.accept(new CallEvent.LinkLasts(from, renew, end));
            case SpeechEvent.Allowance(String name, double remaining) ->
                pod.observer().allowance(name, remaining);
            case SpeechEvent.Worked(SpeechEvent.Engine engine, long millis) -> {
                link.account().worked(engine, millis);
                pod.observer().engineWorked(engine, millis);
            }
            case SpeechEvent.Dropped(String queue, long frames) ->
                pod.observer().backpressure(queue, frames);
            case SpeechEvent.Troubled(FailureReason reason, String detail) -> {
                LOG.warn("call {}: trouble with {}: {}", callId, link.backend().label(), detail);
                machine.accept(new CallEvent.LinkTroubled(from, reason));
            }
            case SpeechEvent.Failed(FailureReason reason, String detail) -> {
                LOG.warn("call {}: {} failed ({}): {}", callId, link.backend().label(), reason.label(), detail);
                machine.accept(new CallEvent.LinkFailed(from, reason));
            }
        }
    }

    private void answerAudio(int from, String id, short[] pcm, int length) {
        String key = AnswerKey.of(from, id);
        if (!downlink.takes(key)) {
            return;
        }
        if (downlink.awaited()) {
            machine.accept(new CallEvent.AnswerArrived(from, key));
        }
        downlink.accept(pcm, length, pod.nowMillis());
    }
}
