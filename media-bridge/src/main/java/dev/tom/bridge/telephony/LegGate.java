package dev.tom.bridge.telephony;

import io.vertx.core.Future;

/** What a leg must still prove when it says who it is. Asked once, before any audio moves either way. */
interface LegGate {

    /** What the upgrade already said about the call. */
    CallBinding binding();

    /** Completes on the context of the leg; a failure closes the leg. */
    Future<Pass> pass(TelephonyMessage.Metadata metadata);

    /** The answer. */
    sealed interface Pass {
        /** It may go on, with this call. */
        record Through(CallBinding binding) implements Pass {}

        /** It is closed with 1008: one sentence without any part of what was shown. */
        record Stopped(String sentence) implements Pass {}
    }

    /** Nothing is left to prove. */
    static LegGate open(CallBinding binding) {
        return new LegGate() {
            @Override
            public CallBinding binding() {
                return binding;
            }

            @Override
            public Future<Pass> pass(TelephonyMessage.Metadata metadata) {
                return Future.succeededFuture(new Pass.Through(binding));
            }
        };
    }
}
