/** How the operator talks to the API server, and what of its answers is kept. */
@NullMarked
package dev.tom.operator.cluster;

import org.jspecify.annotations.NullMarked;
