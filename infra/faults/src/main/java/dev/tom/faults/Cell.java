package dev.tom.faults;

import dev.tom.testkit.Await;
import dev.tom.testkit.CallRecord;
import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.Fault;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.ProviderSession;
import dev.tom.testkit.RunFailure;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Spoken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call through one cell of the table: a question, the fault at its moment, the answer that comes all the same, and one more turn. */
final class Cell {

    static final Speech FIRST_QUESTION = Speech.CALLER_ADDRESS;
    static final Speech PROVIDER_ANSWER = Speech.ANSWER_TUESDAY;
    static final Speech LAST_QUESTION = Speech.CALLER_HOURS;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration END_OF_ANSWER = Duration.ofMillis(1_200);
    /** A session that ends within two seconds counts as refused. */
    private static final long SETTLING_MILLIS = 2_300;

    private static final long AFTER_THE_STRIKE_MILLIS = 600;
    /** Longer than the bridge waits for an upgrade. */
    private static final long WAITING_FOR_THE_UPGRADE_MILLIS = 2_600;

    private static final int INTO_SPEECH_MILLIS = 700;
    private static final int INTO_ANSWER_MILLIS = 2_400;
    /** No answer is shorter; a pause in it is no end. */
    private static final long ENOUGH_OF_AN_ANSWER_MILLIS = 1_500;

    private final Rig rig;
    private final ProviderFault fault;
    private final Moment moment;
    private final String name;

    Cell(Rig rig, ProviderFault fault, Moment moment) {
        this.rig = rig;
        this.fault = fault;
        this.moment = moment;
        this.name = "cell-" + fault.name().toLowerCase(java.util.Locale.ROOT) + "-" + moment.ordinal();
    }

    /** Makes the call; blocks for as long as it takes. */
    Evidence run() {
        rig.provider().arm();
        rig.awaitProviderRoute();
        int sessionsBefore = rig.provider().sessions().size();
        int askedBefore = rig.llm().conversations().size();
        Counters before = rig.counters();
        rig.provider().arm(armedBeforeTheCall());
        ForkCaller caller =
                get(ForkCaller.dial(rig.vertx(), CallerOptions.of(rig.phone(), name)), "upgrade of the call");
        try {
            Story story = tell(caller, sessionsBefore, askedBefore);
            Instant lastAnswerAt = get(caller.heardAfter(story.last().endAt()), "answer to the last question");
            get(caller.silentFor(END_OF_ANSWER), "end of the last answer");
            boolean alive = caller.isOpen();
            get(caller.hangUp(), "end of the call");
            rig.provider().arm();
            awaitCounted(before);
            List<ProviderSession> sessions = rig.provider().sessions();
            return new Evidence(
                    caller.record(),
                    alive,
                    story.owedFrom(),
                    story.owedUntil(),
                    story.last(),
                    lastAnswerAt,
                    sessions.size() - sessionsBefore,
                    sessions.subList(sessionsBefore, sessions.size()).stream()
                            .map(session -> session.audio().samples())
                            .toList(),
                    saidToTheModel(askedBefore),
                    rig.counters().since(before));
        } finally {
            rig.provider().arm();
            if (caller.isOpen()) {
                caller.hangUp();
            }
        }
    }

    private record Story(Instant owedFrom, Instant owedUntil, Spoken last) {}

    private Story tell(ForkCaller caller, int sessionsBefore, int askedBefore) {
        return switch (moment) {
            case IDLE -> {
                if (fault.strikesUpgrade()) {
                    Await.pause(WAITING_FOR_THE_UPGRADE_MILLIS);
                } else {
                    ready(sessionsBefore);
                    Await.pause(SETTLING_MILLIS);
                    rig.provider().sessions().get(sessionsBefore).strike(fault.fault());
                    Await.pause(AFTER_THE_STRIKE_MILLIS);
                }
                yield ask(caller, askedBefore);
            }
            case CALLER_SPEAKING -> {
                if (!fault.strikesUpgrade()) {
                    ready(sessionsBefore);
                    rig.provider().arm();
                    Await.pause(SETTLING_MILLIS);
                }
                yield ask(caller, askedBefore);
            }
            case ANSWER_PLAYING -> {
                ready(sessionsBefore);
                // Only this session is struck; where the upgrade is the fault, it ends in its answer and no new one is
                // let in.
                rig.provider().arm(fault.strikesUpgrade() ? new Fault[] {fault.fault()} : new Fault[0]);
                yield ask(caller, askedBefore);
            }
        };
    }

    /** The first question with what comes of it, then the last one begins. */
    private Story ask(ForkCaller caller, int askedBefore) {
        Spoken question = get(caller.say(FIRST_QUESTION), "end of the question");
        Instant answered = get(caller.heardAfter(question.endAt()), "answer");
        Instant owedFrom = question.endAt();
        if (moment == Moment.ANSWER_PLAYING) {
            owedFrom = answered;
        }
        boolean laterOnly = fault.showsWithTheNextAnswer() && moment == Moment.ANSWER_PLAYING;
        if (fault.expected() instanceof Outcome.Moved && !laterOnly) {
            // A filler is heard before the answer.
            Await.until(
                    "answer of the local pipeline",
                    PATIENCE,
                    () -> rig.llm().conversations().size() > askedBefore);
        }
        Await.pause(ENOUGH_OF_AN_ANSWER_MILLIS);
        get(caller.silentFor(END_OF_ANSWER), "end of the answer");
        Instant owedUntil = lastSound(caller.record());
        return new Story(owedFrom, owedUntil, get(caller.say(LAST_QUESTION), "end of the last question"));
    }

    private static Instant lastSound(CallRecord record) {
        return record.lastHeardBetween(Instant.MIN, Instant.MAX).orElseThrow(() -> new RunFailure("nothing was heard"));
    }

    private Fault[] armedBeforeTheCall() {
        return switch (moment) {
            case IDLE -> fault.strikesUpgrade() ? new Fault[] {fault.fault()} : new Fault[0];
            case CALLER_SPEAKING ->
                new Fault[] {
                    fault.strikesUpgrade() ? fault.fault() : new Fault.DuringSpeech(INTO_SPEECH_MILLIS, fault.fault())
                };
            case ANSWER_PLAYING ->
                new Fault[] {
                    new Fault.DuringAnswer(
                            INTO_ANSWER_MILLIS, fault.strikesUpgrade() ? new Fault.SessionExpired() : fault.fault())
                };
        };
    }

    private void ready(int session) {
        Await.until(
                "provider session",
                PATIENCE,
                () -> rig.provider().sessions().size() > session
                        && rig.provider().sessions().get(session).ready());
    }

    /** The bridge counts a call's end when it sees it. */
    private void awaitCounted(Counters before) {
        Await.until(
                "end of the call in the metrics",
                PATIENCE,
                () -> !rig.counters().since(before).ended().isEmpty());
    }

    private List<String> saidToTheModel(int from) {
        List<String> said = new ArrayList<>();
        List<JsonArray> all = rig.llm().conversations();
        for (JsonArray conversation : all.subList(from, all.size())) {
            conversation.stream()
                    .map(JsonObject.class::cast)
                    .filter(message -> message.getString("role", "").equals("user"))
                    .forEach(message -> said.add(message.getString("content", "")));
        }
        return said;
    }

    private <T> T get(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RunFailure("no " + what + " within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new RunFailure("no " + what + ": " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }
}
