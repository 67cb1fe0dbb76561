/**
 * Pure: whether and on which backend a new call is taken ({@code AdmissionRules}), and what the pod stops doing when it has too much to do
 * ({@code OverloadLadder}).
 */
@NullMarked
package dev.tom.bridge.call.admission;

import org.jspecify.annotations.NullMarked;
