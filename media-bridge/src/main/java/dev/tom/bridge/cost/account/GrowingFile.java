package dev.tom.bridge.cost.account;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that others append to, read once from its begin to its end, slice by slice. Only whole lines are given out. Opened for
 * the time of one slice, and never while this process itself writes to the file: closing it would give up the writer's lock. Not
 * thread-safe.
 */
final class GrowingFile {

    /** Bytes of one slice; a longer line is no record and is passed over. */
    static final int SLICE = 1 << 20;

    private final Path path;
    private long offset;

    GrowingFile(Path path) {
        this.path = path;
    }

    /** How a slice ended. */
    enum Slice {
        /** There may be more. */
        MORE,
        /** No whole line is left. */
        END,
        /** Somebody writes to it, and what is being written may be taken back: to be tried again. */
        BUSY,
        /** The file is shorter than what was read of it: what was read is not what it holds. */
        SHRUNK
    }

    /** Reads the next slice. */
    Slice read(Consumer<String> lines) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < offset) {
                return Slice.SHRUNK;
            }
            if (size == offset) {
                return Slice.END;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(SLICE, size - offset));
            try (Lock lock = Lock.of(channel)) {
                if (!lock.free()) {
                    return Slice.BUSY;
                }
                fill(channel, bytes);
            }
            return give(bytes.flip(), lines);
        }
    }

    private void fill(FileChannel channel, ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }

    private Slice give(ByteBuffer bytes, Consumer<String> lines) {
        int end = lastLineBreak(bytes);
        if (end < 0) {
            boolean tooLong = bytes.limit() == SLICE;
            offset += tooLong ? SLICE : 0;
            return tooLong ? Slice.MORE : Slice.END;
        }
        String text = new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
        offset += end + 1L;
        List.of(text.split("\n")).forEach(lines);
        return bytes.limit() == SLICE ? Slice.MORE : Slice.END;
    }

    private static int lastLineBreak(ByteBuffer bytes) {
        for (int i = bytes.limit() - 1; i >= 0; i--) {
            if (bytes.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** A file system without locks has only one pod in the directory: it waits for nobody. */
    private record Lock(boolean free, @Nullable FileLock held) implements AutoCloseable {
        static Lock of(FileChannel channel) {
            try {
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
                return new Lock(lock != null, lock);
            } catch (OverlappingFileLockException e) {
                return new Lock(false, null);
            } catch (IOException e) {
                return new Lock(true, null);
            }
        }

        @Override
        public void close() throws IOException {
            if (held != null) {
                held.close();
            }
        }
    }
}
