package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFileTest {

    @Test
    void readsWhatARunbookHolds() {
        assertThat(EnvFile.parse("""
                \uFEFF# settings of the pilot
                export REALTIME_BACKEND=local

                ALLOW_EGRESS = false   # not yet
                REALTIME_INSTRUCTIONS="Sag \\"Guten Tag\\".\\nKurz." # greeting
                PHONE_HASH_SALT='a#b $c \\n'
                REALTIME_API_KEY=sk-a#b
                PIPER_VOICE=
                COST_LOG_DIR=# none
                """))
                .isEqualTo(Map.of(
                        "REALTIME_BACKEND", "local",
                        "ALLOW_EGRESS", "false",
                        "REALTIME_INSTRUCTIONS", "Sag \"Guten Tag\".\nKurz.",
                        "PHONE_HASH_SALT", "a#b $c \\n",
                        "REALTIME_API_KEY", "sk-a#b",
                        "PIPER_VOICE", "",
                        "COST_LOG_DIR", ""));
    }

    @Test
    void readsWindowsLineEnds() {
        assertThat(EnvFile.parse("A=1\r\nB=\"2\"\r\n")).isEqualTo(Map.of("A", "1", "B", "2"));
    }

    @Test
    void everyBadLineIsOneSentenceWithItsNumberAndWithoutTheValue() {
        assertThatThrownBy(() -> EnvFile.parse("A=1\nsecret words\nB='open secret\nA=2\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        Line 2 of the env file is not KEY=VALUE: correct it or begin it with #
                        The quotes of B on line 3 of the env file do not close: close them on the same line
                        A stands on line 1 and line 4 of the env file: keep one of them""");
    }

    @Test
    void aMissingFileIsOneSentence() {
        assertThatThrownBy(() -> EnvFile.read(Path.of("no-such.env")))
                .hasMessage("The file no-such.env cannot be read: check the path given to --env-file");
    }
}
