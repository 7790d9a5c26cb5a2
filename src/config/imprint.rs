//! The imprint: which parts each jurisdiction asks for.

use super::raw::{Jurisdiction, Party, RawImprint};
use crate::decode::{At, Context};
use crate::diagnostic::{Severity, codes};

/// An imprint whose parts have been checked.
#[derive(Debug, Clone)]
pub struct Imprint {
    pub jurisdiction: Jurisdiction,
    pub parts: RawImprint,
}

/// Checks the parts that the jurisdiction asks for: the Elections Act 2022, part 6 (UK); 11 CFR 110.11 (US); section 5
/// of the Digitale-Dienste-Gesetz (Germany).
pub fn resolve(raw: Option<&At<RawImprint>>, cx: &mut Context<'_>) -> Option<Imprint> {
    let raw = raw?;
    let parts = &raw.value;
    if parts.jurisdiction == Jurisdiction::None {
        return None;
    }
    for (missing, help) in missing_parts(parts) {
        let message = format!("the imprint has no {missing}");
        let problem = cx.report(&codes::IMPRINT_PART_MISSING, raw.span, message);
        problem.help = Some(help.to_owned());
        if !parts.required {
            problem.severity = Severity::Warning;
        }
    }
    Some(Imprint { jurisdiction: parts.jurisdiction, parts: parts.clone() })
}

fn blank(text: &Option<String>) -> bool {
    text.as_ref().is_none_or(|text| text.trim().is_empty())
}

fn missing_parts(parts: &RawImprint) -> Vec<(&'static str, &'static str)> {
    let mut missing = Vec::new();
    let mut need = |absent: bool, what: &'static str, help: &'static str| {
        if absent {
            missing.push((what, help));
        }
    };
    match parts.jurisdiction {
        Jurisdiction::None => {}
        Jurisdiction::Uk => {
            let promoter = parts.promoter.clone().unwrap_or_default();
            need(blank(&promoter.name), "promoter's name", "add promoter = { name = \"…\", address = \"…\" }");
            need(
                blank(&promoter.address),
                "promoter's postal address",
                "add `address` to `promoter`; a PO box is allowed",
            );
            if let Some(Party { name, address }) = &parts.on_behalf_of {
                need(blank(name), "name of those on whose behalf it is published", "add `name` to `on_behalf_of`");
                need(
                    blank(address),
                    "address of those on whose behalf it is published",
                    "add `address` to `on_behalf_of`",
                );
            }
        }
        Jurisdiction::Us => {
            need(blank(&parts.paid_by), "word on who paid", "add paid_by = \"…\"");
            let unauthorised = parts.authorised == Some(false);
            need(
                blank(&parts.authorised_by) && !unauthorised,
                "word on whether a candidate authorised it",
                "add authorised_by = \"…\", or authorised = false",
            );
            need(
                unauthorised && blank(&parts.address) && blank(&parts.phone) && blank(&parts.url),
                "address, telephone number or web address of who paid",
                "add one of `address`, `phone` and `url`",
            );
        }
        Jurisdiction::De => {
            need(blank(&parts.name), "name", "add name = \"…\"");
            need(blank(&parts.address), "postal address", "add address = \"…\"; a PO box does not suffice");
            need(blank(&parts.representative), "representative", "add representative = \"…\"");
            need(blank(&parts.email), "e-mail address", "add email = \"…\"");
            let po_box = parts.address.as_ref().is_some_and(|address| address.to_lowercase().contains("postfach"));
            need(po_box, "street address: a PO box does not suffice", "write street, number, postcode and town");
        }
    }
    missing
}
