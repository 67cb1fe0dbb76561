package dev.tom.bridge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

    private static final String SUM_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    private void file(String name) throws IOException {
        Files.writeString(folder.resolve(name), "abc");
    }

    private void all() throws IOException {
        file("ggml-base.bin");
        file("de_DE-thorsten-high.onnx");
        file("de_DE-thorsten-high.onnx.json");
    }

    @Test
    void namesTheFolderThatIsMissing() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> ModelFolder.find(nowhere))
                .isInstanceOf(ModelProblem.class)
                .hasMessage("there is no folder of models at " + nowhere + "; run infra/models/fetch " + nowhere);
    }

    @Test
    void namesTheFileThatIsMissing() throws Exception {
        assertThatThrownBy(() -> ModelFolder.find(folder))
                .hasMessageContaining(folder.resolve("ggml-base.bin").toString())
                .hasMessageContaining("infra/models/fetch");
        file("ggml-base.bin");
        assertThatThrownBy(() -> ModelFolder.find(folder)).hasMessageContaining("there is no voice");
        file("x.onnx");
        assertThatThrownBy(() -> ModelFolder.find(folder)).hasMessageContaining("x.onnx.json");
    }

    @Test
    void findsAllAndChecksTheSums() throws Exception {
        all();
        ModelFolder unpinned = ModelFolder.find(folder);
        assertThat(unpinned.pinned()).isFalse();
        assertThat(unpinned.voices()).singleElement().satisfies(voice -> {
            assertThat(voice.name()).isEqualTo("de_DE-thorsten-high");
            assertThat(voice.standsIn()).isFalse();
        });
        Files.writeString(folder.resolve("SHA256SUMS"), SUM_OF_ABC + "  ggml-base.bin\n");
        ModelFolder.find(folder).verify();
        Files.writeString(folder.resolve("ggml-base.bin"), "abd");
        ModelFolder damaged = ModelFolder.find(folder);
        assertThatThrownBy(damaged::verify)
                .isInstanceOf(ModelProblem.class)
                .hasMessageContaining("ggml-base.bin is not the one that SHA256SUMS names");
    }

    @Test
    void aFileOfTheManifestThatIsGoneIsAProblemToo() throws Exception {
        all();
        Files.writeString(folder.resolve("SHA256SUMS"), SUM_OF_ABC + "  other.bin\n");
        assertThatThrownBy(() -> ModelFolder.find(folder).verify())
                .isInstanceOf(ModelProblem.class)
                .hasMessageContaining("other.bin");
    }

    @Test
    void tooManyVoicesAreRefused() throws Exception {
        file("ggml-base.bin");
        for (int i = 0; i < 5; i++) {
            file("v" + i + ".onnx");
            file("v" + i + ".onnx.json");
        }
        assertThatThrownBy(() -> ModelFolder.find(folder)).hasMessageContaining("5 voices");
    }
}
