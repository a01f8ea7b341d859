//! A file as a graph of nodes: JSON-LD as it is published, in a file of its own or inside a web page.
//!
//! JSON-LD lets a publisher write one value or a list anywhere, a thing in its place or by reference, and names short,
//! prefixed or in full. Here that freedom ends: readers ask a [`Graph`] for the nodes and texts of a property.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::html;
use super::report::Broken;
use super::text;

/// The largest file that is read, in bytes: a menu of a thousand dishes is a tenth of it.
pub(crate) const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The ways to write a property or a type of schema.org beside its short name.
const PREFIXES: [&str; 3] = ["schema:", "https://schema.org/", "http://schema.org/"];

/// The JSON values of a file, each with the path that names it.
#[derive(Debug)]
pub(super) struct Document {
    roots: Vec<(String, Value)>,
}

/// A thing of the document and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// Its properties.
    pub(super) map: &'a Map<String, Value>,
    /// Its place, such as `@graph[1].offers`.
    pub(super) path: String,
}

/// A single value of a property.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    /// Neither a list nor a container of one.
    pub(super) value: &'a Value,
    /// Its place.
    pub(super) path: String,
}

/// The document's nodes by name.
pub(super) struct Graph<'a> {
    /// The nodes at the top and in `@graph`.
    pub(super) roots: Vec<Node<'a>>,
    by_id: HashMap<&'a str, Node<'a>>,
}

impl Document {
    /// Reads a file's bytes.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Broken> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(Broken::whole(format!(
                "the file has {} bytes, more than the {FILE_BYTES_MAX} that are read",
                bytes.len()
            )));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
            Broken { at: Some((line, column)), reason: "this is not UTF-8 text".into() }
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let roots = if text.trim_start().starts_with('<') {
            html::scripts(text)?
                .into_iter()
                .enumerate()
                .map(|(index, value)| (format!("script[{index}]"), value))
                .collect()
        } else {
            vec![(String::new(), parse(text, (1, 1))?)]
        };
        Ok(Self { roots })
    }

    /// The document's nodes.
    pub(super) fn graph(&self) -> Graph<'_> {
        let mut graph = Graph { roots: vec![], by_id: HashMap::new() };
        for (path, value) in &self.roots {
            for found in flatten(value, path) {
                let Value::Object(map) = found.value else { continue };
                graph.roots.push(Node { map, path: found.path.clone() });
                let Some(inner) = map.get("@graph") else { continue };
                for found in flatten(inner, &join(&found.path, "@graph")) {
                    if let Value::Object(map) = found.value {
                        graph.roots.push(Node { map, path: found.path });
                    }
                }
            }
            index(value, path, &mut graph.by_id);
        }
        graph
    }
}

/// Parses JSON that begins at `start` (line and column) of its file.
pub(super) fn parse(text: &str, start: (usize, usize)) -> Result<Value, Broken> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = match (error.line(), error.column()) {
            // What a line break ends too early is reported at column 0 of the next line.
            (line, 0) if line > 1 => (line - 1, text.lines().nth(line - 2).map_or(0, str::len) + 1),
            at => at,
        };
        let column = if line <= 1 { column + start.1 - 1 } else { column };
        let reason = error.to_string();
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
        Broken { at: Some((line + start.0 - 1, column)), reason: format!("not JSON: {reason}") }
    })
}

fn index<'a>(value: &'a Value, path: &str, by_id: &mut HashMap<&'a str, Node<'a>>) {
    match value {
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| index(value, &format!("{path}[{at}]"), by_id));
        }
        Value::Object(map) => {
            if let Some(id) = map.get("@id").and_then(Value::as_str)
                && !is_reference(map)
            {
                by_id.entry(id).or_insert_with(|| Node { map, path: path.to_owned() });
            }
            map.iter().for_each(|(name, value)| index(value, &join(path, name), by_id));
        }
        _ => {}
    }
}

/// Whether an object only names another one.
fn is_reference(map: &Map<String, Value>) -> bool {
    map.contains_key("@id") && map.keys().all(|name| name == "@id" || name == "@type")
}

