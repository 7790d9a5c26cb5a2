//! Where each point comes to stand, which of them share a mark, and which names find room.

use super::Point;

/// The width of a map in its own units: about the pixels that it has on a telephone, so that letters stay readable.
pub const WIDTH: f64 = 400.0;
const LEAST_HEIGHT: f64 = 210.0;
const MOST_HEIGHT: f64 = 480.0;
/// Between the outermost points and the edge: half a mark, and air.
const EDGE: f64 = 36.0;
/// Below the points, for the scale.
const FOOT: f64 = 26.0;
/// A map of one place shows its surroundings, this many kilometres across.
const LEAST_KM: f64 = 2.0;
/// Kilometres in a degree of latitude (mean radius 6371 km).
const KM_IN_DEGREE: f64 = 111.195;
/// Half the height of a mark.
pub const RADIUS: f64 = 12.0;
/// Between two marks; those that would stand nearer to one another become one.
const AIR: f64 = 3.0;
/// Letters of names, in units: their height, and their usual width.
pub const LETTER: f64 = 14.0;
const LETTER_WIDTH: f64 = 0.56 * LETTER;
/// A longer name is left to the list.
const LONGEST_NAME: usize = 24;

/// A map, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub height: f64,
    pub units_in_km: f64,
    pub marks: Vec<Mark>,
    /// The numbers of the points in the order of their marks: what stands on the first mark, on the second, and so on.
    pub order: Vec<usize>,
}

/// A sign for one place, or for several that are too near to one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub x: f64,
    pub y: f64,
    /// `3`, or `3–7` where it stands for several: numbers in the list.
    pub number: String,
    pub name: Option<Name>,
}

/// A name beside its mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub text: String,
    /// The middle of the text's line.
    pub x: f64,
    pub y: f64,
    pub anchor: &'static str,
}

/// Half of how wide a mark with so many signs is.
fn half_width(signs: usize) -> f64 {
    RADIUS.max(signs as f64 * 4.0 + 6.0)
}

impl Mark {
    /// Half of how wide the mark is.
    pub fn half_width(&self) -> f64 {
        half_width(self.number.chars().count())
    }

    fn space(&self) -> Space {
        Space { left: self.x - self.half_width(), right: self.x + self.half_width(), y: self.y, half: RADIUS }
    }
}

/// A box that is taken.
#[derive(Debug, Clone, Copy)]
struct Space {
    left: f64,
    right: f64,
    y: f64,
    half: f64,
}

impl Space {
    fn touches(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && (self.y - other.y).abs() < self.half + other.half
    }
}

/// Lays a map out; none without points.
pub fn lay_out(points: &[Point]) -> Option<Layout> {
    let Projected { places, height, units_in_km } = project(points)?;
    let clusters = cluster(&places);
    let mut order = Vec::with_capacity(points.len());
    let mut marks: Vec<Mark> = Vec::with_capacity(clusters.len());
    for members in &clusters {
        let first = order.len() + 1;
        order.extend_from_slice(members);
        let last = order.len();
        let count = members.len() as f64;
        let middle = |of: fn(&(f64, f64)) -> f64| members.iter().map(|at| of(&places[*at])).sum::<f64>() / count;
        marks.push(Mark {
            x: middle(|place| place.0),
            y: middle(|place| place.1),
            number: if first == last { first.to_string() } else { format!("{first}\u{2013}{last}") },
            name: None,
        });
    }
    let mut taken: Vec<Space> = marks.iter().map(Mark::space).collect();
    for (at, members) in clusters.iter().enumerate() {
        let [only] = members.as_slice() else { continue };
        marks[at].name = name_beside(&marks[at], &points[*only].label, height, &mut taken);
    }
    Some(Layout { height, units_in_km, marks, order })
}

/// Points as they come to stand.
struct Projected {
    places: Vec<(f64, f64)>,
    height: f64,
    units_in_km: f64,
}

