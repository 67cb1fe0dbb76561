/**
 * Pure: a decision becomes Kubernetes resources, one builder file per resource. Imports the JDK, the Fabric8 model, the API types and
 * {@code window}; any thread may call it. Resources hold no defaults and no zero values, because the API server drops or rewrites them, and
 * then nothing ever matches.
 */
@NullMarked
package dev.tom.operator.desired;

import org.jspecify.annotations.NullMarked;
