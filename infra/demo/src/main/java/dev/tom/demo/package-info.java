/**
 * The whole way on one machine: a real API server, the operator under its chart's Role, a bridge and a speech worker as processes, a
 * caller, and a provider. {@link dev.tom.demo.Demo} tells the story in order; {@link dev.tom.demo.Verdict} says whether every promise
 * held.
 */
@NullMarked
package dev.tom.demo;

import org.jspecify.annotations.NullMarked;
