//! A photo made small enough to be sent from a stairwell: at most [`EDGE_MAX`] pixels wide and high, as a JPEG. What the camera
//! wrote beside the picture, such as where it was taken, is left behind: only what is drawn goes on.

use domain::delivery::proof::PHOTO_BYTES_MAX;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use crate::words;

/// The most pixels of an edge: a house number is read at it.
const EDGE_MAX: f64 = 1600.0;

/// The edge of the small picture in the list.
const PREVIEW_EDGE_MAX: f64 = 160.0;

/// The largest file that is read at all, in bytes: more pixels than a phone's camera has.
const FILE_BYTES_MAX: f64 = 40.0 * 1024.0 * 1024.0;

/// How well it is drawn, the best first; the next where it is too large.
const QUALITIES: [f64; 4] = [0.82, 0.7, 0.55, 0.4];

/// A picture, ready to be kept.
pub(super) struct Picture {
    pub(super) bytes: Vec<u8>,
    /// The same in small, as a `data:` address.
    pub(super) preview: String,
}

/// The picture in `file`, made small.
///
/// # Errors
/// A sentence for a person.
pub(super) async fn small(file: &Blob) -> Result<Picture, String> {
    if file.size() > FILE_BYTES_MAX {
        return Err(words::proof_huge().to_owned());
    }
    let unreadable = |_| words::proof_unreadable().to_owned();
    let decoding = leptos::prelude::window().create_image_bitmap_with_blob(file).map_err(unreadable)?;
    let bitmap: ImageBitmap = JsFuture::from(decoding).await.map_err(unreadable)?.unchecked_into();
    let mut edge = EDGE_MAX;
    loop {
        let canvas = drawn(&bitmap, edge).map_err(unreadable)?;
        for quality in QUALITIES {
            let bytes = jpeg(&canvas, quality).await.map_err(unreadable)?;
            if bytes.len() <= PHOTO_BYTES_MAX {
                let preview = drawn(&bitmap, PREVIEW_EDGE_MAX).and_then(|canvas| data_url(&canvas, "image/jpeg"));
                bitmap.close();
                return Ok(Picture { bytes, preview: preview.map_err(unreadable)? });
            }
        }
        // Noise can be as large as that: it is drawn smaller still.
        edge /= 2.0;
    }
}

fn drawn(bitmap: &ImageBitmap, edge_max: f64) -> Result<HtmlCanvasElement, JsValue> {
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (edge_max / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let (canvas, pen) = canvas(width as u32, height as u32)?;
    pen.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

/// A white sheet of so many pixels that is nowhere on the page.
pub(super) fn canvas(width: u32, height: u32) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
    let canvas: HtmlCanvasElement = leptos::prelude::document().create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    pen.set_fill_style_str("#ffffff");
    pen.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    Ok((canvas, pen))
}

/// The sheet as a small address of its own.
pub(super) fn data_url(canvas: &HtmlCanvasElement, kind: &str) -> Result<String, JsValue> {
    canvas.to_data_url_with_type_and_encoder_options(kind, &0.6.into())
}

async fn jpeg(canvas: &HtmlCanvasElement, quality: f64) -> Result<Vec<u8>, JsValue> {
    encoded(canvas, "image/jpeg", quality).await
}

/// The sheet as a file.
pub(super) async fn encoded(canvas: &HtmlCanvasElement, kind: &str, quality: f64) -> Result<Vec<u8>, JsValue> {
    let making = Promise::new(&mut |done, failed| {
        let refused = failed.clone();
        let made = Closure::once_into_js(move |blob: Option<Blob>| match blob {
            Some(blob) => done.call1(&JsValue::NULL, &blob),
            None => refused.call0(&JsValue::NULL),
        });
        let asked = canvas.to_blob_with_type_and_encoder_options(made.unchecked_ref(), kind, &quality.into());
        if asked.is_err() {
            drop(failed.call0(&JsValue::NULL));
        }
    });
    let blob: Blob = JsFuture::from(making).await?.unchecked_into();
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
