use std::{collections::BTreeMap, path::Path};

use domain::{
    document_type::Locales,
    value::{Amount, find_dates, squeeze},
};

/// The true values of a receipt, by field.
pub struct Truth(BTreeMap<String, String>);

impl Truth {
    pub fn read(receipts: &Path, name: &str) -> Result<Truth, Box<dyn std::error::Error>> {
        let text = std::fs::read_to_string(receipts.join("key").join(format!("{name}.json")))?;
        Ok(Truth(serde_json::from_str(&text)?))
    }

    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }
}

/// Equal without case, white space and punctuation; dates and totals also by their parsed value.
pub fn matches(field: &str, wanted: &str, found: &str, locales: &Locales) -> bool {
    if found.is_empty() {
        return false;
    }
    if squeeze(wanted) == squeeze(found) {
        return true;
    }
    match field {
        "date" => {
            let date = |text| find_dates(text, locales).first().map(|found| found.date);
            date(wanted).is_some() && date(wanted) == date(found)
        }
        "total" => Amount::parse(wanted, locales).is_ok_and(|wanted| Amount::parse(found, locales) == Ok(wanted)),
        _ => false,
    }
}
