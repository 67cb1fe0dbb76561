package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.access.Credentials;
import dev.tom.bridge.telephony.access.Grant;
import dev.tom.bridge.telephony.access.SourceGate;
import dev.tom.bridge.telephony.access.TokenVerifier;
import dev.tom.bridge.telephony.access.Verdict;
import io.vertx.core.Future;

/**
 * The gate of a leg whose token comes with its metadata, because its upgrade can carry none.
 *
 * @param binding by the address, if it names a call
 */
record TokenFollows(TokenVerifier verifier, SourceGate.Account source, CallBinding binding) implements LegGate {

    @Override
    public Future<Pass> pass(TelephonyMessage.Metadata metadata) {
        return verifier.check(Credentials.ofToken(metadata.token()))
                .compose(verdict -> switch (verdict) {
                    case Verdict.Granted(Grant grant) -> verifier.spend(grant);
                    case Verdict.Refused refused -> Future.succeededFuture(refused);
                })
                .map(this::pass);
    }

    private Pass pass(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Granted(Grant grant) ->
                CallBinding.of(grant, binding.callId())
                        .<Pass>map(Pass.Through::new)
                        .orElseGet(() -> new Pass.Stopped("The call_id parameter names another call than the token"));
            case Verdict.Refused(int _, String sentence) -> {
                source.failed(System.nanoTime());
                yield new Pass.Stopped(sentence);
            }
        };
    }
}
