/** Whether this process may act: who holds the Lease, and how fresh the evidence is. Any thread may ask. */
@NullMarked
package dev.tom.operator.leadership;

import org.jspecify.annotations.NullMarked;
