package dev.tom.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What one realtime session saw: the evidence that tests read. */
public final class ProviderSession {

    /** Who ended a session. */
    public enum Ended {
        /** Still open. */
        OPEN,
        BY_CLIENT,
        BY_PROVIDER
    }

    /** An event that arrived. Audio is not repeated here: {@code json} of an append holds only its length in {@code bytes}. */
    public record Received(Instant at, String type, JsonObject json) {}

    /** An answer that was cut: {@code sentMillis} of audio had been sent, {@code audioEndMillis} of it are kept. */
    public record Truncation(String itemId, long audioEndMillis, long sentMillis) {}

    /** A response as it ended; {@code firstAudioAt} is empty when it had no audio. */
    public record Response(String id, String status, Optional<Instant> firstAudioAt, long sentMillis) {}

    /** The usage of a response, as it was sent. */
    public record Billed(Instant at, JsonObject usage) {}

    private final int number;
    private final String model;
    private final ByteLog bytes;
    private final Consumer<Fault> striker;
    private final Runnable pinger;
    private final Instant openedAt = MonotonicClock.now();
    private final List<Received> received = new ArrayList<>();
    private final List<Truncation> truncations = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private final List<Billed> billed = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private Ended ended = Ended.OPEN;
    private Optional<Integer> closeCode = Optional.empty();
    private long lostAudioBytes;
    private boolean ready;
    private short[] audio = new short[0];
    private int audioLength;
    private int audioRate = 8_000;

    ProviderSession(int number, String model, ByteLog bytes, Consumer<Fault> striker, Runnable pinger) {
        this.number = number;
        this.model = model;
        this.bytes = bytes;
        this.striker = striker;
        this.pinger = pinger;
    }

    /** Lets a fault strike this session now, or arms it when it waits for something. */
    public void strike(Fault fault) {
        striker.accept(fault);
    }

    /** Sends a WebSocket ping, which a living client answers by itself. */
    public void ping() {
        pinger.run();
    }

    /** Counts from 1 in the order of the upgrades. */
    public int number() {
        return number;
    }

    /** The model named in the URL. */
    public String model() {
        return model;
    }

    public Instant openedAt() {
        return openedAt;
    }

    /** When the TCP connection was gone. */
    public Optional<Instant> closedAt() {
        return bytes.closedAt();
    }

    public synchronized Ended ended() {
        return ended;
    }

    /** The code of the close frame that the client sent; empty when there was none. */
    public synchronized Optional<Integer> closeCode() {
        return closeCode;
    }

    /** Whether {@code session.updated} was sent. */
    public synchronized boolean ready() {
        return ready;
    }

    /** TCP payload that arrived later than this instant, in bytes, TLS and WebSocket framing included. */
    public long bytesAfter(Instant instant) {
        return bytes.bytesAfter(instant);
    }

    /** Caller audio that came before {@code session.updated} and was not understood, in bytes. */
    public synchronized long lostAudioBytes() {
        return lostAudioBytes;
    }

    /** The caller's audio as understood; empty when it is not kept. */
    public synchronized Wav audio() {
        return Wav.mono(audioRate, Arrays.copyOf(audio, audioLength));
    }

    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    /** What arrived of this type, in order. */
    public List<JsonObject> received(String type) {
        return received().stream()
                .filter(event -> event.type.equals(type))
                .map(Received::json)
                .toList();
    }

    public synchronized List<Truncation> truncations() {
        return List.copyOf(truncations);
    }

    /** Responses that ended, in order. */
    public synchronized List<Response> responses() {
        return List.copyOf(responses);
    }

    /** What was charged for responses, in order. */
    public synchronized List<Billed> billed() {
        return List.copyOf(billed);
    }

    /** Codes of the error events that the client's own messages caused; a client without faults causes none. */
    public synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    // What follows is written by the conversation.

    synchronized void receivedEvent(String type, JsonObject json) {
        received.add(new Received(MonotonicClock.now(), type, json));
    }

    synchronized void truncated(Truncation truncation) {
        truncations.add(truncation);
    }

    synchronized void responded(Response response) {
        responses.add(response);
    }

    synchronized void billed(JsonObject usage) {
        billed.add(new Billed(MonotonicClock.now(), usage));
    }

    synchronized void complained(String code) {
        errors.add(code);
    }

    synchronized void lostAudio(int bytes) {
        lostAudioBytes += bytes;
    }

    synchronized void becameReady(int rate) {
        ready = true;
        audioRate = rate;
    }

    synchronized void heard(short[] samples) {
        if (audioLength + samples.length > audio.length) {
            audio = Arrays.copyOf(audio, Math.max(2 * audio.length, audioLength + samples.length + audioRate));
        }
        System.arraycopy(samples, 0, audio, audioLength, samples.length);
        audioLength += samples.length;
    }

    /** The first one to end it did. */
    synchronized void endedBy(Ended by, Optional<Integer> code) {
        if (ended == Ended.OPEN) {
            ended = by;
            closeCode = code;
        }
    }
}
