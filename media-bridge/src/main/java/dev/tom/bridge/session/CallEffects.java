package dev.tom.bridge.session;

import dev.tom.bridge.audio.RecentAudio;
import dev.tom.bridge.call.CallEffect;
import dev.tom.bridge.call.Parting;
import dev.tom.bridge.call.RenewalReason;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.NoticeAudio.Notice;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.telephony.TelephonySocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Performs what the machine of a call decided. */
final class CallEffects {

    private static final Logger LOG = LoggerFactory.getLogger(CallEffects.class);

    private static final String FILLER = "filler";
    private static final int GOING_AWAY = 1001;

    private final String callId;
    private final TelephonySocket socket;
    private final CallLink link;
    private final UplinkPath uplink;
    private final DownlinkPath downlink;
    private final Pod pod;
    private long lostSamples;

    CallEffects(
            String callId, TelephonySocket socket, CallLink link, UplinkPath uplink, DownlinkPath downlink, Pod pod) {
        this.callId = callId;
        this.socket = socket;
        this.link = link;
        this.uplink = uplink;
        this.downlink = downlink;
        this.pod = pod;
    }

    void perform(CallEffect effect) {
        switch (effect) {
            case CallEffect.OpenLink(int generation, BackendKind backend, var history) ->
                link.open(generation, backend, history);
            case CallEffect.CloseLink(int _, String endedBy) -> link.close(endedBy);
            case CallEffect.PrepareLink(int generation, BackendKind backend, var history) ->
                link.prepare(generation, backend, history);
            case CallEffect.UseLink(int generation) -> link.use(generation);
            case CallEffect.DropLink _ -> link.drop();
            case CallEffect.ReplayRecent _ -> uplink.recent().replayOnset(0, link::audio);
            case CallEffect.ReplayQuestion(boolean ended) -> replayQuestion(ended);
            case CallEffect.AskForAnswer _ -> link.tell(SpeechLink::answerNow);
            case CallEffect.TellTurnStarted _ -> turnStarted();
            case CallEffect.TellTurnEnded _ -> turnEnded();
            case CallEffect.TakeAnswer(String id) -> downlink.take(id);
            case CallEffect.CompleteAnswer(String id) -> downlink.complete(id, pod.nowMillis());
            case CallEffect.StopSound _ -> downlink.stop(pod.nowMillis());
            case CallEffect.HoldSound _ -> downlink.hold(pod.nowMillis());
            case CallEffect.ResumeSound _ -> downlink.resume(pod.nowMillis());
            case CallEffect.HoldWords _ -> uplink.words().hold();
            case CallEffect.ReleaseWords(boolean asSilence) -> uplink.words().release(asSilence);
            case CallEffect.Interrupt(int _, String id, long played) ->
                link.tell(open -> open.interrupt(AnswerKey.idOf(id), played));
            case CallEffect.PlayFiller _ ->
                pod.filler(link.format()).ifPresent(pcm -> downlink.playPhrase(FILLER, pcm, pod.nowMillis()));
            case CallEffect.KeepQuestion(long onsetAt) -> uplink.recent().questionBegan(since(onsetAt));
            case CallEffect.ForgetQuestion _ -> uplink.recent().forgetQuestion();
            case CallEffect.CloseGate _ -> uplink.gate().close();
            case CallEffect.HangUp(String reason) -> socket.close(1000, reason);
            case CallEffect.PlayNotice(boolean transfers) ->
                downlink.playPhrase(
                        Parting.NOTICE,
                        pod.notice(transfers ? Notice.BUSY_TRANSFER : Notice.BUSY_LATER, link.format()),
                        pod.nowMillis());
            case CallEffect.TransferTo(String extension) -> socket.transfer(extension);
            case CallEffect.EndCall(String reason) -> socket.hangUp(reason);
            case CallEffect.GoAway(String reason) -> socket.close(GOING_AWAY, reason);
            case CallEffect.ReportMove(FailureReason reason, BackendKind from, BackendKind to) ->
                moved(reason, from, to);
            case CallEffect.ReportRenewal(RenewalReason reason) -> renewed(reason);
            case CallEffect.ReportTurn(BackendKind backend, long latency) -> pod.turnAnswered(backend, latency);
            case CallEffect.ReportAbandoned(long waited) -> pod.turnAbandoned(waited);
            case CallEffect.ReportBargeIn(long latency) -> pod.observer().bargedIn(latency);
            case CallEffect.ReportFalseBargeIn _ -> pod.observer().resumed();
            case CallEffect.ReportTrouble(FailureReason reason) -> pod.providerTrouble(reason);
        }
    }

    /** Ends what is open with the provider, ahead of what the machine makes of it. */
    void leaveProvider() {
        link.leaveProvider();
    }

    private void replayQuestion(boolean ended) {
        RecentAudio recent = uplink.recent();
        link.tell(SpeechLink::turnStarted);
        recent.replayQuestion(link::audio);
        recent.turnGiven();
        if (ended) {
            turnEnded();
        }
        long lost = recent.lostSamples() - lostSamples;
        if (lost > 0) {
            lostSamples = recent.lostSamples();
            pod.observer().backpressure("question", lost / link.format().samplesPerFrame());
        }
    }

    /** The provider gets all audio and finds turns in it; the others count only what comes after the word. */
    private void turnStarted() {
        link.tell(SpeechLink::turnStarted);
        if (link.backend() != BackendKind.PROVIDER) {
            uplink.recent().replayOnset(since(uplink.gate().onsetMillis()), link::audio);
        }
    }

    private void turnEnded() {
        link.tell(SpeechLink::turnEnded);
        uplink.recent().turnGiven();
    }

    private void moved(FailureReason reason, BackendKind from, BackendKind to) {
        LOG.info("call {}: moved from {} to {} ({})", callId, from.label(), to.label(), reason.label());
        pod.observer().callMoved(callId, reason, from, to);
    }

    private void renewed(RenewalReason reason) {
        LOG.info("call {}: goes on with a fresh provider session ({})", callId, reason.label());
        pod.observer().sessionRenewed(callId, reason.label());
    }

    private long since(long time) {
        return Math.max(0, pod.nowMillis() - time);
    }
}
