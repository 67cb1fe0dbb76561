/** Picks or starts the cluster that API-server tests and the demo run on, and says which. */
@NullMarked
package dev.tom.kube;

import org.jspecify.annotations.NullMarked;
