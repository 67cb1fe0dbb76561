package dev.tom.crds.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A time in which a telephone assistant may use a cloud provider; after it, it must not. */
@Group("tom.dev")
@Version("v1alpha1")
@Kind("TestWindow")
@Plural("testwindows")
@Singular("testwindow")
@ShortNames("tw")
@AdditionalPrinterColumn(name = "Backend", jsonPath = ".status.bridges.backend")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Ends", jsonPath = ".status.window.endsAt")
@AdditionalPrinterColumn(name = "Calls", jsonPath = ".status.report.calls", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Failovers",
        jsonPath = ".status.report.failovers",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Egress",
        jsonPath = ".status.conditions[?(@.type==\"EgressModeSelected\")].reason",
        priority = 1)
@AdditionalPrinterColumn(
        name = "P95ms",
        jsonPath = ".status.report.p95Millis",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "CostEUR", jsonPath = ".status.report.costEur", priority = 1)
@AdditionalPrinterColumn(name = "Verdict", jsonPath = ".status.report.verdict", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && self.metadata.name.size() <= 45",
        message =
                "metadata.name becomes the name of a Service: use at most 45 lower-case letters, digits and '-', beginning "
                        + "with a letter and ending with a letter or digit")
@ValidationRule(
        value = "!has(oldSelf.status) || !has(oldSelf.status.window) || !has(oldSelf.status.window.openedAt)"
                + " || (has(self.spec.window.start) ? has(oldSelf.spec.window.start)"
                + " && self.spec.window.start == oldSelf.spec.window.start : !has(oldSelf.spec.window.start))",
        message =
                "spec.window.start cannot change once the window has opened: change durationSeconds to end it earlier or "
                        + "later, or create a new TestWindow")
@ValidationRule(
        value =
                "!has(oldSelf.status) || !has(oldSelf.status.phase) || !(oldSelf.status.phase in ['Closing', 'Closed', 'Failed'])"
                        + " || self.spec.window == oldSelf.spec.window",
        message = "spec.window cannot change after the window has ended: create a new TestWindow")
@ValidationRule(
        value =
                "!has(oldSelf.status) || !has(oldSelf.status.phase) || !(oldSelf.status.phase in ['Closing', 'Closed', 'Failed'])"
                        + " || self.spec.backend == oldSelf.spec.backend",
        message = "spec.backend cannot change after the window has ended: create a new TestWindow")
@ValidationRule(
        value = "!has(oldSelf.status) || !has(oldSelf.status.phase) || !(oldSelf.status.phase in ['Open', 'Closing'])"
                + " || !has(oldSelf.spec.provider) || !has(self.spec.provider)"
                + " || self.spec.provider.egress.mode == oldSelf.spec.provider.egress.mode",
        message =
                "spec.provider.egress.mode cannot change while the window is open: set spec.stop to true and create a new "
                        + "TestWindow, or change it before the start")
public class TestWindow extends CustomResource<TestWindowSpec, TestWindowStatus> implements Namespaced {}
