use std::sync::LazyLock;

use domain::{
    document_type::{FieldDefinition, Tendency},
    value::{Amount, find_dates},
};
use regex::Regex;

use crate::{
    Document,
    candidate::{Candidate, Span},
    features::Features,
    layout::Layout,
    page_words::{FieldLabels, LabelVerdict},
};

/// Digits with their signs; spaces only around a sign or between groups of three.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9]{1,3}(?:[,.'’ \u{a0}\u{202f}][0-9]{3})+(?:\s?[.,]\s?[0-9]{2})|[0-9]+\s?[.,]\s?[0-9]{2,4}|[.,][0-9]{2}|[0-9]{1,3}(?:[,.'’][0-9]{3})+|[0-9]+")
        .expect("a constant pattern")
});

/// An amount as printed, before it is known what it is for.
struct Printed {
    span: Span,
    amount: Amount,
    /// With decimals or a currency: certainly money.
    decimals: bool,
    currency: bool,
}

pub(crate) fn find(document: &Document, field: &FieldDefinition) -> Vec<Candidate> {
    let labels = document.words.labels_of(field, &document.spoken);
    let layout = &document.layout;
    let printed = printed(document);
    let verdicts: Vec<(LabelVerdict, bool)> = printed.iter().map(|p| verdict(layout, &labels, &p.span)).collect();
    let is_payment = |verdict: &LabelVerdict| verdict.others.iter().any(|list| list == "payment" || list == "change");
    let amounts = || printed.iter().zip(&verdicts);
    let certain = |p: &Printed| p.decimals || p.currency;
    let largest = amounts().filter(|(p, (v, _))| certain(p) && !is_payment(v)).map(|(p, _)| p.amount).max();
    let largest_of_all = amounts().filter(|(p, _)| certain(p)).map(|(p, _)| p.amount).max();
    let named = |list: &str| {
        let is_named = move |v: &LabelVerdict| v.others.iter().any(|other| other == list);
        amounts().filter(|(_, (v, _))| is_named(v)).map(|(p, _)| p.amount).collect::<Vec<_>>()
    };
    let (paid, changed) = (named("payment"), named("change"));
    let difference = |amount: Amount| {
        let pairs = paid.iter().flat_map(|paid| changed.iter().map(move |change| (*paid, *change)));
        pairs
            .filter(|(_, change)| *change != Amount::default())
            .any(|(paid, change)| paid.checked_sub(change) == Some(amount))
    };
    let rounding = Rounding::of(&printed, !named("adjustment").is_empty());
    // A tax and what it is taken from are together the largest amount.
    let completes = |amount: Amount| {
        let rest = largest.and_then(|largest| largest.checked_sub(amount)).filter(|rest| *rest > amount);
        amount > Amount::default()
            && rest.is_some_and(|rest| amounts().any(|(p, _)| p.decimals && is_near(p.amount, rest)))
    };
    let mut candidates = Vec::new();
    for (index, (p, (verdict, above))) in amounts().enumerate() {
        let right = layout.right_of(&p.span);
        if right.starts_with('%') {
            continue;
        }
        let labelled = verdict.own.is_some_and(|own| own > domain::document_type::LabelStrength::Against);
        if !certain(p) && !labelled {
            continue;
        }
        let mut features = Features::default();
        features.label(if *above { "above" } else { "left" }, verdict);
        features.flag("labelled", labelled);
        let same = printed.iter().filter(|other| other.amount == p.amount).count();
        let tends = |tendency| field.tends.contains(&tendency);
        if tends(Tendency::Largest) {
            features.flag("largest", Some(p.amount) == largest);
            features.flag("largest_of_all", Some(p.amount) == largest_of_all);
            features.flag("cash_less_change", difference(p.amount));
            features.flag("rounded", rounding.is_rounded(p.amount, difference(p.amount)));
            features.flag("before_rounding", rounding.is_unrounded(p.amount));
        }
        if !tends(Tendency::Largest) {
            features.flag("largest_of_others", Some(p.amount) == largest);
            features.flag("completes_largest", completes(p.amount));
        }
        if tends(Tendency::Repeated) {
            features.set("repeated", same.saturating_sub(1).min(3) as f64);
        }
        let on_row = |other: &Printed| layout.cells[other.span.cell].row == layout.cells[p.span.cell].row;
        if tends(Tendency::Largest) {
            features.flag("after_amount", printed[..index].iter().any(on_row));
        }
        features.flag("followed_by_amount", printed[index + 1..].iter().any(on_row));
        features.set("relative_height", (layout.relative_height(p.span.cell) - 1.0).clamp(-1.0, 2.0));
        features.flag("currency", p.currency);
        features.flag("no_decimals", !p.decimals);
        features.flag("zero", p.amount == Amount::default());
        features.flag("negative", p.amount < Amount::default());
        features.flag("percent_left", layout.left_of(&p.span).contains('%'));
        features.set("label_distance", if labelled { (verdict.distance as f64 / 20.0).min(2.0) } else { 0.0 });
        candidates.push(Candidate::new(text(layout, &p.span), vec![p.span.clone()], features));
    }
    candidates
}

