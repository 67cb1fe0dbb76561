package dev.tom.bridge.worker;

import java.nio.file.Path;

/**
 * How the worker runs.
 *
 * @param models folder that {@code infra/models/fetch} filled
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param threads native threads of one recognition, 1 to 8
 * @param recognitions recognitions at the same time, 1 to 8
 */
record WorkerSettings(Path models, String host, int port, int threads, int recognitions) {

    /** Recognitions that may wait; at a third of a second each the last one is still worth its answer. */
    static final int WAITING_RECOGNITIONS = 16;

    /** Syntheses being spoken or waiting; each has at most one clause in the engine's queue. */
    static final int OPEN_SYNTHESES = 64;

    /** Longest audio of one recognition, in seconds. */
    static final int MAX_AUDIO_SECONDS = 60;

    /** Longest text of one synthesis, in characters. */
    static final int MAX_TEXT = 2_000;

    WorkerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port must be 0 to 65535, not " + port);
        }
        if (threads < 1 || threads > 8) {
            throw new IllegalArgumentException("--threads must be 1 to 8, not " + threads);
        }
        if (recognitions < 1 || recognitions > 8) {
            throw new IllegalArgumentException("--recognitions must be 1 to 8, not " + recognitions);
        }
    }

    /** Native threads for one recognition on so many cores: on two, other work must keep one. */
    static int defaultThreads(int cores) {
        return cores >= 4 ? 2 : 1;
    }

    /** Recognitions at the same time that so many cores carry. */
    static int defaultRecognitions(int cores, int threads) {
        return Math.clamp(cores / threads, 1, 4);
    }
}
