package dev.tom.bench.profile;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.tom.testkit.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads what a JVM has used so far: from /proc, and from its own beans by the attach mechanism. Looks only when asked. */
final class JvmProbe implements AutoCloseable {

    /** Clock ticks of /proc on every Linux that matters (USER_HZ). */
    private static final long TICK_NANOS = 10_000_000;

    private static final long PAGE = 4_096;

    /** What a process has used since it began. */
    record Used(long cpuNanos, long allocatedBytes, long gcLogBytes) {}

    /** What a process holds now. */
    record Holds(long rssBytes, long heapBytes, long threads, long files, long sockets) {}

    private final long pid;
    private final Path gcLog;
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final UnixOperatingSystemMXBean system;

    private JvmProbe(long pid, Path gcLog, JMXConnector connector, MBeanServerConnection beans) throws IOException {
        this.pid = pid;
        this.gcLog = gcLog;
        this.connector = connector;
        threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        system = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, UnixOperatingSystemMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // the other end is a process that we started
    static JvmProbe of(Subject subject) {
        long pid = subject.process().pid();
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String url = machine.startLocalManagementAgent();
            machine.detach();
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url));
            return new JvmProbe(pid, subject.gcLog(), connector, connector.getMBeanServerConnection());
        } catch (IOException | AttachNotSupportedException e) {
            throw new RunFailure("cannot look into " + subject.name() + ": " + e.getMessage());
        }
    }

    Used used() {
        return new Used(cpuNanos(pid), threads.getTotalThreadAllocatedBytes(), size(gcLog));
    }

    /** Collects garbage first, so that the heap is what is really held. */
    Holds holds() {
        memory.gc();
        long sockets;
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            sockets = files.filter(JvmProbe::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Holds(
                rssBytes(),
                memory.getHeapMemoryUsage().getUsed(),
                threads.getThreadCount(),
                system.getOpenFileDescriptorCount(),
                sockets);
    }

    long rssBytes() {
        return Long.parseLong(words(Path.of("/proc/" + pid + "/statm"))[1]) * PAGE;
    }

    /** Pauses in milliseconds that the log tells of after this position. */
    List<Double> pausesSince(Used before) {
        try {
            String log = Files.readString(gcLog, StandardCharsets.UTF_8);
            return log.substring((int) Math.min(before.gcLogBytes(), log.length()))
                    .lines()
                    .filter(line -> line.contains("Pause") && line.endsWith("ms"))
                    .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1, line.length() - 2)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time of a process, all its threads together. */
    static long cpuNanos(long pid) {
        String[] words = words(Path.of("/proc/" + pid + "/stat"));
        return (Long.parseLong(words[13]) + Long.parseLong(words[14])) * TICK_NANOS;
    }

    private static String[] words(Path file) {
        try {
            return Files.readString(file).split(" ", -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException gone) {
            return false;
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // it ended first
        }
    }
}
