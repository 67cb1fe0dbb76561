/**
 * The operator: from a TestWindow to open and closed egress. One reconcile is one straight line:
 *
 * <ol>
 *   <li>{@code observe}: informer caches and the bridges' status become one value
 *   <li>{@code window}: that value and the time become a decision (pure)
 *   <li>{@code desired}: the decision becomes resources (pure)
 *   <li>{@code apply}: what differs is written, in order
 *   <li>{@code report} and {@code status}: totals, conditions, events, meters
 * </ol>
 *
 * <p>{@code reconcile} strings these together; {@code OperatorMain} is the only reader of the environment.
 */
@NullMarked
package dev.tom.operator;

import org.jspecify.annotations.NullMarked;
