//! As much of the WebAssembly binary format as a build needs: its sections. The format is section 5 of the WebAssembly core
//! specification.

/// Magic number and version.
const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;

/// The module without its custom sections: names and notes that no browser needs. `None` for what is no module.
pub(crate) fn without_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    let mut bare = HEADER.to_vec();
    for section in sections(module)? {
        if section.id != CUSTOM {
            bare.extend_from_slice(section.whole);
        }
    }
    Some(bare)
}

struct Section<'a> {
    id: u8,
    /// With id and length.
    whole: &'a [u8],
}

fn sections(module: &[u8]) -> Option<Vec<Section<'_>>> {
    let mut rest = module.strip_prefix(HEADER)?;
    let mut sections = Vec::new();
    while !rest.is_empty() {
        let start = rest;
        let id = take(&mut rest, 1)?[0];
        let length = number(&mut rest)?;
        take(&mut rest, length)?;
        sections.push(Section { id, whole: &start[..start.len() - rest.len()] });
    }
    Some(sections)
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

/// An unsigned LEB128 of at most 32 bits.
fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A custom section, then one that exports table 1 as "t" and memory 0 as "m".
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x00\x05\x04name\x07\x09\x02\x01t\x01\x01\x01m\x02\x00";

    #[test]
    fn what_no_browser_needs_is_taken_out() {
        let bare = without_custom_sections(MODULE).expect("it is a module");
        assert_eq!(bare, [HEADER, b"\x07\x09\x02\x01t\x01\x01\x01m\x02\x00"].concat());
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert_eq!(without_custom_sections(b"<html>"), None);
        assert_eq!(without_custom_sections(&MODULE[..MODULE.len() - 1]), None);
    }
}
