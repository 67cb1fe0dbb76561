/**
 * The operator on a real API server, told by actors: {@link dev.tom.operator.story.ClusterUser} wants something, {@link
 * dev.tom.operator.story.OutsideWorld} plays kubelet and bridges, {@link dev.tom.operator.story.OperatorUnderTest} is the real thing. A test
 * calls no Kubernetes client itself.
 */
@NullMarked
package dev.tom.operator.story;

import org.jspecify.annotations.NullMarked;
