/**
 * The media bridge: telephone WebSocket in, provider or local pipeline out. The way of one audio frame, in order:
 *
 * <ol>
 *   <li>{@code telephony}: the socket of a telephone leg; one codec file per dialect
 *   <li>{@code session.UplinkPath}: bytes to frames, voice gate, recent audio
 *   <li>{@code speech}: the port to a speech backend; {@code speech.realtime} and {@code speech.local} are its two sides
 *   <li>{@code session.DownlinkPath}: answer audio to paced frames
 *   <li>{@code telephony} again: frames to the dialect's messages
 * </ol>
 *
 * <p>{@code call} holds the decisions as pure machines; audio never enters them. One call runs on one Vert.x event-loop context.
 */
@NullMarked
package dev.tom.bridge;

import org.jspecify.annotations.NullMarked;
