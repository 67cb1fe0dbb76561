package dev.tom.bridge.worker;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Both engines, loaded and tried. Owns the threads that run them.
 *
 * @param recognition threads of the recognizer, as many as it has states
 * @param synthesis the one thread of the synthesizer
 */
record Engines(WhisperEngine whisper, PiperEngine piper, NativeWork recognition, NativeWork synthesis)
        implements AutoCloseable {

    private static final String FIRST_WORDS = "Guten Tag, ich bin bereit.";

    /**
     * Checks and loads the models and lets each engine work once, so that the first caller does not wait for it. Blocks for seconds.
     *
     * @param progress hears one line for each step
     * @throws ModelProblem when a model cannot be used
     */
    static Engines load(ModelFolder models, WorkerSettings settings, Consumer<String> progress) throws ModelProblem {
        if (models.pinned()) {
            step("checking the models", progress, () -> {
                models.verify();
                return models;
            });
        } else {
            progress.accept("warning: no " + ModelFolder.MANIFEST + " beside the models, so they are loaded unchecked");
        }
        WhisperEngine whisper = step(
                "loading " + ModelFolder.WHISPER,
                progress,
                () -> new WhisperEngine(models.whisper(), settings.threads(), settings.recognitions()));
        PiperEngine piper = step(
                "loading "
                        + String.join(
                                ", ",
                                models.voices().stream()
                                        .map(ModelFolder.Voice::name)
                                        .toList()),
                progress,
                () -> new PiperEngine(models.voices()));
        models.voices().stream()
                .filter(ModelFolder.Voice::standsIn)
                .forEach(voice -> progress.accept(
                        "warning: " + voice.name() + " is a stand-in with a strong accent and speaks for every"
                                + " voice; for callers run infra/models/fetch --from upstream"));
        step("first words", progress, () -> {
            for (PiperEngine.Loaded voice : piper.voices()) {
                whisper.recognize(piper.speak(voice, FIRST_WORDS, WhisperEngine.RATE), "de");
            }
            return whisper;
        });
        return new Engines(
                whisper,
                piper,
                new NativeWork("recognizer", settings.recognitions(), WorkerSettings.WAITING_RECOGNITIONS),
                new NativeWork("synthesizer", 1, WorkerSettings.OPEN_SYNTHESES));
    }

    /** Frees the models, unless an engine is still at work: freeing them under it would crash the process at its end. */
    @Override
    public void close() {
        boolean recognized = recognition.end();
        boolean spoken = synthesis.end();
        if (recognized && spoken) {
            whisper.close();
            piper.close();
        }
    }

    private interface Step<T> {
        T run() throws IOException, InterruptedException, ModelProblem;
    }

    private static <T> T step(String what, Consumer<String> progress, Step<T> step) throws ModelProblem {
        long start = System.nanoTime();
        try {
            T result = step.run();
            progress.accept(String.format(Locale.ROOT, "%s %.1f s", what, (System.nanoTime() - start) / 1e9));
            return result;
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new ModelProblem(
                    what + " failed (" + e.getMessage()
                            + "); the native libraries need glibc, libgomp1 and a writable, executable "
                            + System.getProperty("java.io.tmpdir"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelProblem(what + " was interrupted", e);
        }
    }
}
