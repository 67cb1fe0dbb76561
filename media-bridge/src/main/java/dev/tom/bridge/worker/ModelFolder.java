package dev.tom.bridge.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the models, as {@code infra/models/fetch} lays them out.
 *
 * @param whisper the recognizer's weights
 * @param voices the synthesizer's voices, by name; at least one
 * @param pinned whether a manifest of SHA-256 sums was there to check them
 */
record ModelFolder(Path whisper, List<Voice> voices, boolean pinned) {

    static final String WHISPER = "ggml-base.bin";
    static final String MANIFEST = "SHA256SUMS";
    private static final String VOICE_ENDING = ".onnx";
    private static final String SETTINGS_ENDING = ".json";
    private static final String STAND_IN = "stand-in-";
    /** Each voice holds 60 to 120 MB of memory. */
    private static final int MAX_VOICES = 4;

    private static final String CURE = "run infra/models/fetch ";

    /**
     * A voice.
     *
     * @param name file name without ending
     * @param model weights
     * @param settings phonemes and sample rate
     */
    record Voice(String name, Path model, Path settings) {
        /** Whether it only stands in for the voices that callers are meant to hear. */
        boolean standsIn() {
            return name.startsWith(STAND_IN);
        }
    }

    ModelFolder {
        voices = List.copyOf(voices);
    }

    /**
     * Looks for the files; reads none of them but the manifest.
     *
     * @throws ModelProblem naming the first file that is missing
     */
    static ModelFolder find(Path folder) throws ModelProblem {
        if (!Files.isDirectory(folder)) {
            throw new ModelProblem("there is no folder of models at " + folder + "; " + CURE + folder);
        }
        Path whisper = folder.resolve(WHISPER);
        if (!Files.isReadable(whisper)) {
            throw new ModelProblem("the recognizer's model " + whisper + " is missing; " + CURE + folder);
        }
        List<Voice> voices = new ArrayList<>();
        for (Path model : voiceFiles(folder)) {
            String file = model.getFileName().toString();
            Path settings = folder.resolve(file + SETTINGS_ENDING);
            if (!Files.isReadable(settings)) {
                throw new ModelProblem("the voice's settings " + settings + " are missing; " + CURE + folder);
            }
            voices.add(new Voice(file.substring(0, file.length() - VOICE_ENDING.length()), model, settings));
        }
        if (voices.isEmpty()) {
            throw new ModelProblem(
                    "there is no voice (NAME.onnx and NAME.onnx.json) in " + folder + "; " + CURE + folder);
        }
        if (voices.size() > MAX_VOICES) {
            throw new ModelProblem("there are " + voices.size() + " voices in " + folder + ", more than " + MAX_VOICES
                    + "; leave only those that are spoken");
        }
        return new ModelFolder(whisper, voices, Files.isReadable(folder.resolve(MANIFEST)));
    }

    /**
     * Compares every file of the manifest with its sum. A damaged model can crash native code, so this comes before loading.
     *
     * @throws ModelProblem naming the first file that differs
     */
    void verify() throws ModelProblem {
        Path folder = whisper.toAbsolutePath().getParent();
        if (!pinned || folder == null) {
            return;
        }
        try {
            for (String line : Files.readAllLines(folder.resolve(MANIFEST))) {
                String[] columns = line.strip().split("\\s+\\*?", 2);
                if (columns.length == 2 && !columns[0].equalsIgnoreCase(sum(folder.resolve(columns[1])))) {
                    throw new ModelProblem("the model file " + folder.resolve(columns[1]) + " is not the one that "
                            + MANIFEST + " names; " + CURE + folder);
                }
            }
        } catch (IOException e) {
            throw new ModelProblem(
                    "the models in " + folder + " cannot be read (" + e.getMessage() + "); " + CURE + folder, e);
        }
    }

    private static List<Path> voiceFiles(Path folder) throws ModelProblem {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(VOICE_ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelProblem("the folder of models " + folder + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static String sum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
