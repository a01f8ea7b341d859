//! `cargo xtask first-load`: what a first visit costs a customer, as Lighthouse measures it on its phone: a slow 4G network and a
//! processor four times slower than this one. The bundles are those that would be shipped.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    browsers::Browser,
    bundle,
    project::{Profile, bff, command, dist, output, root, run, target},
    serve::build_server,
    web::{self, Packages},
};

/// What a category should reach, out of 100.
const CATEGORIES: [(&str, u8); 3] = [("performance", 95), ("accessibility", 100), ("best-practices", 100)];

/// What is told of a load, by Lighthouse's names.
const METRICS: [&str; 5] = [
    "first-contentful-paint",
    "largest-contentful-paint",
    "interactive",
    "total-blocking-time",
    "cumulative-layout-shift",
];

/// The most bytes of a first visit, compressed: HTML, styles, glue and bundle.
const BYTES_MAX: u64 = 250_000;

/// Builds what would be shipped, visits it once, and prints what that cost.
///
/// # Errors
/// When something does not build or cannot be installed, or the visit fails.
pub(crate) fn measure() -> Result<()> {
    Browser::Chromium.ensure()?;
    web::ensure(Packages::Measure)?;
    bundle::build(Profile::Release)?;
    build_server(Profile::Dev)?;
    let folder = target().join("first-load");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let server = Server::start(&folder)?;
    let report = folder.join("report.json");
    let lighthouse = Packages::Measure.folder().join("node_modules/lighthouse/cli/index.js");
    let mut visit = command("node");
    visit.arg(lighthouse).arg(&server.address).args(["--quiet", "--output=json", "--output-path"]).arg(&report);
    visit.arg("--only-categories=performance,accessibility,best-practices");
    visit.arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking");
    if let Some(chromium) = output(command("sh").args(["-c", "command -v chromium || command -v google-chrome"])) {
        visit.env("CHROME_PATH", chromium);
    }
    run(&mut visit)?;
    drop(server);
    let report = fs::read_to_string(&report).context("Lighthouse left no report")?;
    for line in told(&serde_json::from_str(&report).context("Lighthouse's report is no JSON")?)? {
        println!("{line}");
    }
    Ok(())
}

/// A server with the demo's restaurants, for one visit.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &std::path::Path) -> Result<Self> {
        let mut serve = command(bff(Profile::Dev));
        serve.args(["serve", "--addr", "127.0.0.1:0", "--data"]).arg(folder.join("data"));
        serve.arg("--dist").arg(dist()).arg("--demo-data").arg(root().join("data/demo"));
        let mut child = serve.stdout(Stdio::piped()).spawn().context("the server did not start")?;
        let out = child.stdout.take().context("the server says nothing")?;
        let line = BufReader::new(out).lines().map_while(Result::ok).find(|line| line.contains("listening on "));
        let Some(line) = line else {
            let _ = child.kill();
            bail!("the server ended before it listened");
        };
        let address = line.rsplit(' ').next().unwrap_or_default().to_owned();
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a report says, in lines for a person.
fn told(report: &Value) -> Result<Vec<String>> {
    let mut lines = vec![];
    for (name, aim) in CATEGORIES {
        let category = &report["categories"][name];
        let score = category["score"].as_f64().with_context(|| format!("the report has no score for {name}"))?;
        lines.push(format!("{name}: {:.0} (aimed at: {aim})", score * 100.0));
        let counted = category["auditRefs"].as_array().into_iter().flatten();
        let counted = counted.filter(|audit| audit["weight"].as_f64().is_some_and(|weight| weight > 0.0));
        for id in counted.filter_map(|audit| audit["id"].as_str()) {
            let audit = &report["audits"][id];
            if audit["score"].as_f64().is_some_and(|score| score < 0.9) {
                let shown = audit["displayValue"].as_str().unwrap_or_default();
                lines.push(format!("  {id}: {} {shown}", audit["title"].as_str().unwrap_or_default()));
            }
        }
    }
    for name in METRICS {
        lines.push(format!("{name}: {}", report["audits"][name]["displayValue"].as_str().unwrap_or("not measured")));
    }
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    for request in report["audits"]["network-requests"]["details"]["items"].as_array().into_iter().flatten() {
        let bytes = request["transferSize"].as_f64().unwrap_or_default();
        *kinds.entry(request["resourceType"].as_str().unwrap_or("Other")).or_default() += bytes as u64;
    }
    let all: u64 = kinds.values().sum();
    lines.push(format!("bytes over the network: {all} (aimed at: {BYTES_MAX})"));
    lines.extend(kinds.iter().map(|(kind, bytes)| format!("  {kind}: {bytes}")));
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_told_with_what_fell_short_and_what_came_over_the_network() -> Result<()> {
        let audit = |id: &str| json!([{"id": id, "weight": 10}, {"id": "only-a-hint", "weight": 0}]);
        let report = json!({
            "categories": {
                "performance": {"score": 0.61, "auditRefs": audit("interactive")},
                "accessibility": {"score": 1, "auditRefs": audit("contrast")},
                "best-practices": {"score": 1.0, "auditRefs": []},
            },
            "audits": {
                "interactive": {"score": 0.4, "title": "Time to Interactive", "displayValue": "6.1 s"},
                "only-a-hint": {"score": 0.0, "title": "A hint"},
                "contrast": {"score": 1, "title": "Contrast"},
                "network-requests": {"details": {"items": [
                    {"resourceType": "Script", "transferSize": 1000},
                    {"resourceType": "Script", "transferSize": 500},
                    {"resourceType": "Document", "transferSize": 200},
                ]}},
            },
        });
        let lines = told(&report)?;
        assert_eq!(
            lines[..3],
            [
                "performance: 61 (aimed at: 95)",
                "  interactive: Time to Interactive 6.1 s",
                "accessibility: 100 (aimed at: 100)"
            ]
        );
        assert_eq!(
            lines[lines.len() - 3..],
            ["bytes over the network: 1700 (aimed at: 250000)", "  Document: 200", "  Script: 1500"]
        );
        assert!(told(&json!({})).is_err());
        Ok(())
    }
}
