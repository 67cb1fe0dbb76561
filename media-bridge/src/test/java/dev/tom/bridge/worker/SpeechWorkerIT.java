package dev.tom.bridge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.testkit.Speech;
import dev.tom.testkit.Wav;
import dev.tom.testkit.WordError;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real worker process with real models. */
class SpeechWorkerIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final double WORD_ERROR = 0.4;
    private static final double WORD_ERROR_OVERALL = 0.25;
    private static final List<Speech> SENTENCES = List.of(
            Speech.CALLER_APPOINTMENT,
            Speech.CALLER_STILL_THERE,
            Speech.CALLER_HOURS,
            Speech.CALLER_ADDRESS,
            Speech.CALLER_THANKS);

    private static WorkerProcess worker;

    @BeforeAll
    static void start() {
        worker = WorkerProcess.start();
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(worker.url() + path)).timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return HTTP.send(to(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private static JsonObject recognize(short[] samples, int rate) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/v1/recognize?rate=" + rate + "&language=de", Pcm.bytes(samples));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    private static HttpRequest synthesis(String text, String voice, int rate) {
        JsonObject body = new JsonObject().put("text", text).put("voice", voice).put("rate", rate);
        return to("/v1/synthesize").POST(BodyPublishers.ofString(body.encode())).build();
    }

    private static double metric(String name) throws IOException, InterruptedException {
        String text = HTTP.send(to("/metrics").build(), BodyHandlers.ofString()).body();
        Matcher line =
                Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(text);
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    /** Over all sentences: in one of seven words a single compound heard as two would decide. */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void understandsGermanFromTelephoneAndWidebandLegs(int rate) throws Exception {
        var said = new StringJoiner(" ");
        var heard = new StringJoiner(" ");
        for (Speech speech : SENTENCES) {
            Wav wav = speech.wav(rate);
            JsonObject answer = recognize(wav.samples(), rate);
            assertThat(answer.getLong("audioMillis")).isEqualTo(wav.millis());
            said.add(speech.text());
            heard.add(answer.getString("text"));
        }
        assertThat(WordError.rate(said.toString(), heard.toString()))
                .as("%s", heard)
                .isLessThanOrEqualTo(WORD_ERROR_OVERALL);
    }

    @Test
    void aWordShorterThanASecondIsHeard() throws Exception {
        Wav ja = Speech.CALLER_YES.wav(8_000).cut(0, 600);
        assertThat(recognize(ja.samples(), 8_000).getString("text").toLowerCase(java.util.Locale.GERMAN))
                .contains("ja");
    }

    @Test
    void wordsAfterAPauseAreHeardToo() throws Exception {
        Wav both =
                Speech.CALLER_HOURS.wav(16_000).then(Wav.silence(16_000, 900)).then(Speech.CALLER_ADDRESS.wav(16_000));
        String text = recognize(both.samples(), 16_000).getString("text");
        assertThat(WordError.rate(Speech.CALLER_HOURS.text() + " " + Speech.CALLER_ADDRESS.text(), text))
                .as(text)
                .isLessThanOrEqualTo(WORD_ERROR);
    }

    @Test
    void silenceHasNoWords() throws Exception {
        assertThat(recognize(new short[24_000], 8_000).getString("text")).isEmpty();
        assertThat(recognize(new short[16_000 * 60], 16_000).getString("text")).isEmpty();
    }

    @Test
    void aHumWithoutWordsHasFewAndEnds() throws Exception {
        String text =
                recognize(Wav.tone(8_000, 100, 3_000, 3_000).samples(), 8_000).getString("text");
        assertThat(text.length()).as(text).isLessThan(80);
    }

    @ParameterizedTest
    @CsvSource({"8000", "16000"})
    void speaksSentenceBySentence(int rate) throws Exception {
        HttpResponse<InputStream> response = HTTP.send(
                synthesis("Guten Tag, ich verbinde Sie gleich. Bitte bleiben Sie am Apparat.", "", rate),
                BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Rate")).contains(Integer.toString(rate));
        byte[] audio = response.body().readAllBytes();
        assertThat(audio.length % 2).isZero();
        assertThat(audio.length / 2.0 / rate).as("seconds").isBetween(2.0, 9.0);
        assertThat(Pcm.silent(Pcm.samples(audio), rate)).isFalse();
    }

    @Test
    void theStandInSpeaksForTheVoiceThatIsConfigured() throws Exception {
        HttpResponse<byte[]> response =
                HTTP.send(synthesis("Gerne.", "de-DE-thorsten-high", 8_000), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Voice").orElse("")).matches("stand-in-.*|de_DE-thorsten-high");
    }

    @Test
    void eightRecognitionsAndSynthesesAtOnceAreAllRight() throws Exception {
        int each = 8;
        double spokenBefore = metric("tom_worker_clauses_total");
        try (ExecutorService clients = Executors.newFixedThreadPool(2 * each)) {
            List<Future<String>> texts = new ArrayList<>();
            List<Future<byte[]>> voices = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                Speech speech = Speech.callers()[i % 3];
                Callable<String> hear = () -> speech.text() + "|"
                        + recognize(speech.wav(8_000).samples(), 8_000).getString("text");
                texts.add(clients.submit(hear));
                int number = i;
                Callable<byte[]> speak = () -> HTTP.send(
                                synthesis("Guten Tag, das ist Satz Nummer " + number + ".", "", 8_000),
                                BodyHandlers.ofByteArray())
                        .body();
                voices.add(clients.submit(speak));
            }
            for (Future<String> text : texts) {
                String[] saidAndHeard = text.get().split("\\|", 2);
                assertThat(WordError.rate(saidAndHeard[0], saidAndHeard[1]))
                        .as(saidAndHeard[1])
                        .isLessThanOrEqualTo(WORD_ERROR);
            }
            for (Future<byte[]> voice : voices) {
                assertThat(voice.get().length / 16_000.0).as("seconds").isBetween(0.8, 5.0);
            }
        }
        assertThat(worker.alive()).isTrue();
        assertThat(metric("tom_worker_clauses_total") - spokenBefore).isEqualTo(each);
    }

    @Test
    void aFloodIsRefusedAndAbandonedWorkIsDropped() throws Exception {
        byte[] audio = Pcm.bytes(Speech.CALLER_STILL_THERE.wav(16_000).samples());
        List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            flood.add(HTTP.sendAsync(
                    to("/v1/recognize?rate=16000")
                            .POST(BodyPublishers.ofByteArray(audio))
                            .build(),
                    BodyHandlers.ofString()));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("tom_worker_recognitions_refused_total") > 0);
        HttpResponse<String> refused = flood.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .filter(response -> response.statusCode() == 429)
                .findFirst()
                .orElseGet(() -> flood.getLast().join());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(refused.body()).getString("error")).contains("16 utterances waiting");

        flood.forEach(request -> request.cancel(true));
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("tom_worker_recognitions_abandoned_total") > 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("tom_worker_recognitions_open") == 0);
        assertThat(recognize(Speech.CALLER_HOURS.wav(16_000).samples(), 16_000).getString("text"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/recognize?rate=44100|xx|400|rate must be 8000 or 16000, not '44100'",
                "/v1/recognize?language=klingon|xx|400|language must be a code such as de or en, not 'klingon'",
                "/v1/recognize|xxx|400|the body must be 16-bit samples, not 3 bytes",
                "/v1/recognize|''|400|the body must be 16-bit samples, not 0 bytes",
                "/v1/synthesize|[1]|400|the body must be JSON",
                "/v1/synthesize|{\"text\":\"Hallo\",\"rate\":\"schnell\"}|400|the body must be JSON",
                "/v1/synthesize|{\"text\":\" ... \"}|400|the text has no word to speak",
                "/v1/synthesize|{\"text\":\"Hallo\",\"rate\":44100}|400|rate must be 8000 or 16000, not 44100",
                "/v2/speak|x|404|there is no /v2/speak"
            })
    void whatIsAskedWronglyIsAnsweredWithASentence(String path, String body, int status, String sentence)
            throws Exception {
        HttpResponse<String> response = post(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(response.body()).getString("error")).startsWith(sentence);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItsLengthIsToldOrNot() throws Exception {
        byte[] tooLong = new byte[2 * 16_000 * 60 + 2];
        HttpResponse<String> told = post("/v1/recognize?rate=16000", tooLong);
        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(told.body()).contains("the audio is longer than 60 s");

        HttpResponse<String> streamed = HTTP.send(
                to("/v1/synthesize")
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[20_000])))
                        .build(),
                BodyHandlers.ofString());
        assertThat(streamed.statusCode()).isEqualTo(413);
        assertThat(recognize(new short[8_000], 8_000).getString("text")).isEmpty();
    }

    @Test
    void saysThatItIsAliveAndReady() throws Exception {
        for (String path : List.of("/healthz", "/readyz")) {
            assertThat(HTTP.send(to(path).build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
        assertThat(HTTP.send(to("/v1/recognize").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }
}
