//! "Was this helpful?" below an article.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use crate::domain::About;
use crate::handlers::{Heard, Said};
use crate::replies::Locale;
use crate::replies::pages::help_centre::article as says;

use super::super::prose::article_path;
use super::super::visitor::Visitor;
use super::super::{Filled, Web, sent};
use super::article::{Named, missing};

const HELPFUL: &str = "helpful";
const REASON: &str = "reason";
const YES: &str = "yes";
const NO: &str = "no";

/// The form: a reason where somebody wants to give one, and two buttons of which either sends it.
pub fn form(locale: Locale, about: &About) -> Markup {
    let action = format!("{}/helpful", article_path(&about.id));
    html! {
        section class="helpful" aria-labelledby="helpful" {
            h2 id="helpful" { (says::helpful(locale)) }
            form method="post" action=(action) {
                div class="field" {
                    label for="reason" { (says::reason(locale)) }
                    textarea id="reason" name=(REASON) rows="2" maxlength=(says::MOST_REASON)
                        aria-describedby="reason-hint" {}
                    p id="reason-hint" class="hint" { (says::reason_hint(locale)) }
                }
                button type="submit" name=(HELPFUL) value=(YES) { (says::yes(locale)) }
                " "
                button type="submit" name=(HELPFUL) value=(NO) { (says::no(locale)) }
            }
        }
    }
}

pub async fn say(State(web): State<Web>, visitor: Visitor, name: Named, form: Filled) -> Response {
    let (Ok(form), Ok(name)) = (form, name) else { return web.not_taken() };
    let helpful = match sent(&form, HELPFUL) {
        YES => true,
        NO => false,
        _ => return web.not_taken(),
    };
    let person = match visitor.signed_in(&web).await {
        Ok(signed_in) => signed_in.map(|(_, person)| person.id),
        Err(error) => return web.fault(&error),
    };
    let article = name.0;
    let reason = sent(&form, REASON).to_owned();
    let said = Said { article: article.clone(), person, caller: visitor.caller.clone(), helpful, reason };
    let locale = web.inner.locale;
    match web.inner.news.desk.hear_opinion(said).await {
        Ok(Heard::Kept { about, is_masked }) => {
            let path = article_path(&about.id);
            web.show(StatusCode::OK, &says::noted(locale, &about, &path, helpful, is_masked))
        }
        Ok(Heard::TooOften(about, too_often)) => {
            let path = article_path(&about.id);
            web.show(StatusCode::TOO_MANY_REQUESTS, &says::too_often(locale, &path, too_often.at))
        }
        Ok(Heard::NoArticle) => missing(&web, &article),
        Err(fault) => web.fault(&fault),
    }
}
