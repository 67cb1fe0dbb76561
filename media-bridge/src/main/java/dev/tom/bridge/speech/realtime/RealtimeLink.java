package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.TranscriptionUsage;
import dev.tom.bridge.speech.realtime.RealtimeMessage.AudioDelta;
import dev.tom.bridge.speech.realtime.RealtimeMessage.CallerTranscript;
import dev.tom.bridge.speech.realtime.RealtimeMessage.ErrorEvent;
import dev.tom.bridge.speech.realtime.RealtimeMessage.Malformed;
import dev.tom.bridge.speech.realtime.RealtimeMessage.RateLimit;
import dev.tom.bridge.speech.realtime.RealtimeMessage.RateLimits;
import dev.tom.bridge.speech.realtime.RealtimeMessage.ResponseCreated;
import dev.tom.bridge.speech.realtime.RealtimeMessage.ResponseDone;
import dev.tom.bridge.speech.realtime.RealtimeMessage.SessionCreated;
import dev.tom.bridge.speech.realtime.RealtimeMessage.SessionUpdated;
import dev.tom.bridge.speech.realtime.RealtimeMessage.SpeechStarted;
import dev.tom.bridge.speech.realtime.RealtimeMessage.TranscriptDelta;
import dev.tom.bridge.speech.realtime.RealtimeMessage.TranscriptFailed;
import dev.tom.bridge.speech.realtime.RealtimeMessage.Unknown;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One conversation with the provider. Confined to the call's context. */
final class RealtimeLink implements SpeechLink, ProviderSocket.Listener {

    private static final Logger log = LoggerFactory.getLogger(RealtimeLink.class);

    /** So many unreadable messages are an accident, one more is a protocol that we do not speak. */
    private static final int MAX_MALFORMED = 3;

    private enum State {
        CONNECTING,
        SETTING_UP,
        READY,
        OVER
    }

    private final Vertx vertx;
    private final Context context;
    private final LinkRequest request;
    private final LinkTimings timings;
    private final Consumer<SpeechEvent> events;
    private final ProviderSocket socket;
    private final Runnable onLinearOnly;
    private final AppendMessage append = new AppendMessage();
    private final HeldAudio held = new HeldAudio();
    private final Answers answers = new Answers();
    private State state = State.CONNECTING;
    private SessionConfig config;
    private WireAudio audio;
    private OptionalLong expiresAtSeconds = OptionalLong.empty();
    private boolean answerWanted;
    private boolean released;
    private int malformed;
    private long setUpTimer;

