/** Generates the CRD from the types and holds it against the committed file. */
@NullMarked
package dev.tom.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