/// Cash is paid in steps of five cents in many countries: beside a total of 60.31 stands the one to pay, 60.30.
struct Rounding {
    amounts: Vec<Amount>,
    /// An adjustment is named on the document.
    named: bool,
}

const CASH_STEP: i64 = 500;

impl Rounding {
    fn of(printed: &[Printed], named: bool) -> Rounding {
        let amounts = printed.iter().filter(|p| p.decimals && p.amount > Amount::default()).map(|p| p.amount);
        Rounding { amounts: amounts.collect(), named }
    }

    fn is_rounded(&self, amount: Amount, paid: bool) -> bool {
        let near = |other: &Amount| is_near(amount, *other) && !is_step(*other);
        let explained = |other: &Amount| {
            let difference = amount.checked_sub(*other).map(Amount::abs);
            paid || self.named || difference.is_some_and(|difference| self.amounts.contains(&difference))
        };
        is_step(amount) && self.amounts.iter().any(|other| near(other) && explained(other))
    }

    fn is_unrounded(&self, amount: Amount) -> bool {
        !is_step(amount) && self.amounts.iter().any(|other| is_near(amount, *other) && self.is_rounded(*other, false))
    }
}

fn is_step(amount: Amount) -> bool {
    amount.ten_thousandths() % CASH_STEP == 0
}

fn is_near(a: Amount, b: Amount) -> bool {
    a.checked_sub(b).is_some_and(|difference| difference.abs().ten_thousandths() < CASH_STEP)
}

fn text<'l>(layout: &'l Layout, span: &Span) -> &'l str {
    &layout.cells[span.cell].text[span.bytes.clone()]
}

/// What the words left of an amount say; where there are none, those above it.
fn verdict(layout: &Layout, labels: &FieldLabels, span: &Span) -> (LabelVerdict, bool) {
    let left = layout.left_of(span);
    if left.chars().filter(|c| c.is_alphabetic()).count() > 2 {
        return (labels.verdict(&left), false);
    }
    for distance in [-1, -2] {
        let above = layout.neighbours(span.cell, distance);
        let text: Vec<&str> = above.iter().map(|cell| layout.cells[*cell].text.as_str()).collect();
        let text = text.join(" ");
        if text.chars().any(char::is_alphabetic) {
            return (labels.verdict(&text), true);
        }
    }
    (LabelVerdict::default(), false)
}

fn printed(document: &Document) -> Vec<Printed> {
    let mut found = Vec::new();
    for (index, cell) in document.layout.cells.iter().enumerate() {
        let dates = find_dates(&cell.text, &document.locales);
        let mut from = 0;
        while let Some(number) = NUMBER.find_at(&cell.text, from) {
            from = number.end();
            let in_date = dates.iter().any(|date| date.span.start < number.end() && number.start() < date.span.end);
            if in_date || !stands_alone(&cell.text, number.range()) {
                continue;
            }
            found.extend(amount_at(document, index, &cell.text, number.range()));
        }
    }
    found
}

/// Not inside a word, a clock, a longer number or a code.
fn stands_alone(text: &str, range: std::ops::Range<usize>) -> bool {
    let mut before = text[..range.start].chars().rev();
    let mut after = text[range.end..].chars();
    let touching = |c: Option<char>, next: Option<char>| match c {
        Some(':' | '/' | '.' | ',' | '-') => next.is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_ascii_digit(),
        None => false,
    };
    !touching(before.next(), before.next()) && !touching(after.next(), after.next())
}

fn amount_at(document: &Document, cell: usize, text: &str, range: std::ops::Range<usize>) -> Option<Printed> {
    let number = &text[range.clone()];
    let amount = Amount::parse(number, &document.locales).ok()?;
    let whole = !number.contains(['.', ',']);
    // The sign or abbreviation that touches the number or stands one space away.
    let before = text[..range.start].trim_end();
    let start = before
        .rfind(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == '-' || c == '(' || c == ':')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let sign = &before[start..];
    let currency_before = !sign.is_empty() && document.locales.is_currency(sign);
    let after = text[range.end..].trim_start();
    let word: &str = after.split(|c: char| c.is_whitespace() || c.is_ascii_digit()).next().unwrap_or_default();
    let currency_after = !word.is_empty() && document.locales.is_currency(word);
    let decimals = !whole && number.rfind(['.', ',']).is_some_and(|at| number[at + 1..].trim().len() == 2);
    let letter_before = text[..range.start].ends_with(char::is_alphabetic) && !currency_before;
    if letter_before && !decimals || number.len() > 18 {
        return None;
    }
    let from = if currency_before { start } else { range.start };
    let minus = text[..from].trim_end().ends_with(['-', '−'])
        && !text[..from].trim_end().trim_end_matches(['-', '−']).ends_with(char::is_alphanumeric);
    let amount = if minus { Amount::from_ten_thousandths(-amount.ten_thousandths()) } else { amount };
    let from = if minus { text[..from].rfind(['-', '−']).unwrap_or(from) } else { from };
    Some(Printed {
        span: Span { cell, bytes: from..range.end },
        amount,
        decimals,
        currency: currency_before || currency_after,
    })
}