    /**
     * @param onLinearOnly called when a session became ready only in the protocol's own format
     */
    RealtimeLink(
            Vertx vertx,
            LinkRequest request,
            SessionConfig config,
            LinkTimings timings,
            Function<ProviderSocket.Listener, ProviderSocket> sockets,
            Runnable onLinearOnly,
            Consumer<SpeechEvent> events) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.request = request;
        this.config = config;
        this.timings = timings;
        this.events = events;
        this.onLinearOnly = onLinearOnly;
        this.audio = new WireAudio(request.format(), config.format());
        this.socket = sockets.apply(this);
    }

    void connect(WebSocketConnectOptions upgrade) {
        socket.connect(upgrade);
    }

    @Override
    public void opened() {
        state = State.SETTING_UP;
        setUpTimer = vertx.setTimer(
                timings.setUp(),
                fired -> fail(
                        FailureReason.TIMEOUT,
                        "The provider did not confirm the session within " + timings.setUp() + " ms."));
        send(config.update());
    }

    @Override
    public void audio(short[] frame) {
        if (state == State.OVER) {
            return;
        }
        if (state != State.READY || !held.isEmpty() || socket.isCongested()) {
            held.add(frame);
            return;
        }
        append(frame);
    }

    @Override
    public void drained() {
        if (state == State.READY) {
            sendHeld();
        }
    }

    @Override
    public void turnStarted() {
        // The provider detects turns itself.
    }

    @Override
    public void turnEnded() {
        // The provider detects turns itself.
    }

    @Override
    public void interrupt(String answerId, long playedMillis) {
        if (state != State.READY || !answers.isWanted(answerId)) {
            return;
        }
        if (answers.needsCancel(answerId)) {
            send(ClientMessages.CANCEL);
        }
        for (Answers.Correction correction : answers.cutOff(answerId, playedMillis)) {
            send(
                    switch (correction) {
                        case Answers.Correction.Truncate(String itemId, long heardMillis) ->
                            ClientMessages.truncate(itemId, heardMillis);
                        case Answers.Correction.Delete(String itemId) -> ClientMessages.delete(itemId);
                    });
        }
    }

    @Override
    public void answerNow() {
        if (state == State.READY) {
            send(ClientMessages.CREATE_RESPONSE);
        } else {
            answerWanted = true;
        }
    }

    @Override
    public void close() {
        released = true;
        if (state != State.OVER) {
            finish();
            socket.close();
        }
    }

    @Override
    public void message(byte[] json) {
        switch (RealtimeCodec.decode(json)) {
            case SessionCreated created -> {
                expiresAtSeconds = created.expiresAtSeconds();
                log.debug("call {}: provider session {}", request.callId(), created.sessionId());
            }
            case SessionUpdated updated -> confirmed(updated);
            case SpeechStarted started -> {
                answers.speechHeard();
                tell(new SpeechEvent.SpeechHeard());
            }
            case CallerTranscript said -> {
                tell(new SpeechEvent.CallerSaid(said.text()));
                charged(said.usage());
            }
            case TranscriptFailed failed ->
                log.warn(
                        "call {}: the provider could not write down what the caller said ({})",
                        request.callId(),
                        named(failed.errorCode(), "no code"));
            case RateLimits told -> told.limits().forEach(this::rationed);
            case ResponseCreated created -> answers.created(created.responseId());
            case AudioDelta delta -> answered(delta);
            case TranscriptDelta delta -> {
                if (answers.isWanted(delta.responseId())) {
                    begun(delta.responseId());
                    tell(new SpeechEvent.AnswerText(delta.responseId(), delta.text()));
                }
            }
            case ResponseDone done -> responded(done);
            case ErrorEvent error -> complained(error);
            case Unknown unknown -> log.trace("call {}: provider event {}", request.callId(), unknown.type());
            case Malformed malformedMessage -> unreadable(malformedMessage);
        }
    }

    @Override
    public void gone(FailureReason reason, String sentence) {
        if (state != State.OVER) {
            finish();
            events.accept(new SpeechEvent.Failed(reason, sentence));
        }
    }

    private void confirmed(SessionUpdated updated) {
        if (state != State.SETTING_UP) {
            return;
        }
        WireFormat format = audio.format();
        if (!format.isConfirmedBy(updated.inputFormat()) || !format.isConfirmedBy(updated.outputFormat())) {
            if (!asksForLinear()) {
                fail(
                        FailureReason.MISCONFIGURED,
                        "The provider does not speak " + format.type() + ", which every server of this protocol does.");
            }
            return;
        }
        vertx.cancelTimer(setUpTimer);
        state = State.READY;
        request.history().forEach(utterance -> send(ClientMessages.item(utterance)));
        if (!request.history().isEmpty()) {
            send(ClientMessages.continuation());
        }
        sendHeld();
        if (answerWanted) {
            send(ClientMessages.CREATE_RESPONSE);
        }
        if (audio.format() != WireFormat.of(request.format())) {
            onLinearOnly.run();
        }
        tell(new SpeechEvent.Ready());
        tell(SessionAge.lasting(config.settings().tuning(), expiresAtSeconds, System.currentTimeMillis()));
    }

    /** Asks again in the protocol's own format, unless that was asked for. The caller's audio is still held, so none is lost. */
    private boolean asksForLinear() {
        if (audio.format() == WireFormat.PCM) {
            return false;
        }
        log.info(
                "call {}: the provider does not take {}",
                request.callId(),
                audio.format().type());
        audio = new WireAudio(request.format(), WireFormat.PCM);
        config = config.in(WireFormat.PCM);
        send(config.update());
        return true;
    }

    private void charged(TranscriptionUsage usage) {
        if (!usage.isNothing()) {
            String model = config.settings().tuning().transcriptionModel();
            tell(new SpeechEvent.Used(
                    TokenUsage.of(new TranscriptionUsage(model, usage.input(), usage.output(), usage.millis()))));
        }
    }

    private void rationed(RateLimit limit) {
        if (limit.limit() > 0) {
            tell(new SpeechEvent.Allowance(limit.name(), Math.clamp(limit.remaining() / limit.limit(), 0.0, 1.0)));
        }
    }

    private void answered(AudioDelta delta) {
        if (!answers.isWanted(delta.responseId())) {
            return;
        }
        begun(delta.responseId());
        byte[] wire = delta.audio();
        answers.received(delta.responseId(), delta.itemId(), audio.micros(wire.length));
        int length = audio.decode(wire);
        tell(new SpeechEvent.AnswerAudio(delta.responseId(), audio.samples(), length));
    }

    private void begun(String responseId) {
        if (answers.begins(responseId)) {
            audio.answerBegins();
            tell(new SpeechEvent.AnswerStarted(responseId));
        }
    }

    private void responded(ResponseDone done) {
        boolean begun = answers.done(done.responseId());
        tell(new SpeechEvent.Used(done.usage()));
        if (begun) {
            tell(new SpeechEvent.AnswerDone(done.responseId()));
        }
        if ("failed".equals(done.status())) {
            act(
                    ProviderTrouble.ofError("server_error", done.errorCode()),
                    "The provider could not answer (" + named(done.errorCode(), "no code") + ").");
        }
    }

    private void complained(ErrorEvent error) {
        String sentence = "The provider reported an error (" + named(error.code(), error.type()) + ").";
        ProviderTrouble.Meaning meaning = ProviderTrouble.ofError(error.type(), error.code(), error.message());
        if (state == State.SETTING_UP && meaning instanceof ProviderTrouble.Meaning.OurFault) {
            if (asksForLinear()) {
                return;
            }
            fail(
                    FailureReason.MISCONFIGURED,
                    "The provider refused the session settings: " + ProviderTrouble.withoutKeys(error.message()));
            return;
        }
        act(meaning, sentence);
    }

    private void act(ProviderTrouble.Meaning meaning, String sentence) {
        switch (meaning) {
            case ProviderTrouble.Meaning.Over(FailureReason reason) -> fail(reason, sentence);
            case ProviderTrouble.Meaning.Counts(FailureReason reason) ->
                tell(new SpeechEvent.Troubled(reason, sentence));
            case ProviderTrouble.Meaning.Benign() -> log.debug("call {}: {}", request.callId(), sentence);
            case ProviderTrouble.Meaning.OurFault() -> log.error("call {}: {}", request.callId(), sentence);
        }
    }

    private void unreadable(Malformed message) {
        String sentence = "The provider sent a message that " + message.why() + ".";
        malformed++;
        if (malformed > MAX_MALFORMED) {
            fail(FailureReason.PROTOCOL, sentence);
        } else {
            tell(new SpeechEvent.Troubled(FailureReason.PROTOCOL, sentence));
        }
    }

    private void sendHeld() {
        long lost = held.takeDropped();
        if (lost > 0) {
            log.warn("call {}: {} frames of caller audio were too old and dropped", request.callId(), lost);
            tell(new SpeechEvent.Dropped("provider_held", lost));
        }
        while (!held.isEmpty() && state == State.READY) {
            append(held.next());
        }
    }

    private void append(short[] frame) {
        int coded = audio.encode(frame);
        int length = append.build(audio.coded(), coded);
        if (state != State.OVER && !socket.send(append.bytes(), length)) {
            refusedByPermit();
        }
    }

    private void send(String message) {
        if (state != State.OVER && !socket.send(message)) {
            refusedByPermit();
        }
    }

    /** Told later, because the owner of the call is in the middle of one of our methods. */
    private void refusedByPermit() {
        finish();
        socket.close();
        context.runOnContext(later -> {
            if (!released) {
                events.accept(new SpeechEvent.Failed(
                        FailureReason.EGRESS_CLOSED, "Provider use is not allowed at this time."));
            }
        });
    }

    private void fail(FailureReason reason, String sentence) {
        if (state != State.OVER) {
            finish();
            socket.close();
            events.accept(new SpeechEvent.Failed(reason, sentence));
        }
    }

    private void tell(SpeechEvent event) {
        if (state != State.OVER) {
            events.accept(event);
        }
    }

    private void finish() {
        state = State.OVER;
        vertx.cancelTimer(setUpTimer);
    }

    private static String named(String name, String otherwise) {
        return name.isEmpty() ? otherwise : name;
    }
}
