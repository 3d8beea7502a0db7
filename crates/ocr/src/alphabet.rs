/// The characters of a recogniser's classes: blank first, as CTC has it, the space last.
pub(crate) struct Alphabet(Vec<char>);

impl Alphabet {
    /// From one character a line. An entry of several characters stands for its first, an empty one for a
    /// space, so that the classes keep their places.
    pub fn from_lines(lines: &str) -> Alphabet {
        let listed =
            lines.strip_suffix('\n').unwrap_or(lines).split('\n').map(|line| line.chars().next().unwrap_or(' '));
        Alphabet(std::iter::once('\0').chain(listed).chain(std::iter::once(' ')).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// `None` for blank.
    pub fn character(&self, class: usize) -> Option<char> {
        self.0.get(class).copied().filter(|c| *c != '\0')
    }
}
