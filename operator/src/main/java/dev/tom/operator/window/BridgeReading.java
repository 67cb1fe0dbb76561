package dev.tom.operator.window;

import java.time.Instant;
import java.util.Optional;

/** What is known of one bridge pod that the API server lists. */
public sealed interface BridgeReading {

    /** Name of the pod. */
    String pod();

    /**
     * It answered its {@code /status}.
     *
     * @param providerSockets open sockets to the provider
     * @param leaseAllowed whether its own lease lets it use the provider now
     * @param backend who answers calls there: {@code provider}, {@code local} or {@code announcement}
     * @param backendReason why, in the bridge's words
     * @param said what it says about its own surroundings
     * @param canary what became of the try after the end, if it made one
     */
    record Answered(
            String pod,
            int providerSockets,
            boolean leaseAllowed,
            String backend,
            String backendReason,
            BridgeChecks said,
            Optional<Tried> canary)
            implements BridgeReading {

        /** One that says nothing about its surroundings. */
        public Answered(String pod, int providerSockets, boolean leaseAllowed, String backend, String backendReason) {
            this(pod, providerSockets, leaseAllowed, backend, backendReason, BridgeChecks.NONE, Optional.empty());
        }
    }

    /** The API server says that none of its containers runs (not yet, or no more): it can hold no socket. */
    record NotRunning(String pod) implements BridgeReading {}

    /** It may run, but did not answer: nothing is known. */
    record Silent(String pod, String why) implements BridgeReading {}

    /**
     * A bridge tried the provider's address after the end.
     *
     * @param asked the end that named the ask
     */
    record Tried(Instant asked, CanaryOutcome outcome) {}
}
