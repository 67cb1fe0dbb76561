/** Tests of what is kept of the API server's answers. */
@NullMarked
package dev.tom.operator.cluster;

import org.jspecify.annotations.NullMarked;
