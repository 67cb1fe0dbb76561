/** The tom.dev/v1alpha1 API as Java types; the CRD in this module is generated from them. */
@NullMarked
package dev.tom.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
