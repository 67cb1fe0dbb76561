@NullMarked
package dev.tom.kube;

import org.jspecify.annotations.NullMarked;
