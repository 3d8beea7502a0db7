use rten_tensor::{NdTensorView, prelude::*};

use crate::alphabet::Alphabet;

/// A character as the recogniser saw it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Seen {
    pub text: char,
    pub probability: f32,
    /// The steps it was seen in, first and past the last.
    pub from: usize,
    pub to: usize,
    /// How probable a space was at most between the character before and this one.
    pub space_before: f32,
}

/// The likeliest class of each step; repeats joined, blanks dropped (connectionist temporal classification,
/// Graves et al. 2006, best path decoding). A character is as probable as its surest step.
pub(crate) fn best_path(steps: NdTensorView<f32, 2>, alphabet: &Alphabet) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    let mut previous = usize::MAX;
    let space = alphabet.len() - 1;
    let mut space_before = 0.0f32;
    for step in 0..steps.size(0) {
        let mut best = (0, f32::MIN);
        for class in 0..steps.size(1) {
            let probability = steps[[step, class]];
            if probability > best.1 {
                best = (class, probability);
            }
        }
        let (class, probability) = best;
        if let Some(text) = alphabet.character(class) {
            match seen.last_mut() {
                Some(last) if class == previous => {
                    last.probability = last.probability.max(probability);
                    last.to = step + 1;
                }
                _ => {
                    seen.push(Seen { text, probability, from: step, to: step + 1, space_before });
                    space_before = 0.0;
                }
            }
        } else {
            space_before = space_before.max(steps[[step, space]]);
        }
        previous = class;
    }
    seen
}

#[cfg(test)]
mod tests {
    use rten_tensor::NdTensor;

    use super::*;

    #[test]
    fn repeats_are_joined_and_blanks_part_doubles() {
        let alphabet = Alphabet::from_lines("a\nb\n");
        // blank, a, b, space
        let steps = [
            [0.1, 0.8, 0.1, 0.0],
            [0.0, 0.9, 0.1, 0.0],
            [0.9, 0.1, 0.0, 0.0],
            [0.2, 0.7, 0.1, 0.0],
            [0.1, 0.1, 0.1, 0.7],
            [0.1, 0.1, 0.6, 0.2],
        ];
        let steps = NdTensor::from(steps);
        let seen = best_path(steps.view(), &alphabet);
        assert_eq!(seen.iter().map(|s| s.text).collect::<String>(), "aa b");
        assert_eq!((seen[0].from, seen[0].to, seen[0].probability), (0, 2, 0.9));
        assert_eq!((seen[3].from, seen[3].to, seen[3].probability), (5, 6, 0.6));
    }
}
