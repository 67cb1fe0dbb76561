package dev.tom.bridge.telephony;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A switch's end of a telephone socket, byte by byte, so that nothing is hidden by a client library. */
final class RawSwitch implements AutoCloseable {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** One message from the bridge; all of them are unfragmented. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Message(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        String closeReason() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final List<Message> received = new CopyOnWriteArrayList<>();
    private volatile boolean ended;
    private volatile boolean answersPings = true;

    RawSwitch(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** On a connection that is there, such as one with TLS. */
    RawSwitch(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    static String upgrade(String target, String... headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Protocol: audio.drachtio.org\r\nSec-WebSocket-Version: 13\r\n"
                + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n";
    }

    /** Sends a request and gives the answer's head and, unless it is an upgrade, its body. */
    String request(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    String answer() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        if (text.startsWith("HTTP/1.1 101")) {
            Thread.ofVirtual().start(this::read);
            return text;
        }
        return text + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Waits for the first byte of an answer and no longer. */
    void firstByte() throws IOException {
        in.readByte();
    }

    void ignorePings() {
        answersPings = false;
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void text(String text) throws IOException {
        raw(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    void binary(byte[] payload) throws IOException {
        raw(frame(BINARY, payload));
    }

    void close(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        raw(frame(
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array()));
    }

    /** A masked frame, as a client sends it. */
    static byte[] frame(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    private void read() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte();
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = (int) in.readLong();
                }
                byte[] payload = new byte[length];
                in.readFully(payload);
                received.add(new Message(opcode, payload));
                if (opcode == PING && answersPings) {
                    raw(frame(PONG, payload));
                } else if (opcode == CLOSE) {
                    raw(frame(CLOSE, payload));
                }
            }
        } catch (IOException e) {
            ended = true;
        }
    }

    List<Message> received(int opcode) {
        return received.stream().filter(message -> message.opcode == opcode).toList();
    }

    /** Whether the bridge has ended the connection. */
    boolean ended() {
        return ended;
    }

    /** Ends the connection without a farewell. */
    void breakOff() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
