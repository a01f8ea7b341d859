//! HTTP requests as they pass by: enough of HTTP/1.1 to tell where one begins and ends.
//!
//! A browser sends no chunked bodies and does not pipeline, so a length is all a body needs. After an upgrade to a
//! WebSocket the bytes are no longer ours to read.

/// One request, exactly as it went over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `POST /api/commands HTTP/1.1`
    pub line: String,
    /// Header lines without the request line.
    pub headers: Vec<String>,
    /// The body's exact bytes.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|header| {
            let (key, value) = header.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The whole request as it went over the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let head: String = std::iter::once(&self.line).chain(&self.headers).map(|line| format!("{line}\r\n")).collect();
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }

    fn parse(head: &[u8]) -> Self {
        let text = String::from_utf8_lossy(head);
        let mut lines = text.lines().filter(|line| !line.is_empty()).map(str::to_owned);
        let line = lines.next().unwrap_or_default();
        Self { line, headers: lines.collect(), body: Vec::new() }
    }

    fn body_length(&self) -> usize {
        self.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0)
    }
}

/// What is to be done with the next bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A request begins; its head is in the `Pass` that follows.
    Begin(Request),
    /// Bytes to hand on as they are.
    Pass(Vec<u8>),
    /// A request was handed on whole.
    End(Request),
}

/// One connection's requests, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Conversation {
    state: State,
}

#[derive(Debug)]
enum State {
    Head(Vec<u8>),
    Body { request: Request, missing: usize },
    Upgraded,
}

impl Default for State {
    fn default() -> Self {
        State::Head(Vec::new())
    }
}

impl Conversation {
    /// Takes what the client sent; gives back what to do with it, in order.
    pub(crate) fn feed(&mut self, mut bytes: &[u8]) -> Vec<Step> {
        let mut steps = Vec::new();
        while !bytes.is_empty() {
            self.state = match std::mem::take(&mut self.state) {
                State::Head(mut head) => {
                    let before = head.len();
                    head.extend_from_slice(bytes);
                    let Some(end) = end_of_head(&head) else {
                        self.state = State::Head(head);
                        return steps;
                    };
                    bytes = &bytes[end - before..];
                    begin(&head[..end], &mut steps)
                }
                State::Body { mut request, missing } => {
                    let (part, rest) = bytes.split_at(missing.min(bytes.len()));
                    bytes = rest;
                    request.body.extend_from_slice(part);
                    steps.push(Step::Pass(part.to_vec()));
                    go_on(request, missing - part.len(), &mut steps)
                }
                State::Upgraded => {
                    steps.push(Step::Pass(std::mem::take(&mut bytes).to_vec()));
                    State::Upgraded
                }
            };
        }
        steps
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn begin(head: &[u8], steps: &mut Vec<Step>) -> State {
    let request = Request::parse(head);
    let upgraded = request.header("upgrade").is_some();
    let missing = request.body_length();
    steps.push(Step::Begin(request.clone()));
    steps.push(Step::Pass(head.to_vec()));
    if upgraded {
        steps.push(Step::End(request));
        return State::Upgraded;
    }
    go_on(request, missing, steps)
}

fn go_on(request: Request, missing: usize, steps: &mut Vec<Step>) -> State {
    if missing > 0 {
        return State::Body { request, missing };
    }
    steps.push(Step::End(request));
    State::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: &[u8] = b"POST /api/commands HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";

    fn ended(steps: Vec<Step>) -> Vec<Request> {
        steps.into_iter().filter_map(|step| if let Step::End(request) = step { Some(request) } else { None }).collect()
    }

    fn passed(steps: &[Step]) -> Vec<u8> {
        let bytes = |step: &Step| if let Step::Pass(bytes) = step { bytes.clone() } else { Vec::new() };
        steps.iter().flat_map(bytes).collect()
    }

    #[test]
    fn a_request_is_read_whole_however_it_is_cut() {
        for size in 1..POST.len() {
            let mut conversation = Conversation::default();
            let steps: Vec<Step> = POST.chunks(size).flat_map(|chunk| conversation.feed(chunk)).collect();
            assert_eq!(passed(&steps), POST);
            let requests = ended(steps);
            assert_eq!(requests.len(), 1);
            assert_eq!(requests[0].line, "POST /api/commands HTTP/1.1");
            assert_eq!(requests[0].body, b"hello");
            assert_eq!(requests[0].bytes(), POST);
        }
    }

    #[test]
    fn requests_on_one_connection_are_told_apart() {
        let mut conversation = Conversation::default();
        let twice = [POST, b"GET / HTTP/1.1\r\n\r\n", POST].concat();
        let lines: Vec<String> = ended(conversation.feed(&twice)).into_iter().map(|request| request.line).collect();
        assert_eq!(lines, ["POST /api/commands HTTP/1.1", "GET / HTTP/1.1", "POST /api/commands HTTP/1.1"]);
    }

    #[test]
    fn a_socket_is_left_alone_after_its_upgrade() {
        let mut conversation = Conversation::default();
        conversation.feed(b"GET /live HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
        assert_eq!(conversation.feed(POST), [Step::Pass(POST.to_vec())]);
    }
}
