package dev.tom.operator.apply;

import java.util.List;

/**
 * What became of a list of changes.
 *
 * @param writes requests that changed something
 * @param failures what could not be done; the changes after it were tried all the same
 */
public record Applied(int writes, List<RuntimeException> failures) {

    public Applied {
        failures = List.copyOf(failures);
    }

    /** Throws the first failure, the others suppressed in it; does nothing when all went well. */
    public void orThrow() {
        if (!failures.isEmpty()) {
            RuntimeException first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
