//! The rule system: what each feature speaks for, in natural logarithms of odds against "none". Set by hand;
//! learned weights start from here.

use domain::document_type::{FieldDefinition, Kind};

use crate::features::Features;

pub fn rule(field: &FieldDefinition, features: &Features) -> f64 {
    let (bias, priors) = of(field.kind);
    let expected = if field.required { REQUIRED } else { 0.0 };
    bias + expected + features.iter().map(|(name, value)| value * prior(priors, name)).sum::<f64>()
}

/// Features of the place where a field tends to stand, the same for every kind.
const TENDS: &str = "tends_";

/// A required field is likely to be there.
const REQUIRED: f64 = 1.0;

fn prior(priors: &[(&str, f64)], name: &str) -> f64 {
    if name.starts_with(TENDS) {
        return 0.7;
    }
    priors.iter().find(|(known, _)| *known == name).map_or(0.0, |(_, prior)| *prior)
}

fn of(kind: Kind) -> (f64, &'static [(&'static str, f64)]) {
    match kind {
        Kind::Date => (1.0, DATE),
        Kind::Amount => (-3.0, AMOUNT),
        Kind::Currency => (-1.0, CURRENCY),
        Kind::Identifier => (-3.0, IDENTIFIER),
        Kind::Name => (-1.0, NAME),
        Kind::Address => (-2.0, ADDRESS),
        Kind::Text => (-1.0, TEXT),
    }
}

const DATE: &[(&str, f64)] = &[
    ("label_left_strong", 3.0),
    ("label_left_usual", 2.5),
    ("label_left_weak", 0.8),
    ("label_left_against", -3.0),
    ("label_above_strong", 2.0),
    ("label_above_usual", 1.5),
    ("label_above_against", -2.0),
    ("label_left_is_receipt_number", 0.0),
    ("time_beside", 1.5),
    ("ambiguous", 0.0),
    ("compact", -1.5),
    ("damaged", -2.0),
    ("first_date", 0.7),
    ("depth", -0.3),
    ("label_left_is_count", -1.0),
];

const AMOUNT: &[(&str, f64)] = &[
    ("label_left_strong", 6.2),
    ("label_left_usual", 4.5),
    ("label_left_weak", 1.5),
    ("label_left_against", -1.0),
    ("label_above_strong", 3.0),
    ("label_above_usual", 2.5),
    ("label_above_weak", 0.5),
    ("label_above_against", -1.0),
    ("label_left_is_payment", -1.0),
    ("label_left_is_change", -4.0),
    ("label_left_is_adjustment", -3.0),
    ("label_left_is_count", -2.0),
    ("label_left_is_subtotal", -1.0),
    ("label_left_is_tax", -2.0),
    ("label_left_is_total", -2.0),
    ("label_above_is_change", -2.0),
    ("label_above_is_payment", -0.5),
    ("label_above_is_tax", -1.0),
    ("label_above_is_total", -1.0),
    ("largest", 1.5),
    ("largest_of_all", 0.2),
    ("largest_of_others", -1.5),
    ("completes_largest", 1.2),
    ("cash_less_change", 2.5),
    ("rounded", 2.5),
    ("before_rounding", -2.5),
    ("repeated", 0.4),
    ("followed_by_amount", -1.0),
    ("after_amount", -1.0),
    ("relative_height", 0.6),
    ("no_decimals", -2.0),
    ("zero", -3.0),
    ("negative", -2.0),
    ("label_distance", -0.5),
    ("currency", 0.3),
];

const CURRENCY: &[(&str, f64)] = &[("known_sign", 2.5), ("at_number", 1.5), ("in_parentheses", 0.7)];

const IDENTIFIER: &[(&str, f64)] = &[
    ("label_left_strong", 4.5),
    ("label_left_usual", 2.8),
    ("label_left_weak", 0.5),
    ("label_left_against", -5.0),
    ("label_above_strong", 3.0),
    ("label_above_usual", 1.5),
    ("label_left_is_count", -2.0),
    ("label_left_is_date", -1.5),
    ("label_left_is_total", -2.0),
    ("clock", -3.0),
    ("money", -2.0),
    ("short", -1.5),
    ("digits", 0.8),
    ("label_distance", -0.8),
];

const NAME: &[(&str, f64)] = &[
    ("label_left_strong", 3.0),
    ("label_left_usual", 2.5),
    ("row", -0.45),
    ("first_row", 0.3),
    ("merged_rows", -1.5),
    ("legal_form", 3.5),
    ("legal_form_inside", -3.0),
    ("form_completed", 2.5),
    ("bare_row", -2.0),
    ("numbered_row", -4.0),
    ("begins_in_parentheses", -2.0),
    ("goes_on_in_parentheses", 1.5),
    ("parentheses_follow", -0.5),
    ("only_form", -2.0),
    ("form_follows", -1.5),
    ("legal_form_follows", -1.0),
    ("trade_word", 2.0),
    ("address_word", -3.0),
    ("postcode", -3.0),
    ("contact", -3.0),
    ("registration", -3.5),
    ("title", -4.0),
    ("table", -2.0),
    ("digit_share", -4.0),
    ("short", -2.0),
    ("long", -2.0),
    ("before_registration", 1.5),
    ("before_address", 1.3),
    ("near_address", 0.6),
    ("relative_height", 1.0),
    ("uneven_heights", -1.0),
    ("web", -3.0),
    ("label_left_against", -2.0),
];

const ADDRESS: &[(&str, f64)] = &[
    ("label_left_usual", 1.5),
    ("label_left_against", -3.0),
    ("label_above_against", -3.0),
    ("label_above_usual", 1.0),
    ("address_rows", 1.0),
    ("address_words", 0.3),
    ("place_rows", 1.0),
    ("postcode_rows", 1.2),
    ("silent_rows", -0.2),
    ("begins_silent", -1.5),
    ("ends_silent", -1.0),
    ("date_rows", -4.0),
    ("number_inside", -2.5),
    ("begins_in_parentheses", -2.0),
    ("name_rows", -4.0),
    ("trade_rows", -1.0),
    ("contact_rows", -4.0),
    ("registration_rows", -4.0),
    ("title_rows", -3.0),
    ("table_rows", -1.0),
    ("money_rows", -4.0),
    ("begins_with_number", 1.0),
    ("ends_with_comma", -1.0),
    ("depth", -4.0),
    ("below_name", 1.5),
    ("address_above", -1.5),
    ("ends_at_contact", 1.3),
    ("ends_block", 0.5),
    ("address_below", -1.3),
];

const TEXT: &[(&str, f64)] = &[
    ("pattern", 2.0),
    ("label_left_strong", 3.0),
    ("label_left_usual", 2.5),
    ("label_above_strong", 2.0),
    ("label_above_usual", 1.5),
    ("label_left_against", -3.0),
];
