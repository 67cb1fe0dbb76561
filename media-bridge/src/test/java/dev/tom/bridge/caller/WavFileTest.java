package dev.tom.bridge.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tom.bridge.audio.ALaw;
import dev.tom.bridge.audio.MuLaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {

    private static final short[] WAVE = {0, 256, -256, 8_192, -8_192, 32_512, -32_768};

    @TempDir
    Path folder;

    @Test
    void readsEveryWidthOfLinearPcm() throws RecordingException {
        assertThat(read(1, 8, (out, sample) -> out.put((byte) ((sample >> 8) + 128))))
                .isEqualTo(WAVE);
        assertThat(read(1, 16, ByteBuffer::putShort)).isEqualTo(WAVE);
        assertThat(read(1, 24, (out, sample) -> out.put((byte) 0x7F).putShort(sample)))
                .isEqualTo(WAVE);
        assertThat(read(1, 32, (out, sample) -> out.putShort((short) 0x7FFF).putShort(sample)))
                .isEqualTo(WAVE);
    }

    @Test
    void readsFloatWithinOneStepAndClampsWhatIsTooLoud() throws RecordingException {
        short[] read = read(3, 32, (out, sample) -> out.putFloat(sample / 32_767f));
        for (int i = 0; i < WAVE.length; i++) {
            assertThat((int) read[i]).isBetween(WAVE[i] - 1, WAVE[i] + 1);
        }
        assertThat(read(3, 32, (out, sample) -> out.putFloat(2f))).containsOnly(Short.MAX_VALUE);
    }

    @Test
    void readsG711() throws RecordingException {
        short[] mu = read(7, 8, (out, sample) -> out.put(MuLaw.encode(sample)));
        short[] a = read(6, 8, (out, sample) -> out.put(ALaw.encode(sample)));
        for (int i = 0; i < WAVE.length; i++) {
            assertThat(mu[i]).isEqualTo(MuLaw.decode(MuLaw.encode(WAVE[i])));
            assertThat(a[i]).isEqualTo(ALaw.decode(ALaw.encode(WAVE[i])));
        }
    }

    @Test
    void readsTheExtensibleHeaderAndSkipsOtherChunks() throws RecordingException {
        byte[] data = bytes(WAVE, ByteBuffer::putShort, 2);
        ByteBuffer format = buffer(40);
        format.putShort((short) 0xFFFE).putShort((short) 1).putInt(16_000).putInt(32_000);
        format.putShort((short) 2).putShort((short) 16).putShort((short) 22).putShort((short) 16);
        format.putInt(4).putShort((short) 1);
        byte[] file = riff(chunk("LIST", new byte[5]), chunk("fmt ", format.array()), chunk("data", data));
        Recording recording = WavFile.parse("x.wav", file);
        assertThat(recording.rate()).isEqualTo(16_000);
        assertThat(recording.samples()).isEqualTo(WAVE);
    }

    @Test
    void takesTheLeftChannelOfWhatItWrote() throws RecordingException, IOException {
        Path file = Files.write(folder.resolve("call.wav"), WavFile.stereo(8_000, WAVE, new short[] {9, 9}));
        Recording recording = WavFile.read(file);
        assertThat(recording.rate()).isEqualTo(8_000);
        assertThat(recording.samples()).isEqualTo(WAVE);
    }

    @Test
    void aLengthThatTheWriterNeverFilledInMeansToTheEnd() throws RecordingException {
        byte[] file = riff(chunk("fmt ", format(1, 16)), chunk("data", bytes(WAVE, ByteBuffer::putShort, 2)));
        Arrays.fill(file, file.length - 2 * WAVE.length - 4, file.length - 2 * WAVE.length, (byte) 0xFF);
        assertThat(WavFile.parse("x.wav", file).samples()).isEqualTo(WAVE);
    }

    @Test
    void saysInOneSentenceWhatItCannotRead() throws IOException {
        refuses("There is no file " + folder.resolve("no.wav"), () -> WavFile.read(folder.resolve("no.wav")));
        refuses(
                "x.wav is not a WAV file: give one with PCM or G.711",
                () -> WavFile.parse("x.wav", "ID3 and then some music".getBytes(StandardCharsets.US_ASCII)));
        refuses(
                "x.wav holds no sound: give a WAV file with PCM or G.711",
                () -> WavFile.parse("x.wav", riff(chunk("fmt ", format(1, 16)))));
        refuses(
                "x.wav is a WAV file of a kind that is not read (encoding 85, 16 bits, 1 channels, 8000 Hz): convert it, for"
                        + " example with sox IN.wav -b 16 -r 16000 -c 1 OUT.wav",
                () -> WavFile.parse("x.wav", riff(chunk("fmt ", format(85, 16)), chunk("data", new byte[2]))));
        refuses(
                "x.wav ends in the middle of a header: record it again",
                () -> WavFile.parse("x.wav", riff(chunk("fmt ", new byte[6]))));
    }

    private static void refuses(String sentence, org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatExceptionOfType(RecordingException.class).isThrownBy(reading).withMessage(sentence);
    }

    private static short[] read(int encoding, int bits, BiConsumer<ByteBuffer, Short> coder) throws RecordingException {
        byte[] data = bytes(WAVE, coder, bits / 8);
        return WavFile.parse("x.wav", riff(chunk("fmt ", format(encoding, bits)), chunk("data", data)))
                .samples();
    }

    private static byte[] bytes(short[] samples, BiConsumer<ByteBuffer, Short> coder, int width) {
        ByteBuffer out = buffer(samples.length * width);
        for (short sample : samples) {
            coder.accept(out, sample);
        }
        return out.array();
    }

    private static byte[] format(int encoding, int bits) {
        return buffer(16)
                .putShort((short) encoding)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(8_000 * bits / 8)
                .putShort((short) (bits / 8))
                .putShort((short) bits)
                .array();
    }

    private static byte[] chunk(String tag, byte[] content) {
        return buffer(8 + content.length + (content.length & 1))
                .put(tag.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] riff(byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(buffer(12)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 + Arrays.stream(chunks).mapToInt(one -> one.length).sum())
                .put("WAVE".getBytes(StandardCharsets.US_ASCII))
                .array());
        Arrays.stream(chunks).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
