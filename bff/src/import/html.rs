//! Web pages: the `<script type="application/ld+json">` elements in which sites publish for search engines.

use serde_json::Value;

use super::document::parse;
use super::report::Broken;

/// The JSON-LD scripts of a page, in its order.
pub(super) fn scripts(page: &str) -> Result<Vec<Value>, Broken> {
    let lower = page.to_ascii_lowercase();
    let mut found = vec![];
    let mut at = 0;
    while let Some(start) = lower[at..].find("<script").map(|start| at + start) {
        let Some(body) = lower[start..].find('>').map(|end| start + end + 1) else { break };
        let end = lower[body..].find("</script").map_or(page.len(), |end| body + end);
        if lower[start..body].contains("application/ld+json") {
            found.push(parse(&page[body..end], place(page, body))?);
        }
        at = end;
    }
    if found.is_empty() {
        return Err(Broken::whole("the page has no <script type=\"application/ld+json\">"));
    }
    Ok(found)
}

/// Line and column of a byte, from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, str::len) + 1;
    (line, column)
}
