/**
 * The report of a window: runs of bridges, what they come to, a verdict; as JSON, Markdown and HTML in a ConfigMap. Everything is pure but
 * {@link dev.tom.operator.report.ReportBook}, which remembers what was collected and when it was written; any thread may call it.
 */
@NullMarked
package dev.tom.operator.report;

import org.jspecify.annotations.NullMarked;
