package dev.tom.bridge.session;

import dev.tom.bridge.audio.EchoPath;
import dev.tom.bridge.audio.Playout;
import dev.tom.bridge.audio.VoiceGate;
import dev.tom.bridge.call.CallEffect;
import dev.tom.bridge.call.CallEvent;
import dev.tom.bridge.call.CallMachine;
import dev.tom.bridge.call.CallSettings;
import dev.tom.bridge.call.CallState;
import dev.tom.bridge.call.Step;
import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.telephony.Capability;
import dev.tom.bridge.telephony.TelephonyListener;
import dev.tom.bridge.telephony.TelephonySocket;
import io.vertx.core.Context;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live call: turns what phone, backend and playout say into events of the machine, and lets its effects be performed. Holds state
 * and routes, decides nothing. Confined to the call's event-loop context, {@link #egressClosed}, {@link #podStops} and {@link #tick} excepted.
 */
final class CallSession implements TelephonyListener {

    private static final Logger LOG = LoggerFactory.getLogger(CallSession.class);

    private final Context context;
    private final TelephonySocket socket;
    private final Pod pod;
    private final boolean canTransfer;
    private final ArrayDeque<CallEvent> pending = new ArrayDeque<>();
    private CallState state = CallState.NEW;
    private long deadline = TurnState.NEVER;
    private boolean stepping;
    private boolean woken;
    private String callId = "";
    private @Nullable Parts parts;

    /** What a call has once it has started. */
    private record Parts(UplinkPath uplink, DownlinkPath downlink, LinkEvents linkEvents, CallEffects effects) {}

    CallSession(Context context, TelephonySocket socket, Pod pod) {
        this.context = context;
        this.socket = socket;
        this.pod = pod;
        canTransfer = socket.capabilities().contains(Capability.TRANSFER);
    }

    @Override
    public void started(CallStart start) {
        callId = start.callId();
        CallLink link = new CallLink(start, pod, this::said);
        EchoPath echo = new EchoPath(start.format());
        UplinkPath uplink = new UplinkPath(start.format(), echo, link, this::callerChanged);
        DownlinkPath downlink = new DownlinkPath(start.format(), echo, socket, pod.observer(), this::later);
        parts = new Parts(
                uplink,
                downlink,
                new LinkEvents(callId, link, uplink, downlink, pod, this::step),
                new CallEffects(callId, socket, link, uplink, downlink, pod));
        pod.observer().callStarted(callId);
        BackendKind backend = pod.routeOfNewCall();
        LOG.info(
                "call {}: started on {}, {} Hz",
                callId,
                backend.label(),
                start.format().sampleRate());
        step(new CallEvent.Begun(backend));
        pod.tick(this);
    }

    @Override
    public void audio(ByteBuffer pcm) {
        Parts call = parts;
        if (call != null) {
            call.uplink().accept(pcm, pod.nowMillis());
        }
    }

    @Override
    public void dtmf(char digit) {
        LOG.debug("call {}: a key was pressed", callId);
    }

    @Override
    public void audioEnded() {
        Parts call = parts;
        if (call == null) {
            return;
        }
        VoiceGate gate = call.uplink().gate();
        if (gate.speaking()) {
            gate.close();
            step(new CallEvent.CallerPaused(gate.lastVoicedMillis(), gate.voicedMillis()));
        }
        step(new CallEvent.CallerAudioEnded());
    }

    @Override
    public void stopped(String reason) {
        String result = state.route().result();
        step(new CallEvent.HungUp());
        if (parts != null) {
            LOG.info("call {}: ended, {}", callId, reason);
            pod.observer().callEnded(callId, result);
        }
        parts = null;
        pod.ended(this);
    }

    /**
     * Provider use ended; from any thread. The socket goes first, and the move follows when the event loop has been around once: the kernel
     * ends a closed socket only then, and the moves of many calls would keep all of them open for as long as they take.
     */
    void egressClosed() {
        context.runOnContext(_ -> {
            if (parts != null) {
                parts.effects().leaveProvider();
            }
            context.owner().setTimer(1, _ -> step(new CallEvent.EgressClosed()));
        });
    }

    /** The pod ends and waits no longer; from any thread. */
    void podStops() {
        context.runOnContext(_ -> step(new CallEvent.PodStops()));
    }

    /** Every 20 ms on the call's event loop, but possibly in another call's context: what is decided here is done later. */
    void tick(long nowMillis) {
        Parts call = parts;
        if (call == null) {
            return;
        }
        call.downlink().pump(nowMillis);
        if (deadline <= nowMillis) {
            later(new CallEvent.TimePassed());
        }
    }

    private void callerChanged(VoiceGate.Change change) {
        Parts call = parts;
        if (change == VoiceGate.Change.NONE || call == null) {
            return;
        }
        VoiceGate gate = call.uplink().gate();
        step(
                switch (change) {
                    case NONE, CALM -> new CallEvent.CallerCalmed();
                    case STIR -> new CallEvent.CallerStirred(gate.onsetMillis());
                    case ONSET -> new CallEvent.CallerSpoke(gate.onsetMillis());
                    case INSIST -> new CallEvent.CallerInsisted(gate.insistedSinceMillis());
                    case END -> new CallEvent.CallerPaused(gate.lastVoicedMillis(), gate.voicedMillis());
                });
    }

    /** What the open link says. */
    private void said(int generation, SpeechEvent event) {
        Parts call = parts;
        if (call != null) {
            call.linkEvents().said(generation, event);
        }
    }

    /** Takes an event in a later turn of the event loop, in the call's own context. */
    private void later(CallEvent event) {
        pending.add(event);
        if (!woken) {
            woken = true;
            context.runOnContext(_ -> drain());
        }
    }

    /** Takes an event now; one that comes out of an effect waits until all effects of the step are done. */
    private void step(CallEvent event) {
        pending.add(event);
        drain();
    }

    private void drain() {
        if (stepping) {
            return;
        }
        stepping = true;
        woken = false;
        try {
            for (CallEvent event = pending.poll(); event != null; event = pending.poll()) {
                take(event);
            }
        } finally {
            stepping = false;
        }
    }

    private void take(CallEvent event) {
        long now = pod.nowMillis();
        CallSettings settings = pod.callSettings(canTransfer);
        tellProgress(now, settings);
        apply(CallMachine.step(state, event, now, settings), settings);
        if (deadline <= now && !(event instanceof CallEvent.TimePassed)) {
            apply(CallMachine.step(state, new CallEvent.TimePassed(), now, settings), settings);
        }
    }

    /** How far the answer is, before anything may cut it. */
    private void tellProgress(long now, CallSettings settings) {
        if (parts != null
                && state.turn() instanceof TurnState.Replying replying
                && replying.answer().arrived()) {
            Answer answer = replying.answer();
            Playout playout = parts.downlink().playout();
            long received = playout.receivedMillis(answer.id());
            if (received > 0) {
                long played = playout.playedMillis(answer.id(), now);
                state = CallMachine.step(
                                state, new CallEvent.AnswerProgress(answer.id(), played, received), now, settings)
                        .state();
            }
        }
    }

    private void apply(Step step, CallSettings settings) {
        state = step.state();
        deadline = CallMachine.deadline(state, settings);
        Parts call = parts;
        if (call == null) {
            return;
        }
        for (CallEffect effect : step.effects()) {
            try {
                call.effects().perform(effect);
            } catch (RuntimeException e) {
                LOG.error("call {}: {} failed", callId, effect.getClass().getSimpleName(), e);
            }
        }
    }
}
