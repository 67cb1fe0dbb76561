package dev.tom.bridge.worker;

import io.github.givimad.whisperjni.WhisperContext;
import io.github.givimad.whisperjni.WhisperContextParams;
import io.github.givimad.whisperjni.WhisperFullParams;
import io.github.givimad.whisperjni.WhisperJNI;
import io.github.givimad.whisperjni.WhisperSamplingStrategy;
import io.github.givimad.whisperjni.WhisperState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The recognizer: one set of weights, one state (about 55 MB) for each recognition at the same time. {@link #recognize} may be called by
 * as many threads as there are states; more wait. Not while or after {@link #close}.
 */
final class WhisperEngine implements AutoCloseable {

    static final int RATE = 16_000;

    /** Languages that may be asked for; the native code ends badly for names that it does not know. */
    static final Set<String> LANGUAGES = Set.of(
            "de", "en", "fr", "es", "it", "nl", "pl", "pt", "cs", "sk", "da", "sv", "no", "fi", "hu", "ro", "bg", "hr",
            "sl", "el", "tr", "ru", "uk", "ar");

    /** Below one second the engine answers with no text and no error ("Ja!"). */
    private static final int MIN_SAMPLES = RATE * 3 / 2;

    /** Encoder positions per second, some more for the end, and all there are (30 s). Fewer positions cost less time. */
    private static final int POSITIONS_PER_SECOND = 50;

    private static final int POSITIONS_MARGIN = 128;
    private static final int POSITIONS_MAX = 1_500;

    private final WhisperJNI whisper = new WhisperJNI();
    private final WhisperContext context;
    private final BlockingQueue<WhisperState> states;
    private final int threads;

    /**
     * Loads the weights.
     *
     * @param threads native threads of one recognition; with as many as the machine has cores a busy machine takes many seconds
     * @param atOnce states to make
     */
    WhisperEngine(Path weights, int threads, int atOnce) throws IOException {
        this.threads = threads;
        WhisperJNI.loadLibrary();
        WhisperJNI.setLibraryLogger(null);
        WhisperContextParams params = new WhisperContextParams();
        params.useGPU = false;
        context = whisper.initNoState(weights, params);
        if (context == null) {
            throw new IOException("the recognizer does not accept " + weights);
        }
        states = new ArrayBlockingQueue<>(atOnce);
        for (int i = 0; i < atOnce; i++) {
            states.add(whisper.initState(context));
        }
    }

    /**
     * What is said in this audio.
     *
     * @param audio 16 kHz, at most 60 s
     * @param language one of {@link #LANGUAGES}
     * @return the words; empty for silence
     */
    String recognize(short[] audio, String language) throws InterruptedException, IOException {
        if (Pcm.silent(audio, RATE)) {
            return "";
        }
        float[] samples = Pcm.scaled(audio, MIN_SAMPLES);
        WhisperFullParams params = params(samples.length, language);
        WhisperState state = states.take();
        try {
            int code = whisper.fullWithState(context, state, params, samples, samples.length);
            if (code != 0) {
                throw new IOException("the recognizer failed with code " + code);
            }
            List<String> segments = new ArrayList<>();
            for (int i = 0; i < whisper.fullNSegmentsFromState(state); i++) {
                segments.add(whisper.fullGetSegmentTextFromState(state, i));
            }
            return Transcript.of(segments);
        } finally {
            states.add(state);
        }
    }

    private WhisperFullParams params(int samples, String language) {
        int seconds = (samples + RATE - 1) / RATE;
        WhisperFullParams params = new WhisperFullParams(WhisperSamplingStrategy.GREEDY);
        params.nThreads = threads;
        params.audioCtx = Math.min(POSITIONS_MAX, POSITIONS_PER_SECOND * seconds + POSITIONS_MARGIN);
        params.language = language;
        params.noContext = true;
        // With timestamps and segments the decoder keeps what follows a pause and does not fall into loops; it costs no
        // time.
        params.noTimestamps = false;
        params.singleSegment = false;
        params.suppressNonSpeechTokens = true;
        // No second and third decoding with more temperature: it multiplies the time for bad audio and rarely helps.
        params.temperatureInc = 0;
        params.greedyBestOf = 1;
        params.printProgress = false;
        params.printTimestamps = false;
        return params;
    }

    @Override
    public void close() {
        states.forEach(WhisperState::close);
        context.close();
    }
}
