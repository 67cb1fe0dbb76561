/**
 * Who may connect to the telephone port, decided before the upgrade: tokens and their keys, one use of each token, passwords, Twilio's
 * signature, limits per source. Knows requests and addresses, but no call and no audio. Thread-safe, because every event loop asks;
 * nothing here blocks one.
 */
@org.jspecify.annotations.NullMarked
package dev.tom.bridge.telephony.access;
