//! The command for guides.

use crate::chat::Name;
use crate::chat::wish::GuideWish;

use super::slash::{Kind, Slash, may};
use super::{Argument, Command, Needs, Spec};

/// Being walked through a procedure.
pub static GUIDE: Spec = Spec {
    name: "guide",
    aliases: &["guides", "walkthrough"],
    needs: Needs::Keeping,
    argument: Argument::Optional("ARTICLE"),
    about: "Walk you through an article step by step. Without an article: list the guides.",
    example: "/guide CTX120355",
    phrases: &[
        "guide",
        "guides",
        "list guides",
        "list the guides",
        "show guides",
        "show the guides",
        "which guides are there",
        "walkthrough",
        "walkthroughs",
        "get started",
        "getting started",
        "how do i get started",
        "how can i get started",
    ],
    slash: Some(Slash::apart(
        &["guide"],
        &[
            may("article", "What to be walked through; leave it out to see all guides.", Kind::Article),
            may("product", "Only the guides of this product.", Kind::Product),
        ],
        |values| {
            let product = values.get("product").map(Name::Typed);
            Some(Command::Guide(match values.get("article") {
                Some(words) => GuideWish::Through(words),
                None => GuideWish::List { product, skip: 0 },
            }))
        },
    )),
    make: |words| {
        Some(Command::Guide(match words {
            Some(words) => GuideWish::Through(words),
            None => GuideWish::List { product: None, skip: 0 },
        }))
    },
};
