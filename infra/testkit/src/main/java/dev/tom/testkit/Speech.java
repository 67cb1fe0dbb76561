package dev.tom.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recorded German sentences, synthetic, with their words. The first voiced sample lies 20 to 80 ms after the start. How they were
 * made and under which terms stands in the README of their folder.
 */
public enum Speech {
    /** Caller: asks for an appointment on Monday, 4.1 s. */
    CALLER_APPOINTMENT,
    /** Caller: "Halt, Moment bitte, …", 2.9 s, for interrupting. */
    CALLER_INTERRUPT,
    /** Caller: "Hallo, sind Sie noch da? …", 4.1 s, for the time of a failover. */
    CALLER_STILL_THERE,
    /** Caller: asks for the opening hours, 2.1 s. */
    CALLER_HOURS,
    /** Caller: asks for the address, 2.3 s. */
    CALLER_ADDRESS,
    /** Caller: thanks and says good-bye, 2.9 s. */
    CALLER_THANKS,
    /** Caller: "Ja, genau.", 1.2 s: a back-channel. */
    CALLER_YES,
    /** Assistant: offers three times on Monday, 10.4 s, for interrupting and cutting. */
    ANSWER_CHOICE,
    /** Assistant: Tuesday then, 5.8 s. */
    ANSWER_TUESDAY,
    /** Assistant: the opening hours, 2.4 s. */
    ANSWER_HOURS,
    /** Assistant: the address, 3.7 s. */
    ANSWER_ADDRESS;

    private static final String FOLDER = "speech/";

    /** The file name without its ending, as in the manifest. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The words, as they were given to the synthesizer. */
    public String text() {
        try (var in = new BufferedReader(new InputStreamReader(open("manifest.tsv"), StandardCharsets.UTF_8))) {
            return in.lines()
                    .map(line -> line.split("\t", 2))
                    .filter(columns -> columns[0].equals(id()))
                    .map(columns -> columns[1])
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("manifest.tsv has no line for " + id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The audio at this rate, mono. */
    public Wav wav(int rate) {
        try (InputStream in = open(id() + ".wav")) {
            return Wav.parse(in.readAllBytes()).atRate(rate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sentences of callers, in order. */
    public static Speech[] callers() {
        return Arrays.stream(values())
                .filter(speech -> speech.name().startsWith("CALLER_"))
                .toArray(Speech[]::new);
    }

    private static InputStream open(String file) {
        InputStream in = Speech.class.getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new IllegalStateException("missing resource " + FOLDER + file);
        }
        return in;
    }
}
