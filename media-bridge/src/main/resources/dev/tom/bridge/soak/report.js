"use strict";
const report = JSON.parse(document.getElementById("document").textContent);
const byId = id => document.getElementById(id);
const color = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const whole = value => value.toLocaleString("en");

function rows(table, head, lines) {
  const add = (tag, cells, row) => cells.forEach((cell, i) => {
    const one = document.createElement(tag);
    one.textContent = typeof cell === "number" ? whole(cell) : cell;
    if (typeof cell === "number" || (tag === "th" && i >= head.numericFrom)) one.className = "n";
    row.append(one);
  });
  if (head.titles) add("th", head.titles, table.insertRow());
  lines.forEach(line => add("td", line, table.insertRow()));
}

function words() {
  const { target, parameters: p, turns, sessions, latencies, verdict } = report;
  const title = (target.kind === "provider" ? target.model + " at " : "Bridge ") + target.address;
  document.title = "tom soak: " + title;
  byId("title").textContent = title;
  byId("when").textContent = new Date(report.startedAt).toUTCString() + ", " + Math.round(report.elapsedMillis / 1000) + " s"
    + (report.endedEarly ? " (ended early, " + p.durationSeconds + " s were planned)" : "") + ", " + p.sessions + " sessions";
  document.documentElement.style.setProperty("--verdict", "var(--" + (verdict.label === "failed" ? "slow" : verdict.label) + ")");
  byId("mark").textContent = verdict.label;
  byId("sentence").textContent = verdict.sentence.slice(verdict.sentence.indexOf(": ") + 2) + ".";
  const e2e = latencies.e2eMillis;
  const tiles = [[e2e.p50 + " ms", "median E2E"], [e2e.p95 + " ms", "95th percentile"], [e2e.p99 + " ms", "99th percentile"],
    [whole(turns.answered), "turns answered"], [turns.failedPercent + " %", "failed"], [whole(sessions.dropped), "lines dropped"],
    [turns.perMinute, "turns a minute"]];
  for (const [value, name] of tiles) {
    const tile = document.createElement("div");
    tile.className = "tile";
    tile.append(Object.assign(document.createElement("b"), { textContent: value }), Object.assign(document.createElement("span"), { textContent: name }));
    byId("tiles").append(tile);
  }
  const seconds = report.timeline.bucketSeconds;
  byId("bucket").textContent = seconds === 1 ? "second" : seconds + " seconds";
  const names = { e2eMillis: "E2E", firstAudioMillis: "first audio", firstTokenMillis: "first token", connectedMillis: "connected", readyMillis: "ready" };
  rows(byId("percentiles"), { titles: ["", "count", "min", "p50", "p95", "p99", "max"], numericFrom: 1 },
    Object.entries(latencies).filter(([, v]) => v.count > 0).map(([key, v]) => [names[key], v.count, v.min, v.p50, v.p95, v.p99, v.max]));
  if (report.failures.length > 0) {
    rows(byId("failures"), { titles: ["reason", "what it said", "count"], numericFrom: 2 },
      report.failures.map(f => [f.reason, f.example, f.count]));
  } else {
    byId("failures-section").remove();
  }
  const parameters = [["target", target.kind + " " + target.address], ["sessions", p.sessions + ", started over " + p.rampSeconds + " s"],
    ["planned duration", p.durationSeconds + " s"], ["question", p.question + ", " + p.questionMillis + " ms, " + p.rate + " Hz"],
    ["pause after an answer", p.pauseMillis + " ms"], ["an answer may take", p.timeoutMillis + " ms"],
    ["sessions opened, refused, given up", [sessions.opened, sessions.refused, sessions.gaveUp].map(whole).join(", ")],
    ["frames sent, of these late", whole(sessions.framesSent) + ", " + whole(sessions.framesSentLate)]];
  if (target.model) parameters.splice(1, 0, ["model", target.model]);
  if (report.tokens) parameters.push(["tokens in (text, audio), out (text, audio)",
    [report.tokens.textInput, report.tokens.audioInput, report.tokens.textOutput, report.tokens.audioOutput].map(whole).join(", ")]);
  if (turns.notPlotted > 0) parameters.push(["answers not plotted one by one", whole(turns.notPlotted)]);
  rows(byId("parameters"), {}, parameters);
}

// The two bounds of the verdict, as dashed lines.
const bounds = axis => ({
  hooks: { draw: u => {
    for (const [millis, name] of [[report.verdict.fastMillis, "fast"], [report.verdict.usableMillis, "slow"]]) {
      const at = Math.round(u.valToPos(millis, axis, true));
      const { left, top, width, height } = u.bbox;
      const inside = axis === "x" ? at > left && at < left + width : at > top && at < top + height;
      if (!inside) continue;
      u.ctx.save();
      u.ctx.strokeStyle = color(name);
      u.ctx.setLineDash([6 * devicePixelRatio, 5 * devicePixelRatio]);
      u.ctx.lineWidth = devicePixelRatio;
      u.ctx.beginPath();
      if (axis === "x") { u.ctx.moveTo(at, top); u.ctx.lineTo(at, top + height); } else { u.ctx.moveTo(left, at); u.ctx.lineTo(left + width, at); }
      u.ctx.stroke();
      u.ctx.font = 11 * devicePixelRatio + "px system-ui, sans-serif";
      const text = millis + " ms", wide = u.ctx.measureText(text).width, high = 13 * devicePixelRatio, gap = 3 * devicePixelRatio;
      const x = axis === "x" ? at + gap : left + width - wide - gap, y = axis === "x" ? top + gap : at - high - gap;
      u.ctx.fillStyle = color("card");
      u.ctx.fillRect(x - gap, y, wide + 2 * gap, high);
      u.ctx.fillStyle = color(name);
      u.ctx.textAlign = "left";
      u.ctx.textBaseline = "top";
      u.ctx.fillText(text, x, y + devicePixelRatio);
      u.ctx.restore();
    }
  } }
});

