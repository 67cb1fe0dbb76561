package dev.tom.bridge.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory with one file per key, as the kubelet projects a ConfigMap: {@code KEY -> ..data/KEY} and {@code ..data -> ..<stamp>},
 * the latter replaced in one step. A plain directory works as well. Names that begin with a dot are not keys.
 */
public final class ConfigDirectory {

    /** A ConfigMap as a whole holds no more than 1 MiB; no single setting of ours comes near this. */
    private static final long MAX_VALUE_BYTES = 64 * 1024;

    /** The projection may be replaced while it is read; more often than this in a row it is not. */
    private static final int TRIES = 5;

    private final Path directory;

    public ConfigDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * One state of the directory.
     *
     * @param settings keys and values, one trailing line break cut off
     * @param atomic whether it is a projection, in which half-written states cannot be seen
     */
    public record Content(Map<String, String> settings, boolean atomic) {
        public Content {
            settings = Map.copyOf(settings);
        }
    }

    /** @throws ConfigException when it cannot be read */
    public Content read() {
        IOException last = new IOException("it is replaced all the time");
        for (int i = 0; i < TRIES; i++) {
            try {
                Optional<Path> before = projection();
                Map<String, String> settings = settings(before.orElse(directory));
                if (projection().equals(before)) {
                    return new Content(settings, before.isPresent());
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw new ConfigException("The configuration directory " + directory + " cannot be read ("
                + last.getClass().getSimpleName() + "): check the mount and --config-dir");
    }

    private Optional<Path> projection() throws IOException {
        Path data = directory.resolve("..data");
        return Files.exists(data, LinkOption.NOFOLLOW_LINKS) ? Optional.of(data.toRealPath()) : Optional.empty();
    }

    private static Map<String, String> settings(Path from) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                String key = entry.getFileName().toString();
                if (!key.startsWith(".") && !Files.isDirectory(entry)) {
                    settings.put(key, value(key, entry));
                }
            }
        }
        return settings;
    }

    private static String value(String key, Path file) throws IOException {
        if (Files.size(file) > MAX_VALUE_BYTES) {
            throw new ConfigException("The value of " + key + " is larger than 64 KiB: no setting is");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new ConfigException("The value of " + key + " is not text: it holds a zero byte");
            }
            return text.replaceFirst("\r?\n\\z", "");
        } catch (CharacterCodingException e) {
            throw new ConfigException("The value of " + key + " is not UTF-8 text");
        }
    }
}
