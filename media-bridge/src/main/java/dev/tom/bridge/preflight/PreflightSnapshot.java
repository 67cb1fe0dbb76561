package dev.tom.bridge.preflight;

import java.time.Instant;
import java.util.Optional;

/**
 * What the bridge stands on, for the status page.
 *
 * @param local the local pipeline
 * @param models the speech models of the worker
 * @param costLog the directory of the cost records
 * @param provider the way to the provider
 * @param providerTriedAt when that way was tried last, if it was
 * @param canary the try after the end that was asked for last
 */
public record PreflightSnapshot(
        Finding local,
        Finding models,
        Finding costLog,
        Finding provider,
        Optional<Instant> providerTriedAt,
        Optional<CanaryResult> canary) {}
