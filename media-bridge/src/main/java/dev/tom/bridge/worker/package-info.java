/**
 * The speech worker process: native recognizer and synthesizer behind a small HTTP API on loopback. It is a process of its own because
 * a fault in native code ends the JVM; here it costs a restart, not the calls.
 *
 * <p>{@link dev.tom.bridge.worker.SpeechWorkerCommand} starts it; {@link dev.tom.bridge.worker.WorkerServer} answers on one event loop;
 * {@link dev.tom.bridge.worker.NativeWork} runs the engines on bounded platform threads. Used by nobody in this process but the command
 * line; the bridge speaks HTTP with it.
 */
@NullMarked
package dev.tom.bridge.worker;

import org.jspecify.annotations.NullMarked;
