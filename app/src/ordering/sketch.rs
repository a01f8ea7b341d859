//! A picture of where things are, without a map: a map of a town is another's, weighs more than the app, and is not there in a cellar.

use domain::delivery::Place;

/// How wide and high the picture is, in its own units.
pub(super) const SIZE: (f64, f64) = (320.0, 170.0);

/// What stays free at each edge, so that no mark is cut off.
const EDGE: f64 = 26.0;

/// The least that the picture shows across, in metres: two who are in one house do not seem to be far apart.
const ACROSS_MIN_M: f64 = 320.0;

/// Where each of some places is in the picture, from left and top.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sketch {
    pub(super) marks: Vec<(f64, f64)>,
    /// How long the bar is that tells the scale, in units of the picture, and what it stands for in metres.
    pub(super) bar: (f64, u32),
}

impl Sketch {
    /// North is up. All that is to be seen is, whatever lies between: one place alone is in the middle.
    pub(super) fn of(places: &[Place]) -> Self {
        let first = places.first().copied().unwrap_or(Place(0.0, 0.0));
        let metres: Vec<_> = places.iter().map(|place| first.metres_east_and_north_to(*place)).collect();
        let range = |of: fn(&(f64, f64)) -> f64| {
            let all = metres.iter().map(of);
            all.fold((0.0_f64, 0.0_f64), |(least, most), one| (least.min(one), most.max(one)))
        };
        let ((west, east), (south, north)) = (range(|at| at.0), range(|at| at.1));
        let (wide, high) = (SIZE.0 - 2.0 * EDGE, SIZE.1 - 2.0 * EDGE);
        let per_unit = ((east - west) / wide).max((north - south) / high).max(ACROSS_MIN_M / wide);
        let mark = |(right, up): &(f64, f64)| {
            let from_middle = (right - f64::midpoint(west, east), f64::midpoint(south, north) - up);
            (SIZE.0 / 2.0 + from_middle.0 / per_unit, SIZE.1 / 2.0 + from_middle.1 / per_unit)
        };
        let bar_m = round_below(wide / 3.0 * per_unit);
        Self { marks: metres.iter().map(mark).collect(), bar: (f64::from(bar_m) / per_unit, bar_m) }
    }
}

/// The longest of 10, 20, 50, 100, 200… metres that is not longer.
fn round_below(metres: f64) -> u32 {
    let steps = (1..=7).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u32.pow(power)));
    steps.take_while(|step| f64::from(*step) <= metres).last().unwrap_or(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KITCHEN: Place = Place(52.5200, 13.4000);

    fn is_inside((x, y): (f64, f64)) -> bool {
        (EDGE - 0.01..=SIZE.0 - EDGE + 0.01).contains(&x) && (EDGE - 0.01..=SIZE.1 - EDGE + 0.01).contains(&y)
    }

    #[test]
    fn north_is_up_and_all_is_to_be_seen() {
        let north_east = Place(52.5300, 13.4300);
        let sketch = Sketch::of(&[KITCHEN, north_east]);
        let [kitchen, driver] = sketch.marks[..] else { panic!("two") };
        assert!(driver.0 > kitchen.0 && driver.1 < kitchen.1, "{sketch:?}");
        assert!(is_inside(kitchen) && is_inside(driver), "{sketch:?}");
        assert_eq!(sketch.bar.1, 500, "{sketch:?}");
        let around = [KITCHEN, Place(52.60, 13.40), Place(52.50, 13.10), Place(52.52, 13.90)];
        assert!(Sketch::of(&around).marks.into_iter().all(is_inside));
    }

    #[test]
    fn who_is_at_the_kitchen_is_in_the_middle_with_it() {
        let sketch = Sketch::of(&[KITCHEN, KITCHEN]);
        assert_eq!(sketch.marks, [(160.0, 85.0); 2]);
        assert_eq!(sketch.bar.1, 100);
        assert_eq!(Sketch::of(&[]).marks, []);
    }

    #[test]
    fn the_bar_is_as_long_as_it_says() {
        let there = Place(52.5200, 13.4500);
        let sketch = Sketch::of(&[KITCHEN, there]);
        let units = sketch.marks[1].0 - sketch.marks[0].0;
        let metres = f64::from(KITCHEN.metres_to(there));
        assert!((sketch.bar.0 / units - f64::from(sketch.bar.1) / metres).abs() < 0.001, "{sketch:?}");
    }
}
