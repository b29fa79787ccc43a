//! The rules of the house, read off its own sources: who knows whom, who alone knows a library, what stays pure.
//!
//! `rules` holds the tables; a new module needs a line there, which is where its place is decided.

mod check;
mod planted;
mod rules;
mod scan;
mod tokens;
mod tree;

use check::check;

#[test]
fn the_sources_keep_the_rules_of_the_house() {
    let files = tree::read(&["src", "tests"]);
    assert!(files.len() > 100, "only {} files were found: the checker looks in the wrong place", files.len());
    let violations: Vec<String> = check(&files).iter().map(ToString::to_string).collect();
    assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), violations.join("\n"));
}

#[test]
fn every_layer_uses_only_layers_below_it() {
    for (place, layer) in rules::LAYERS.iter().enumerate() {
        for used in layer.uses {
            let below =
                rules::LAYERS.iter().position(|other| other.name == *used).is_some_and(|at| at < place);
            assert!(below, "{} may use {used}, which is no layer below it", layer.name);
        }
    }
}

#[test]
fn the_tables_speak_of_what_is_there() {
    let files = tree::read(&["src"]);
    for layer in rules::LAYERS {
        let is = |path: &str| {
            path.starts_with(&format!("src/{}/", layer.name)) || path == format!("src/{}.rs", layer.name)
        };
        assert!(files.iter().any(|file| is(&file.path)), "there is no src/{} any more", layer.name);
    }
    for long in rules::LONG_FILES {
        let lines = files.iter().find(|file| file.path == long.path).map(|file| file.text.lines().count());
        assert!(lines.is_some_and(|n| n > rules::MOST_LINES), "{} needs no exception any more", long.path);
    }
}
