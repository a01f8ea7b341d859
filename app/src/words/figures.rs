//! What a restaurant's days came to.

/// The screen, and the way to it.
pub fn figures() -> &'static str {
    "Figures by day"
}

/// Where the server is not there.
pub fn figures_need_network() -> &'static str {
    "Figures are added up on the server and not kept on this device, so they need the network. As soon as the server can be \
     reached, this page fills by itself."
}

/// Before the first order.
pub fn no_figures() -> &'static str {
    "There are none yet. A day is here soon after its first order."
}

/// On the way to the days before.
pub fn earlier_days() -> &'static str {
    "Earlier days"
}

/// On the way to the file.
pub fn figures_file() -> &'static str {
    "Keep as a file (CSV)"
}

/// How new the figures of a day are.
pub fn figures_as_of(when: &str, version: u32) -> String {
    match version {
        1 => format!("As of {when}."),
        version => format!("As of {when}, version {version}: what came later is in it."),
    }
}
