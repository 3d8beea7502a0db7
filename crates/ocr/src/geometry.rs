/// A line of text on a page image, in its pixels: a rectangle turned about its centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TextBox {
    pub centre: [f32; 2],
    /// Extent along the direction of reading.
    pub width: f32,
    pub height: f32,
    /// Direction of reading in radians, clockwise from the x axis.
    pub angle: f32,
}

impl TextBox {
    /// The point at the shares `u` along and `v` across the box; (0, 0) is the top left of the text.
    pub fn at(&self, u: f32, v: f32) -> [f32; 2] {
        let (sin, cos) = self.angle.sin_cos();
        let (x, y) = ((u - 0.5) * self.width, (v - 0.5) * self.height);
        [self.centre[0] + x * cos - y * sin, self.centre[1] + x * sin + y * cos]
    }

    /// The corners of the part between the shares `from` and `to`, clockwise from the top left of the text.
    pub fn corners_between(&self, from: f32, to: f32) -> [[f64; 2]; 4] {
        [self.at(from, 0.0), self.at(to, 0.0), self.at(to, 1.0), self.at(from, 1.0)]
            .map(|[x, y]| [f64::from(x), f64::from(y)])
    }

    /// The same text read from its other end, as on a page that lies upside down.
    pub fn reversed(&self) -> TextBox {
        TextBox { angle: self.angle + std::f32::consts::PI, ..*self }
    }
}

/// An upright part of an image in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}
