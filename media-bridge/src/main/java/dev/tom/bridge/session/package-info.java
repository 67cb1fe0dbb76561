/** Shell: live calls. Performs the effects of the machines; one event-loop context per call, no lock, no await. */
@NullMarked
package dev.tom.bridge.session;

import org.jspecify.annotations.NullMarked;
