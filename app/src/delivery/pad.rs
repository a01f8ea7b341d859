//! A pad to sign on, with a finger, a pen or a mouse. It is a white sheet by day and by night, and what is kept is a picture of it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::photo::{Picture, canvas, data_url, encoded};
use crate::words;

/// The sheet's size in the picture, in pixels; on the screen it is as wide as there is room.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 320;

/// How thick the line is.
const LINE: f64 = 4.0;

/// The most points of a signature: a minute of scribbling.
const POINTS_MAX: usize = 4_000;

/// A line from where the pen came down to where it went up.
type Stroke = Vec<(f64, f64)>;

/// What is drawn on a pad.
#[derive(Clone, Copy)]
pub(super) struct Drawing(RwSignal<Vec<Stroke>>);

impl Drawing {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(vec![]))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.with(|strokes| strokes.iter().all(|stroke| stroke.len() < 2))
    }

    /// The last line goes.
    pub(super) fn undo(self) {
        self.0.update(|strokes| drop(strokes.pop()));
    }

    pub(super) fn clear(self) {
        self.0.set(vec![]);
    }

    /// A picture of it.
    ///
    /// # Errors
    /// A sentence for a person.
    pub(super) async fn picture(self) -> Result<Picture, String> {
        if untrack(|| self.is_empty()) {
            return Err(words::proof_nothing_signed().to_owned());
        }
        let unreadable = |_| words::proof_unreadable().to_owned();
        let (sheet, pen) = canvas(WIDTH, HEIGHT).map_err(unreadable)?;
        self.0.with_untracked(|strokes| draw(&pen, strokes));
        let bytes = encoded(&sheet, "image/png", 1.0).await.map_err(unreadable)?;
        let (small, pen) = canvas(WIDTH / 4, HEIGHT / 4).map_err(unreadable)?;
        let (width, height) = (f64::from(WIDTH / 4), f64::from(HEIGHT / 4));
        let preview = pen
            .draw_image_with_html_canvas_element_and_dw_and_dh(&sheet, 0.0, 0.0, width, height)
            .and_then(|()| data_url(&small, "image/png"));
        Ok(Picture { bytes, preview: preview.map_err(unreadable)? })
    }
}

fn draw(pen: &CanvasRenderingContext2d, strokes: &[Stroke]) {
    pen.set_fill_style_str("#ffffff");
    pen.fill_rect(0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
    pen.set_stroke_style_str("#16110c");
    pen.set_line_width(LINE);
    pen.set_line_cap("round");
    pen.set_line_join("round");
    for stroke in strokes {
        pen.begin_path();
        for (index, (x, y)) in stroke.iter().enumerate() {
            if index == 0 { pen.move_to(*x, *y) } else { pen.line_to(*x, *y) }
        }
        pen.stroke();
    }
}

/// Where the pen is, in the picture's pixels.
fn place(canvas: &HtmlCanvasElement, event: &ev::PointerEvent) -> (f64, f64) {
    let sheet = canvas.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()) - sheet.left(), f64::from(event.client_y()) - sheet.top());
    (x * f64::from(WIDTH) / sheet.width().max(1.0), y * f64::from(HEIGHT) / sheet.height().max(1.0))
}

#[component]
pub(super) fn Pad(drawing: Drawing) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let Drawing(strokes) = drawing;
    Effect::new(move |_| {
        let Some(canvas) = node.get() else { return };
        let Ok(Some(pen)) = canvas.get_context("2d") else { return };
        let pen: CanvasRenderingContext2d = pen.unchecked_into();
        strokes.with(|strokes| draw(&pen, strokes));
    });
    let is_down = StoredValue::new(false);
    let points = move || strokes.with_untracked(|strokes| strokes.iter().map(Vec::len).sum::<usize>());
    let down = move |event: ev::PointerEvent| {
        let Some(canvas) = node.get_untracked() else { return };
        event.prevent_default();
        // A line goes on where the finger leaves the sheet; a browser that cannot follow it ends it there.
        let _: Result<(), JsValue> = canvas.set_pointer_capture(event.pointer_id());
        is_down.set_value(true);
        strokes.update(|strokes| strokes.push(vec![place(&canvas, &event)]));
    };
    let moved = move |event: ev::PointerEvent| {
        let Some(canvas) = node.get_untracked().filter(|_| is_down.get_value() && points() < POINTS_MAX) else {
            return;
        };
        strokes.update(|strokes| {
            if let Some(stroke) = strokes.last_mut() {
                stroke.push(place(&canvas, &event));
            }
        });
    };
    let up = move |_: ev::PointerEvent| is_down.set_value(false);
    view! {
        <canvas node_ref=node class="pad" width=WIDTH.to_string() height=HEIGHT.to_string() role="img"
            aria-label=words::proof_pad() data-test="pad" on:pointerdown=down on:pointermove=moved on:pointerup=up
            on:pointercancel=up></canvas>
    }
}
