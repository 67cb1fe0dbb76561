package dev.tom.operator.story;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Hears every word of the operator in this JVM, more of them than an installation ever logs, until closed. Thread-safe. */
final class LogEar extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final List<String> SPEAKERS = List.of("dev.tom", "io.javaoperatorsdk");

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    LogEar() {
        start();
        for (String speaker : SPEAKERS) {
            logger(speaker).setLevel(Level.TRACE);
            logger(speaker).setAdditive(false);
            logger(speaker).addAppender(this);
        }
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        heard.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + thrown);
    }

    /** Each line with its keys, its values and what was thrown. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        for (String speaker : SPEAKERS) {
            logger(speaker).detachAppender(this);
            logger(speaker).setLevel(null);
            logger(speaker).setAdditive(true);
        }
        stop();
    }
}