const axis = (label, more) => Object.assign({ label, labelSize: 20, size: 46, font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
  stroke: color("soft"), labelStroke: color("soft"), grid: { stroke: color("grid"), width: 1 }, ticks: { stroke: color("line"), width: 1 } }, more);
const secondsAxis = () => axis("seconds from the start", { size: 32 });
const counted = (u, splits) => splits.map(value => Number.isInteger(value) ? whole(value) : "");

let plots = [];

function draw(id, height, options, data) {
  const box = byId(id);
  const plot = new uPlot(Object.assign({ width: box.clientWidth, height }, options), data, box);
  plots.push([plot, box, height]);
}

function latency() {
  const { points, timeline } = report;
  const end = Math.max(report.elapsedMillis / 1000, 1);
  // One x axis for single answers and for buckets: uPlot wants it sorted.
  const middle = timeline.atSeconds.map(at => Math.min(at + timeline.bucketSeconds / 2, end));
  const all = points.atSeconds.map((at, i) => [at, points.e2eMillis[i], null, null])
    .concat(middle.map((at, i) => [at, null, timeline.p50Millis[i], timeline.p95Millis[i]]).filter(row => row[2] !== null))
    .sort((a, b) => a[0] - b[0]);
  const column = index => all.map(row => row[index]);
  const highest = Math.max(report.latencies.e2eMillis.max * 1.08, report.verdict.usableMillis * 1.1);
  const dots = points.atSeconds.length > 3000 ? 3 : 5;
  draw("plot-latency", 320, {
    plugins: [bounds("y")],
    scales: { x: { time: false, range: [0, end] }, y: { range: [0, highest] } },
    axes: [secondsAxis(), axis("milliseconds", { size: 58 })],
    series: [{ label: "second", value: (u, v) => v == null ? "" : v.toFixed(1) },
      { label: "an answer", stroke: color("dot"), paths: () => null, points: { show: true, size: dots, width: 0, fill: color("dot") + "a0" } },
      { label: "median", stroke: color("p50"), width: 2, spanGaps: true, points: { show: false } },
      { label: "95th percentile", stroke: color("p95"), width: 2, spanGaps: true, points: { show: false } }]
  }, [column(0), column(1), column(2), column(3)]);
}

function histogram() {
  const { barMillis, counts, cumulatedPercent } = report.histogram;
  const edges = counts.map((_, i) => i * barMillis);
  const last = edges.length * barMillis;
  draw("plot-histogram", 260, {
    plugins: [bounds("x")],
    scales: { x: { time: false, range: [0, Math.max(last, report.verdict.usableMillis * 1.1)] }, y: { range: (u, low, high) => [0, Math.max(1, high * 1.05)] }, share: { range: [0, 102] } },
    axes: [axis("milliseconds", { size: 32 }), axis("answers", { values: counted }), axis("percent", { scale: "share", side: 1, grid: { show: false } })],
    series: [{ label: "from", value: (u, v) => v == null ? "" : v + " ms" },
      { label: "answers", stroke: color("bar"), fill: color("bar"), width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.92], align: 1 }) },
      { label: "at most", scale: "share", stroke: color("cdf"), width: 2, points: { show: false }, value: (u, v) => v == null ? "" : v + " %", paths: uPlot.paths.stepped({ align: 1 }) }]
  }, [edges, counts, cumulatedPercent]);
}

function overTime(id, name, values, style) {
  const { timeline } = report;
  const end = Math.max(report.elapsedMillis / 1000, 1);
  const nothing = values.every(value => value === 0);
  draw(id, 190, {
    scales: { x: { time: false, range: [0, end] }, y: { range: (u, low, high) => [0, nothing ? 1 : high * 1.15] } },
    axes: [secondsAxis(), axis(name, { values: counted })],
    series: [{ label: "second" }, Object.assign({ label: name, points: { show: false } }, style)]
  }, [timeline.atSeconds.concat(end), values.concat(style.paths === steps ? values.at(-1) : null)]);
}

const steps = uPlot.paths.stepped({ align: 1 });

function paint() {
  plots.forEach(([plot]) => plot.destroy());
  plots = [];
  latency();
  histogram();
  overTime("plot-alive", "sessions", report.timeline.alive, { stroke: color("alive"), width: 2, paths: steps });
  overTime("plot-failures", "failures", report.timeline.failed, { stroke: color("bad"), fill: color("bad"), width: 0, paths: uPlot.paths.bars({ size: [0.9], align: 1 }) });
}

words();
paint();
addEventListener("resize", () => plots.forEach(([plot, box, height]) => plot.setSize({ width: box.clientWidth, height })));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
