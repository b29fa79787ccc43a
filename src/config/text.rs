//! Reads the environment and `--set`, where every value is plain text.

use super::builtin::Builtin;
use super::fault::{Problem, listed, quoted};
use super::layers::{Laid, Reading};
use super::names::{PREFIX, closest, environment_name, is_for_tests, printable};
use super::origin::Origin;
use super::secret::{SecretName, misplaced};
use super::value::Value;

/// The settings and secrets among the variables, by name. Those of other programs are left alone.
pub(super) fn environment(
    builtin: &Builtin,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Vec<Reading> {
    let is_ours = |(name, _): &(String, String)| name.starts_with(PREFIX) && !is_for_tests(name);
    let mut ours: Vec<_> = variables.into_iter().filter(is_ours).collect();
    ours.sort();
    let read = |(name, text): (String, String)| {
        let reading = variable(builtin, &name, text);
        (Origin::Environment(printable(&name)), reading)
    };
    ours.into_iter().map(read).collect()
}

fn variable(builtin: &Builtin, name: &str, text: String) -> Result<Laid, Problem> {
    let secret = SecretName::of_environment(name);
    let setting = builtin.settings().iter().find(|setting| setting.name.environment() == name);
    match (secret, setting) {
        (None, None) => Err(unknown_variable(builtin, name)),
        // `load::environment` leaves this character where the value was no UTF-8; nobody means it.
        _ if text.contains(char::REPLACEMENT_CHARACTER) => Err(Problem::NotUtf8),
        (Some(secret), _) => Ok(Laid::Secret(secret, text)),
        (None, Some(setting)) => {
            let value = setting.accept(Value::parse(&text, &setting.default), || quoted(&text))?;
            Ok(Laid::Setting(setting.name.clone(), value))
        }
    }
}

fn unknown_variable(builtin: &Builtin, name: &str) -> Problem {
    let settings: Vec<String> = builtin.settings().iter().map(|setting| setting.name.environment()).collect();
    let secrets = SecretName::ALL.iter().map(|secret| secret.environment());
    let known: Vec<&str> = settings.iter().map(String::as_str).chain(secrets).collect();
    let instead = closest(name, known).map(|name| format!("Did you mean {name}?"));
    let instead = instead.or_else(|| {
        let section = builtin.sections().into_iter().find(|section| {
            let prefix = environment_name(section) + "_";
            name.starts_with(&prefix)
        })?;
        let names: Vec<String> = builtin.within(section).map(|setting| setting.name.environment()).collect();
        Some(format!("Those of [{section}] are {}.", listed(names.iter().map(String::as_str))))
    });
    let form = "A setting's name is GUIDEPOST_, its section, _ and its key, such as GUIDEPOST_DESK_NAME.";
    Problem::UnknownVariable { instead: instead.unwrap_or_else(|| form.to_owned()) }
}

/// The settings among the arguments of `--set`, in their order: the last one wins.
pub(super) fn set(builtin: &Builtin, arguments: &[String]) -> Vec<Reading> {
    arguments.iter().map(|argument| (Origin::Set, assignment(builtin, argument))).collect()
}

fn assignment(builtin: &Builtin, argument: &str) -> Result<Laid, Problem> {
    let Some((path, text)) = argument.split_once('=') else {
        return Err(Problem::NotAnAssignment { found: quoted(argument) });
    };
    let path = path.trim();
    if let Some(problem) = misplaced(path) {
        return Err(problem);
    }
    let Some((section, key)) = path.split_once('.') else {
        return Err(builtin.outside_section(path));
    };
    let setting = builtin.find(section, key).ok_or_else(|| builtin.unknown_key(section, key))?;
    let value = setting.accept_in_public(Value::parse(text, &setting.default), || quoted(text))?;
    Ok(Laid::Setting(setting.name.clone(), value))
}
