package dev.tom.bridge.call;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.Utterance;
import java.util.List;

/** Which backend a call talks to. The generation counts the links of the call and tells their events apart. */
public sealed interface Route {

    /** The call has not begun. */
    record Unopened() implements Route {}

    record Connecting(int generation, BackendKind backend, long since) implements Route {}

    record Connected(int generation, BackendKind backend) implements Route {}

    /**
     * Talks to the provider, while a fresh session is made ready to take over.
     *
     * @param next generation of the fresh one
     * @param told what it was told was said
     */
    record Renewing(int generation, int next, long since, List<Utterance> told) implements Route {
        public Renewing {
            told = List.copyOf(told);
        }
    }

    /** Every backend failed; the call stays and hears nothing. */
    record Nobody() implements Route {}

    /**
     * The bridge ends the call; see {@link Parting}.
     *
     * @param generation of the link that is still open for the account; 0 without one
     * @param how what was done about it last
     * @param until when the next step is due
     */
    record Leaving(int generation, How how, long until) implements Route {

        /** How far the end of the call is. */
        public enum How {
            /** The caller hears that all lines are busy. */
            TOLD("hangup", "shed"),
            /** The far side was asked to send the caller elsewhere. */
            TRANSFERRED("transferred", "transferred"),
            /** The far side was asked to hang up. */
            ENDED("saturated", "shed"),
            /** The pod ends. */
            CUT("shutdown", "dropped");

            private final String endedBy;
            private final String result;

            How(String endedBy, String result) {
                this.endedBy = endedBy;
                this.result = result;
            }

            /** For the account of the last link. */
            String endedBy() {
                return endedBy;
            }
        }
    }

    /** The call has ended. */
    record Over() implements Route {}

    /** Generation of the open link; 0 without one. */
    default int openGeneration() {
        return switch (this) {
            case Connecting(int generation, BackendKind _, long _) -> generation;
            case Connected(int generation, BackendKind _) -> generation;
            case Renewing(int generation, int _, long _, var _) -> generation;
            case Leaving(int generation, Leaving.How _, long _) -> generation;
            case Unopened _, Nobody _, Over _ -> 0;
        };
    }

    /** Whether the open link leads to this backend. */
    default boolean leadsTo(BackendKind kind) {
        return switch (this) {
            case Connecting(int _, BackendKind backend, long _) -> backend == kind;
            case Connected(int _, BackendKind backend) -> backend == kind;
            case Renewing _ -> kind == BackendKind.PROVIDER;
            case Unopened _, Nobody _, Leaving _, Over _ -> false;
        };
    }

    /** What becomes of a call that ends now: {@code completed}, {@code dropped}, {@code transferred} or {@code shed}. */
    default String result() {
        return switch (this) {
            case Nobody _ -> "dropped";
            case Leaving(int _, Leaving.How how, long _) -> how.result;
            case Unopened _, Connecting _, Connected _, Renewing _, Over _ -> "completed";
        };
    }
}
