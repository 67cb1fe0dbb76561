package dev.tom.bridge.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: one {@code KEY=VALUE} a line, {@code export } in front allowed, {@code #} begins a comment (after a value only
 * with a blank before it), values in single quotes as they stand, in double quotes with the escapes {@code \n \t \" \\ \$}.
 */
public final class EnvFile {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*");

    private EnvFile() {}

    /** @throws ConfigException when it cannot be read or a line is not understood */
    public static Map<String, String> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ConfigException("The file " + file + " is not UTF-8 text: save it as UTF-8");
        } catch (IOException e) {
            throw new ConfigException("The file " + file + " cannot be read: check the path given to --env-file");
        }
    }

    static Map<String, String> parse(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Integer> lineOf = new HashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String raw :
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher match = LINE.matcher(line);
            if (!match.matches()) {
                problems.add("Line " + number + " of the env file is not KEY=VALUE: correct it or begin it with #");
                continue;
            }
            String key = match.group(1);
            Integer before = lineOf.putIfAbsent(key, number);
            if (before != null) {
                problems.add(key + " stands on line " + before + " and line " + number
                        + " of the env file: keep one of them");
            }
            settings.put(key, value(key, match.group(2), number, problems));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }

    private static String value(String key, String text, int number, List<String> problems) {
        if (text.startsWith("'") || text.startsWith("\"")) {
            Matcher quoted = (text.startsWith("'") ? SINGLE : DOUBLE).matcher(text);
            if (!quoted.matches()) {
                problems.add("The quotes of " + key + " on line " + number
                        + " of the env file do not close: close them on the same line");
                return "";
            }
            return text.startsWith("'") ? quoted.group(1) : unescaped(quoted.group(1));
        }
        return COMMENT.matcher(text).replaceFirst("").strip();
    }

    private static String unescaped(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            switch (escaped) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case '"', '\\', '$' -> out.append(escaped);
                default -> out.append('\\').append(escaped);
            }
        }
        return out.toString();
    }
}
