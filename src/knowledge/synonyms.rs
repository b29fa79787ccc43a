//! `synonyms.toml`: words that mean the same.

use std::{collections::HashMap, path::Path};

use crate::domain::SynonymGroups;

use super::{
    fault::{Fault, Remark},
    fields::Fields,
    toml_file,
};

/// The file's name.
const FILE: &str = "synonyms.toml";

/// Reads the folder's synonyms; without a file there are none.
pub(super) fn read(folder: &Path, faults: &mut Vec<Fault>) -> SynonymGroups {
    toml_file::read(folder, FILE, faults, parse)
}

/// The synonyms of a knowledge folder by themselves; what is wrong in them is told when the folder is loaded.
#[must_use]
pub fn synonyms_of(folder: &Path) -> SynonymGroups {
    read(folder, &mut Vec::new())
}

fn parse(document: Fields<'_>, remarks: &mut Vec<Remark>) -> SynonymGroups {
    document.refuse_unknown(&["group", "replace"], "section", remarks);
    let mut synonyms = SynonymGroups::default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for fields in document.tables("group", remarks) {
        fields.refuse_unknown(&["words"], "field of a group", remarks);
        let mut words = Vec::new();
        for (line, word) in fields.texts("words", remarks) {
            if let Some(first) = seen.insert(word.to_lowercase(), line) {
                let what = format!("\"{word}\" is in the group of line {first} already");
                remarks.push(Remark::warning(line, what, "leave it in one group, or join the two"));
            }
            words.push(word);
        }
        if words.len() > 1 {
            synonyms.groups.push(words);
        } else {
            let remedy = "write words = [\"…\", \"…\"]";
            remarks.push(Remark::warning(fields.line(), "a group needs two words or more", remedy));
        }
    }
    for fields in document.tables("replace", remarks) {
        fields.refuse_unknown(&["from", "to"], "field of a replacement", remarks);
        let [from, to] = ["from", "to"].map(|key| {
            let texts = fields.texts(key, remarks);
            texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        });
        if from.is_empty() || to.is_empty() {
            let remedy = "write from = [\"…\"] and to = [\"…\"]";
            remarks.push(Remark::warning(fields.line(), "a replacement needs words on both sides", remedy));
        } else {
            synonyms.replacements.push((from, to));
        }
    }
    synonyms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fault::told;

    #[test]
    fn groups_and_replacements_are_read_and_their_faults_named() {
        let text = "\
[[group]]
words = [\"sign in\", \"log in\"]

[[group]]
words = [\"enter\", \"Log In\"]

[[group]]
words = [\"alone\"]

[[replace]]
from = [\"hacked\"]
to = [\"compromised\"]

[[replace]]
form = [\"invite\"]
to = \"add\"

[[groups]]
";
        let mut remarks = Vec::new();
        let synonyms = toml_file::parse_text(text, &mut remarks, parse).unwrap();
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(synonyms.groups, [words(&["sign in", "log in"]), words(&["enter", "Log In"])]);
        assert_eq!(synonyms.replacements, [(words(&["hacked"]), words(&["compromised"]))]);
        insta::assert_snapshot!(told(remarks, FILE), @r#"
        synonyms.toml:5: warning: "Log In" is in the group of line 2 already; leave it in one group, or join the two
        synonyms.toml:7: warning: a group needs two words or more; write words = ["…", "…"]
        synonyms.toml:14: warning: a replacement needs words on both sides; write from = ["…"] and to = ["…"]
        synonyms.toml:15: warning: "form" is no known field of a replacement; did you mean "from"?
        synonyms.toml:16: error: to should be a list of texts, and here is a text; write to = ["…", "…"]
        synonyms.toml:18: warning: "groups" is no known section; did you mean "group"?
        "#);
    }
}
