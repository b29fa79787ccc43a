//! The rules of buttons, menus and inputs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Flaws;

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
/// Menus of people, roles, both, and channels.
const OTHER_SELECTS: std::ops::RangeInclusive<u64> = 5..=8;
const LINK: u64 = 5;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The rows below a message.
pub fn message(rows: &[Value], flaws: &mut Flaws) {
    flaws.unless(rows.len() <= 5, "components", format!("{} rows, 5 are the most", rows.len()));
    let mut seen = BTreeSet::new();
    for (r, row) in rows.iter().enumerate() {
        let at = format!("components.{r}");
        let controls = list(&row["components"]);
        flaws.unless(row["type"] == ROW, &at, "is no row");
        flaws.unless(!controls.is_empty(), &at, "the row is empty");
        flaws.unless(controls.len() <= 5, &at, "more than 5 controls in a row");
        let alone = controls.iter().all(|control| control["type"] == BUTTON) || controls.len() == 1;
        flaws.unless(alone, &at, "a menu needs a row of its own");
        for (c, control) in controls.iter().enumerate() {
            let at = format!("{at}.components.{c}");
            match control["type"].as_u64() {
                Some(BUTTON) => button(control, &at, flaws),
                Some(STRING_SELECT) => string_select(control, &at, flaws),
                Some(kind) if OTHER_SELECTS.contains(&kind) => select(control, &at, flaws),
                _ => flaws.push(&at, "doesn't belong into a message"),
            }
            unique(control, &at, &mut seen, flaws);
        }
    }
}

fn unique<'a>(control: &'a Value, at: &str, seen: &mut BTreeSet<&'a str>, flaws: &mut Flaws) {
    if let Some(id) = control["custom_id"].as_str() {
        flaws.unless(seen.insert(id), format!("{at}.custom_id"), "is there twice");
    }
}

fn button(button: &Value, at: &str, flaws: &mut Flaws) {
    flaws.short(&button["label"], &format!("{at}.label"), 80);
    let named = button["label"].as_str().is_some_and(|label| !label.trim().is_empty());
    flaws.unless(named || button["emoji"].is_object(), at, "a button needs a label or an emoji");
    match button["style"].as_u64() {
        Some(1..=4) => {
            flaws.text(&button["custom_id"], &format!("{at}.custom_id"), 100);
            flaws.unless(button["url"].is_null(), at, "only a link has an address");
        }
        Some(LINK) => {
            flaws.text(&button["url"], &format!("{at}.url"), 512);
            flaws.unless(button["custom_id"].is_null(), at, "a link has no custom_id");
        }
        _ => flaws.push(format!("{at}.style"), "is no style"),
    }
}

fn select(menu: &Value, at: &str, flaws: &mut Flaws) {
    flaws.text(&menu["custom_id"], &format!("{at}.custom_id"), 100);
    flaws.short(&menu["placeholder"], &format!("{at}.placeholder"), 150);
    let (least, most) = (menu["min_values"].as_u64().unwrap_or(1), menu["max_values"].as_u64().unwrap_or(1));
    flaws.unless(least <= most && (1..=25).contains(&most), at, "can't be chosen from");
}

fn string_select(menu: &Value, at: &str, flaws: &mut Flaws) {
    select(menu, at, flaws);
    let options = list(&menu["options"]);
    flaws.unless((1..=25).contains(&options.len()), at, format!("{} options, 1 to 25 may be", options.len()));
    let most = menu["max_values"].as_u64().unwrap_or(1);
    flaws.unless(most <= options.len() as u64, at, "more may be chosen than there are options");
    let mut values = BTreeSet::new();
    for (n, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{n}");
        flaws.text(&option["label"], &format!("{at}.label"), 100);
        flaws.text(&option["value"], &format!("{at}.value"), 100);
        flaws.short(&option["description"], &format!("{at}.description"), 100);
        flaws.unless(values.insert(option["value"].as_str()), at, "the value is there twice");
    }
}

/// The rows of a modal: each one text input. The newer layout with labels is refused, because serenity 0.12 loses what is
/// typed into it.
pub fn modal(rows: &[Value], flaws: &mut Flaws) {
    let inputs = rows.len();
    flaws.unless((1..=5).contains(&inputs), "data.components", format!("{inputs} inputs, 1 to 5 may be"));
    let mut seen = BTreeSet::new();
    for (r, row) in rows.iter().enumerate() {
        let at = format!("data.components.{r}");
        let [input] = list(&row["components"]) else {
            flaws.push(at, "a row of a modal has one input");
            continue;
        };
        flaws.unless(row["type"] == ROW && input["type"] == TEXT_INPUT, &at, "is no text input in a row");
        let at = format!("{at}.components.0");
        text_input(input, &at, flaws);
        unique(input, &at, &mut seen, flaws);
    }
}

fn text_input(input: &Value, at: &str, flaws: &mut Flaws) {
    flaws.text(&input["custom_id"], &format!("{at}.custom_id"), 100);
    flaws.text(&input["label"], &format!("{at}.label"), 45);
    flaws.short(&input["placeholder"], &format!("{at}.placeholder"), 100);
    flaws.unless(matches!(input["style"].as_u64(), Some(1 | 2)), format!("{at}.style"), "is no style");
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(4000);
    flaws.unless(least <= most && (1..=4000).contains(&most), at, "no text has this length");
    let filled = input["value"].as_str().unwrap_or_default().chars().count() as u64;
    flaws.unless(
        filled <= most,
        format!("{at}.value"),
        format!("has {filled} characters, {most} are the most"),
    );
    flaws.unless(filled == 0 || filled >= least, format!("{at}.value"), "is shorter than it may be");
}
