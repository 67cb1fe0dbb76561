package dev.tom.bridge.worker;

import io.github.givimad.piperjni.PiperJNI;
import io.github.givimad.piperjni.PiperVoice;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The synthesizer. Its native code aborts the JVM when two threads are in it, so every call holds one lock. Thread-safe. */
final class PiperEngine implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock(true);
    private final PiperJNI piper;
    private final Map<String, Loaded> voices = new LinkedHashMap<>();
    private final Map<Rates, RateChange> rates = new ConcurrentHashMap<>();

    /** A voice ready to speak. */
    record Loaded(ModelFolder.Voice files, PiperVoice voice, int rate) {}

    private record Rates(int from, int to) {}

    /** Loads all voices; the first one speaks when none is asked for. */
    PiperEngine(List<ModelFolder.Voice> files) throws IOException {
        piper = new PiperJNI();
        try {
            piper.initialize(true, false);
            for (ModelFolder.Voice file : files) {
                PiperVoice voice = piper.loadVoice(file.model(), file.settings());
                voices.put(key(file.name()), new Loaded(file, voice, voice.getSampleRate()));
            }
        } catch (PiperJNI.NotInitialized e) {
            throw new IOException("the synthesizer did not start", e);
        }
    }

    List<Loaded> voices() {
        return List.copyOf(voices.values());
    }

    List<String> names() {
        return voices.values().stream().map(loaded -> loaded.files().name()).toList();
    }

    /**
     * The voice of this name, in any spelling of case and of "-" and "_"; a stand-in speaks for every name. Empty name: the first voice.
     */
    Optional<Loaded> voice(String name) {
        if (name.isEmpty()) {
            return voices.values().stream().findFirst();
        }
        Loaded exact = voices.get(key(name));
        return exact != null
                ? Optional.of(exact)
                : voices.values().stream()
                        .filter(loaded -> loaded.files().standsIn())
                        .findFirst();
    }

    /**
     * Speaks one clause.
     *
     * @param text not empty, with at least one letter or digit
     * @param rate wanted sample rate in Hz
     */
    short[] speak(Loaded loaded, String text, int rate) throws IOException {
        short[] spoken;
        lock.lock();
        try {
            spoken = piper.textToAudio(loaded.voice(), text);
        } catch (PiperJNI.NotInitialized e) {
            throw new IOException("the synthesizer was stopped", e);
        } finally {
            lock.unlock();
        }
        return rates.computeIfAbsent(
                        new Rates(loaded.rate(), rate), wanted -> new RateChange(wanted.from(), wanted.to()))
                .apply(spoken);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void close() {
        lock.lock();
        try {
            voices.values().forEach(loaded -> loaded.voice().close());
            piper.close();
        } finally {
            lock.unlock();
        }
    }
}
