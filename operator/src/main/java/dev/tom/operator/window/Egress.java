package dev.tom.operator.window;

import java.time.Instant;

/** Whether the bridges may use the provider. */
public sealed interface Egress {

    /** They may, until that instant and no longer. */
    record Open(Instant until) implements Egress {}

    /** They may not; something may be asked of them all the same. */
    record Shut(Ask ask) implements Egress {
        /** And nothing is asked. */
        public Shut() {
            this(new Ask.Nothing());
        }
    }
}
