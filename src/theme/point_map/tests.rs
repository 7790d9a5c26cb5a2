use super::layout::Mark;
use super::{Point, lay_out, svg};

fn points(places: &[(f64, f64, &str)]) -> Vec<Point> {
    places.iter().map(|(lat, lon, label)| Point { lat: *lat, lon: *lon, label: (*label).to_owned() }).collect()
}

/// Marks as `number name x,y`.
fn marks(places: &[(f64, f64, &str)]) -> Vec<String> {
    let layout = lay_out(&points(places)).unwrap();
    let name = |mark: &Mark| mark.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
    layout.marks.iter().map(|mark| format!("{}{} {:.0},{:.0}", mark.number, name(mark), mark.x, mark.y)).collect()
}

#[test]
fn no_points_are_no_map() {
    assert_eq!(lay_out(&[]), None);
}

#[test]
fn one_place_stands_in_the_middle() {
    assert_eq!(marks(&[(51.5, -0.1, "London")]), ["1 London 200,118"]);
}

#[test]
fn north_is_up_and_east_is_right_and_a_degree_is_as_long_as_it_is_there() {
    // At 60 degrees a degree of longitude is half as long as one of latitude.
    let found = lay_out(&points(&[(60.5, 0.0, "a"), (59.5, 0.0, "b"), (60.0, 2.0, "c")])).unwrap();
    let [a, b, c] = found.marks.as_slice() else { panic!("{found:?}") };
    assert!(a.y < b.y && (a.x - b.x).abs() < 0.01 && c.x > a.x, "{found:?}");
    assert!(((c.x - a.x) / (b.y - a.y) - 1.0).abs() < 0.01, "{found:?}");
}

#[test]
fn points_on_both_sides_of_the_180th_meridian_stay_together() {
    let found = lay_out(&points(&[(-17.0, 179.0, "Fiji"), (-14.0, -172.0, "Samoa")])).unwrap();
    assert!(found.marks[0].x < found.marks[1].x, "{found:?}");
    assert!(found.units_in_km > 0.2, "{found:?}");
}

#[test]
fn places_too_near_to_one_another_share_a_mark_and_follow_one_another_in_the_list() {
    let near = [(51.5, -0.1, "a"), (55.0, -3.0, "b"), (51.501, -0.1, "c"), (51.5, -0.101, "d")];
    let found = lay_out(&points(&near)).unwrap();
    assert_eq!(found.marks.iter().map(|mark| mark.number.as_str()).collect::<Vec<_>>(), ["1\u{2013}3", "4"]);
    assert_eq!(found.order, [0, 2, 3, 1]);
}

#[test]
fn names_overlap_neither_one_another_nor_the_edge() {
    let crowd: Vec<(f64, f64, String)> =
        (0..60).map(|at| (50.0 + f64::from(at % 8), f64::from(at / 8), format!("Place number {at}"))).collect();
    let crowd: Vec<(f64, f64, &str)> = crowd.iter().map(|(lat, lon, name)| (*lat, *lon, name.as_str())).collect();
    let found = lay_out(&points(&crowd)).unwrap();
    let boxes: Vec<(f64, f64, f64)> = found
        .marks
        .iter()
        .filter_map(|mark| mark.name.as_ref())
        .map(|name| {
            let wide = name.text.chars().count() as f64 * 7.84;
            let left = match name.anchor {
                "start" => name.x,
                "end" => name.x - wide,
                _ => name.x - wide / 2.0,
            };
            (left, left + wide, name.y)
        })
        .collect();
    assert!(!boxes.is_empty());
    for (at, (left, right, y)) in boxes.iter().enumerate() {
        assert!(*left >= 0.0 && *right <= 400.0, "{left} {right}");
        for (other_left, other_right, other_y) in &boxes[at + 1..] {
            let apart = right <= other_left || other_right <= left || (y - other_y).abs() > 14.0;
            assert!(apart, "{:?}", boxes[at]);
        }
    }
    assert_eq!(found.order.len(), 60);
}

#[test]
fn thousands_of_places_are_drawn_with_every_number_once() {
    let many: Vec<Point> = (0..3000)
        .map(|at| Point {
            lat: f64::from(at * 37 % 170) - 85.0,
            lon: f64::from(at * 91 % 360) - 180.0,
            label: String::new(),
        })
        .collect();
    let found = lay_out(&many).unwrap();
    let mut order = found.order.clone();
    order.sort_unstable();
    assert_eq!(order, (0..3000).collect::<Vec<_>>());
    for (at, mark) in found.marks.iter().enumerate() {
        for other in &found.marks[at + 1..] {
            let wide = mark.half_width() + other.half_width();
            assert!((mark.x - other.x).abs() >= wide || (mark.y - other.y).abs() >= 24.0, "{mark:?} {other:?}");
        }
        assert!((0.0..=400.0).contains(&mark.x) && (0.0..=found.height).contains(&mark.y), "{mark:?}");
    }
}

#[test]
fn the_poles_are_places_too() {
    for lat in [90.0, -90.0] {
        let found = lay_out(&points(&[(lat, 0.0, "a"), (lat, 120.0, "b")])).unwrap();
        assert!(found.marks.iter().all(|mark| mark.x.is_finite() && mark.y.is_finite()), "{found:?}");
    }
}

#[test]
fn the_drawing_holds_no_markup_of_an_author_and_a_scale_in_round_numbers() {
    let layout = lay_out(&points(&[(51.5, -0.1, "<b>&\"x\""), (51.9, 0.4, "b")])).unwrap();
    let drawn = svg(&layout, "\"><script>", |metres| format!("{metres} m"));
    assert!(drawn.contains("aria-label=\"&quot;&gt;&lt;script&gt;\""), "{drawn}");
    assert!(drawn.contains(">&lt;b&gt;&amp;\"x\"</text>"), "{drawn}");
    assert!(drawn.contains(">10000 m</text>"), "{drawn}");
}
