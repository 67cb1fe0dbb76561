package dev.tom.bridge.worker;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.DoubleAdder;

/** What the worker counts, in the order of {@code /metrics}. */
enum WorkerMeter {
    RECOGNITIONS("tom_worker_recognitions_total", "counter", "Recognitions done."),
    RECOGNITION_SECONDS("tom_worker_recognition_seconds_total", "counter", "Busy time of the recognizer."),
    RECOGNIZED_AUDIO_SECONDS("tom_worker_recognized_audio_seconds_total", "counter", "Audio that was recognized."),
    RECOGNITIONS_REFUSED(
            "tom_worker_recognitions_refused_total", "counter", "Recognitions refused because the queue was full."),
    RECOGNITIONS_ABANDONED(
            "tom_worker_recognitions_abandoned_total", "counter", "Recognitions dropped because the client left."),
    RECOGNITIONS_FAILED(
            "tom_worker_recognitions_failed_total", "counter", "Recognitions that ended with an error of the engine."),
    RECOGNITIONS_OPEN("tom_worker_recognitions_open", "gauge", "Recognitions waiting or being done."),
    CLAUSES("tom_worker_clauses_total", "counter", "Clauses spoken."),
    SYNTHESIS_SECONDS("tom_worker_synthesis_seconds_total", "counter", "Busy time of the synthesizer."),
    SYNTHESIZED_AUDIO_SECONDS("tom_worker_synthesized_audio_seconds_total", "counter", "Audio that was made."),
    SYNTHESES_REFUSED("tom_worker_syntheses_refused_total", "counter", "Syntheses refused because the queue was full."),
    SYNTHESES_ABANDONED(
            "tom_worker_syntheses_abandoned_total", "counter", "Syntheses dropped because the client left."),
    SYNTHESES_FAILED(
            "tom_worker_syntheses_failed_total", "counter", "Syntheses that ended with an error of the engine."),
    SYNTHESES_OPEN("tom_worker_syntheses_open", "gauge", "Syntheses waiting or being spoken."),
    BAD_REQUESTS("tom_worker_bad_requests_total", "counter", "Requests answered with 4xx for what they asked.");

    private final String metric;
    private final String type;
    private final String help;

    WorkerMeter(String metric, String type, String help) {
        this.metric = metric;
        this.type = type;
        this.help = help;
    }

    /** The values. Thread-safe. */
    static final class Values {
        private final DoubleAdder[] values = new DoubleAdder[WorkerMeter.values().length];

        Values() {
            Arrays.setAll(values, i -> new DoubleAdder());
        }

        void count(WorkerMeter meter) {
            add(meter, 1);
        }

        void add(WorkerMeter meter, double amount) {
            values[meter.ordinal()].add(amount);
        }

        /** In the text format of Prometheus. */
        String render() {
            StringBuilder text = new StringBuilder();
            for (WorkerMeter meter : WorkerMeter.values()) {
                text.append(String.format(
                        Locale.ROOT,
                        "# HELP %1$s %2$s%n# TYPE %1$s %3$s%n%1$s %4$s%n",
                        meter.metric,
                        meter.help,
                        meter.type,
                        values[meter.ordinal()].sum()));
            }
            return text.toString();
        }
    }
}
