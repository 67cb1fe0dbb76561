package dev.tom.bench.wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * One WebSocket (RFC 6455) from either side, without extensions and without fragments. Confined to its {@link Loop}. A client masks with
 * the key zero: allowed, and free.
 */
public final class Peer {

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** What comes. */
    public interface Listener {
        /**
         * The upgrade is done.
         *
         * @param head of the request on the server's side, of the response on the client's
         */
        void open(String head);

        /** A text message: borrowed. */
        void text(byte[] bytes, int offset, int length);

        /** A binary message: borrowed. */
        void binary(byte[] bytes, int offset, int length);

        /**
         * The connection is gone.
         *
         * @param how a status, a close code, or the fault
         */
        void closed(String how);
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer shared;
    private final String request;
    private final boolean client;
    private Listener listener = Silent.INSTANCE;
    private byte[] in = new byte[8 * 1024];
    private int held;
    private byte[] out = new byte[0];
    private int waiting;
    private boolean upgraded;
    private boolean over;
    private long lastReadNanos;

    Peer(SocketChannel channel, SelectionKey key, ByteBuffer shared, String request) {
        this.channel = channel;
        this.key = key;
        this.shared = shared;
        this.request = request;
        this.client = !request.isEmpty();
    }

    void listener(Listener next) {
        listener = next;
    }

    /** Whether messages may be sent. */
    public boolean isOpen() {
        return upgraded && !over;
    }

    /** When bytes came last. */
    public long lastReadNanos() {
        return lastReadNanos;
    }

    /** Sends a text message. */
    public void text(byte[] bytes, int length) {
        send(TEXT, bytes, length);
    }

    /** Sends a binary message. */
    public void binary(byte[] bytes, int length) {
        send(BINARY, bytes, length);
    }

    /** Says good bye with 1000; the far side closes. */
    public void close() {
        if (isOpen()) {
            send(CLOSE, new byte[] {3, (byte) 0xE8}, 2);
        }
    }

    /** Ends the connection with a TCP reset. */
    public void reset() {
        if (!over) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // then it is gone already, which is what was wanted
            }
            end("reset by us");
        }
    }

    void ready() {
        if (over) {
            return;
        }
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                write(request.getBytes(StandardCharsets.ISO_8859_1));
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void read() throws IOException {
        shared.clear();
        int count = channel.read(shared);
        if (count < 0) {
            end("connection closed");
            return;
        }
        lastReadNanos = System.nanoTime();
        if (in.length < held + count) {
            in = Arrays.copyOf(in, 2 * (held + count));
        }
        shared.flip().get(in, held, count);
        held += count;
        int from = upgraded ? 0 : upgrade();
        int used = upgraded ? messages(from) : from;
        held -= used;
        System.arraycopy(in, used, in, 0, held);
    }

    /** Reads the head of the upgrade; returns how many bytes it took. */
    private int upgrade() throws IOException {
        String head = new String(in, 0, held, StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        head = head.substring(0, end);
        if (client && !head.startsWith("HTTP/1.1 101")) {
            end(head.lines().findFirst().orElse(""));
            return held;
        }
        if (!client) {
            write(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + accept(head) + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        upgraded = true;
        listener.open(head);
        return end + 4;
    }

    private int messages(int from) {
        int at = from;
        while (!over && held - at >= 2) {
            int length = in[at + 1] & 0x7F;
            int head = length == 126 ? 4 : length == 127 ? 10 : 2;
            boolean masked = (in[at + 1] & 0x80) != 0;
            int payload = at + head + (masked ? 4 : 0);
            if (payload > held) {
                break;
            }
            if (length == 126) {
                length = (in[at + 2] & 0xFF) << 8 | in[at + 3] & 0xFF;
            } else if (length == 127) {
                length = (int) ByteBuffer.wrap(in).getLong(at + 2);
            }
            if (payload + length > held) {
                break;
            }
            if (masked) {
                unmask(payload, length);
            }
            int opcode = in[at] & 0x0F;
            at = payload + length;
            message(opcode, payload, length);
        }
        return at;
    }

    private void unmask(int payload, int length) {
        for (int i = 0; i < length; i++) {
            in[payload + i] ^= in[payload - 4 + (i & 3)];
        }
    }

    private void message(int opcode, int offset, int length) {
        switch (opcode) {
            case TEXT -> listener.text(in, offset, length);
            case BINARY -> listener.binary(in, offset, length);
            case PING -> send(PONG, Arrays.copyOfRange(in, offset, offset + length), length);
            case PONG -> {
                // nothing waits for one
            }
            case CLOSE -> {
                int code = length < 2 ? 1005 : (in[offset] & 0xFF) << 8 | in[offset + 1] & 0xFF;
                String reason = length <= 2 ? "" : " " + new String(in, offset + 2, length - 2, StandardCharsets.UTF_8);
                send(CLOSE, Arrays.copyOfRange(in, offset, offset + length), length);
                end(code + reason);
            }
            default -> end("message of kind " + opcode);
        }
    }

    private void send(int opcode, byte[] bytes, int length) {
        if (!isOpen()) {
            return;
        }
        shared.clear();
        int mask = client ? 0x80 : 0;
        shared.put((byte) (0x80 | opcode));
        if (length < 126) {
            shared.put((byte) (mask | length));
        } else {
            shared.put((byte) (mask | 126)).putShort((short) length);
        }
        if (client) {
            shared.putInt(0);
        }
        shared.put(bytes, 0, length).flip();
        try {
            write(shared);
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void write(byte[] bytes) throws IOException {
        write(ByteBuffer.wrap(bytes));
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (waiting == 0) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            if (out.length < waiting + bytes.remaining()) {
                out = Arrays.copyOf(out, 2 * (waiting + bytes.remaining()));
            }
            int count = bytes.remaining();
            bytes.get(out, waiting, count);
            waiting += count;
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void flush() throws IOException {
        int written = channel.write(ByteBuffer.wrap(out, 0, waiting));
        waiting -= written;
        System.arraycopy(out, written, out, 0, waiting);
        if (waiting == 0) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void end(String how) {
        if (over) {
            return;
        }
        over = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
        listener.closed(how);
    }

    private static String accept(String head) throws IOException {
        String wanted = head.lines()
                .filter(line -> line.regionMatches(true, 0, "sec-websocket-key:", 0, 18))
                .map(line -> line.substring(18).strip())
                .findFirst()
                .orElse("");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((wanted + ACCEPT_SALT).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private enum Silent implements Listener {
        INSTANCE;

        @Override
        public void open(String head) {}

        @Override
        public void text(byte[] bytes, int offset, int length) {}

        @Override
        public void binary(byte[] bytes, int offset, int length) {}

        @Override
        public void closed(String how) {}
    }
}
