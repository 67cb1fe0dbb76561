package dev.tom.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WindowMachineTest {

    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.sorted()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> play(file)))
                    .toList();
        }
    }

    private static void play(Path file) throws IOException {
        List<String> written = Files.readAllLines(file);
        List<String> played = Transcript.play(written);
        if (Boolean.getBoolean("rewrite")) {
            Files.write(file, played);
        } else {
            assertThat(played)
                    .as("%s; if the new answers are right, run: ./mvnw -pl operator -am test -Drewrite=true", file)
                    .isEqualTo(written);
        }
    }
}