fn flatten<'a>(value: &'a Value, path: &str) -> Vec<Found<'a>> {
    match value {
        Value::Array(values) => {
            values.iter().enumerate().flat_map(|(at, value)| flatten(value, &format!("{path}[{at}]"))).collect()
        }
        Value::Object(map) => match map.get("@list").or_else(|| map.get("@set")) {
            Some(inner) => flatten(inner, path),
            None => vec![Found { value, path: path.to_owned() }],
        },
        Value::Null => vec![],
        _ => vec![Found { value, path: path.to_owned() }],
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A name of schema.org without what may stand before it.
pub(super) fn short(name: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

impl<'a> Node<'a> {
    /// What publishers call it, if they do.
    pub(super) fn id(&self) -> Option<&'a str> {
        self.map.get("@id").and_then(Value::as_str)
    }

    /// Its types, by their short names.
    pub(super) fn types(&self) -> Vec<&'a str> {
        match self.map.get("@type") {
            Some(Value::String(name)) => vec![short(name)],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(short).collect(),
            _ => vec![],
        }
    }

    /// Whether it has one of these types.
    pub(super) fn is_any(&self, names: &[&str]) -> bool {
        self.types().iter().any(|name| names.contains(name))
    }

    /// The single values of a property, as they stand in the document.
    pub(super) fn values(&self, name: &str) -> Vec<Found<'a>> {
        let written = self.map.iter().filter(|(key, _)| short(key) == name);
        written.flat_map(|(key, value)| flatten(value, &join(&self.path, key))).collect()
    }

    /// Whether the property is there with any value.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.values(name).is_empty()
    }

    /// The texts of a property, cleaned; numbers and the values of `@value` objects among them.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.values(name).iter().filter_map(Found::text).filter(|text| !text.is_empty()).collect()
    }

    /// The first text of a property.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.texts(name).into_iter().next()
    }

    /// The first number of a property, also where it is written as text.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.texts(name).iter().find_map(|text| text.parse().ok()).filter(|number: &f64| number.is_finite())
    }
}

impl Found<'_> {
    /// The value as cleaned text; `None` for a node, true or false.
    pub(super) fn text(&self) -> Option<String> {
        match self.value {
            Value::String(raw) => Some(text::clean(raw)),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(map) => match map.get("@value")? {
                Value::String(raw) => Some(text::clean(raw)),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'a> Graph<'a> {
    /// The nodes of a property, references followed; for what cannot be followed, the place and the reason.
    pub(super) fn nodes(&self, node: &Node<'a>, name: &str) -> Vec<Result<Node<'a>, (String, String)>> {
        node.values(name).into_iter().map(|found| self.node(&found)).collect()
    }

    /// The nodes of a property that are there.
    pub(super) fn nodes_found(&self, node: &Node<'a>, name: &str) -> Vec<Node<'a>> {
        self.nodes(node, name).into_iter().filter_map(Result::ok).collect()
    }

    fn node(&self, found: &Found<'a>) -> Result<Node<'a>, (String, String)> {
        let id = match found.value {
            Value::Object(map) if !is_reference(map) => return Ok(Node { map, path: found.path.clone() }),
            Value::Object(map) => map.get("@id").and_then(Value::as_str),
            Value::String(id) => Some(id.as_str()),
            _ => None,
        };
        let Some(id) = id else { return Err((found.path.clone(), "neither a thing nor the name of one".into())) };
        let known = self.by_id.get(id).cloned();
        known.ok_or_else(|| (found.path.clone(), format!("refers to {id:?}, which is not in this file")))
    }

    /// The values of the `additionalProperty` called `name`, in any case of letters.
    pub(super) fn property(&self, node: &Node<'a>, name: &str) -> Vec<String> {
        let properties = self.nodes_found(node, "additionalProperty").into_iter();
        let named = |property: &Node<'_>| property.text("name").is_some_and(|known| known.eq_ignore_ascii_case(name));
        properties.filter(named).flat_map(|property| property.texts("value")).collect()
    }
}
