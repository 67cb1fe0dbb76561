package dev.tom.bridge.config;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;

/**
 * The settings that may change while the bridge runs.
 *
 * @param backend REALTIME_BACKEND: where new calls go when nothing speaks against it
 * @param egress ALLOW_EGRESS and EGRESS_UNTIL
 * @param asks PREFLIGHT_UNTIL and EGRESS_CANARY
 * @param fallback FALLBACK_*
 * @param hash {@link ConfigHash} of the stated live keys; the status page shows it, so that a flip can be seen to have arrived
 */
public record LiveConfig(
        BackendKind backend, EgressTerms.Stated egress, EgressAsks asks, FallbackSettings fallback, String hash) {}
