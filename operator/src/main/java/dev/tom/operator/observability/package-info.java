/** What can be seen from outside: meters, health, Kubernetes Events, names of log fields. Each vocabulary is one enum or class. */
@NullMarked
package dev.tom.operator.observability;

import org.jspecify.annotations.NullMarked;