/// Each point in units, the map's height, and how many units a kilometre has. Equirectangular, true at the middle
/// latitude: right enough for what a campaign covers, and north is up everywhere.
fn project(points: &[Point]) -> Option<Projected> {
    let lats = || points.iter().map(|point| point.lat);
    let (south, north) = (lats().reduce(f64::min)?, lats().reduce(f64::max)?);
    let lons = || points.iter().map(|point| point.lon);
    let span = lons().reduce(f64::max)? - lons().reduce(f64::min)?;
    // Where the 180th meridian runs through the points, those west of it are taken to lie further east.
    let lon = |point: &Point| if span > 180.0 && point.lon < 0.0 { point.lon + 360.0 } else { point.lon };
    let (west, east) = (points.iter().map(lon).reduce(f64::min)?, points.iter().map(lon).reduce(f64::max)?);
    let km_east = KM_IN_DEGREE * ((south + north) / 2.0).to_radians().cos().max(0.01);
    let (wide, high) = (((east - west) * km_east).max(LEAST_KM), ((north - south) * KM_IN_DEGREE).max(LEAST_KM / 2.0));
    let inner = WIDTH - 2.0 * EDGE;
    let units_in_km = (inner / wide).min((MOST_HEIGHT - 2.0 * EDGE) / high);
    let height = (high * units_in_km + 2.0 * EDGE).clamp(LEAST_HEIGHT, MOST_HEIGHT).round();
    let (middle_lat, middle_lon) = ((south + north) / 2.0, (west + east) / 2.0);
    let place = |point: &Point| {
        let x = WIDTH / 2.0 + (lon(point) - middle_lon) * km_east * units_in_km;
        let y = height / 2.0 - (point.lat - middle_lat) * KM_IN_DEGREE * units_in_km;
        (x, y)
    };
    Some(Projected { places: points.iter().map(place).collect(), height: height + FOOT, units_in_km })
}

/// The points of one mark, and their middle.
struct Cluster {
    members: Vec<usize>,
    x: f64,
    y: f64,
}

impl Cluster {
    /// Whether the marks of two clusters would touch; `digits` is how long the largest number is.
    fn touches(&self, other: &Self, digits: usize) -> bool {
        let half = |cluster: &Self| half_width(if cluster.members.len() > 1 { 2 * digits + 1 } else { digits });
        (self.x - other.x).abs() < half(self) + half(other) + AIR && (self.y - other.y).abs() < 2.0 * RADIUS + AIR
    }

    fn take_in(&mut self, other: Self) {
        let (own, new) = (self.members.len() as f64, other.members.len() as f64);
        let between = |a: f64, b: f64| (a * own + b * new) / (own + new);
        (self.x, self.y) = (between(self.x, other.x), between(self.y, other.y));
        self.members.extend(other.members);
    }
}

/// The points that share marks, in the order of the first of each.
fn cluster(places: &[(f64, f64)]) -> Vec<Vec<usize>> {
    let digits = places.len().to_string().len();
    let mut clusters: Vec<Cluster> = Vec::new();
    for (number, (x, y)) in places.iter().copied().enumerate() {
        let one = Cluster { members: vec![number], x, y };
        match clusters.iter_mut().find(|cluster| cluster.touches(&one, digits)) {
            Some(cluster) => cluster.take_in(one),
            None => clusters.push(one),
        }
    }
    // Marks grow and move as points join them, so that two may have come together.
    while let Some((kept, joined)) = pair(&clusters, digits) {
        let other = clusters.remove(joined);
        clusters[kept].take_in(other);
    }
    let sorted = |mut cluster: Cluster| {
        cluster.members.sort_unstable();
        cluster.members
    };
    clusters.into_iter().map(sorted).collect()
}

fn pair(clusters: &[Cluster], digits: usize) -> Option<(usize, usize)> {
    clusters.iter().enumerate().find_map(|(at, cluster)| {
        let other = clusters[at + 1..].iter().position(|other| cluster.touches(other, digits))?;
        Some((at, at + 1 + other))
    })
}

/// Where a name finds room beside its mark: after it, before it, above or below.
fn name_beside(mark: &Mark, label: &str, height: f64, taken: &mut Vec<Space>) -> Option<Name> {
    let text = label.trim();
    let letters = text.chars().count();
    if letters == 0 || letters > LONGEST_NAME {
        return None;
    }
    let wide = text.chars().map(|c| if c >= '\u{1100}' { LETTER } else { LETTER_WIDTH }).sum::<f64>();
    let aside = mark.half_width() + 6.0;
    let above = RADIUS + LETTER * 0.75;
    let spots = [
        ("start", mark.x + aside, mark.y, mark.x + aside),
        ("end", mark.x - aside, mark.y, mark.x - aside - wide),
        ("middle", mark.x, mark.y - above, mark.x - wide / 2.0),
        ("middle", mark.x, mark.y + above, mark.x - wide / 2.0),
    ];
    for (anchor, x, y, left) in spots {
        let space = Space { left, right: left + wide, y, half: LETTER * 0.6 };
        let inside = left >= 4.0 && space.right <= WIDTH - 4.0 && y >= LETTER && y <= height - FOOT - LETTER * 0.5;
        if inside && !taken.iter().any(|other| other.touches(&space)) {
            taken.push(space);
            return Some(Name { text: text.to_owned(), x, y, anchor });
        }
    }
    None
}
