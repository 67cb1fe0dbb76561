/** Rules for the whole module, and the settings. */
@NullMarked
package dev.tom.operator;

import org.jspecify.annotations.NullMarked;
