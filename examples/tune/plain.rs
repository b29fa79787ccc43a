//! Plain BM25, as a check of the measures against published figures.

use std::collections::HashMap;

use guidepost::services::evaluation::{LabelledSet, Metrics};

const STOP: &str = "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with";

pub fn report(name: &str, set: &LabelledSet, typos: bool) {
    let stop: Vec<&str> = STOP.split(' ').collect();
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .filter(|w| !stop.contains(&w.as_str()))
            .collect()
    };
    let mut postings: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
    let mut lens = Vec::new();
    for (at, article) in set.articles.iter().enumerate() {
        let mut text = format!("{}\n", article.about.title);
        for passage in &article.passages {
            text.push_str(&passage.text());
        }
        let mut tf: HashMap<String, f64> = HashMap::new();
        let all = words(&text);
        lens.push(all.len() as f64);
        for word in all {
            *tf.entry(word).or_default() += 1.0;
        }
        for (word, count) in tf {
            postings.entry(word).or_default().push((at, count));
        }
    }
    let (n, avg) = (lens.len() as f64, lens.iter().sum::<f64>() / lens.len() as f64);
    let all = set.queries.iter().filter_map(|(id, text)| {
        let labels = set.labels.get(id)?;
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let text = if typos { crate::typo::one(text, id) } else { text.clone() };
        for word in words(&text) {
            let Some(list) = postings.get(&word) else { continue };
            let df = list.len() as f64;
            let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
            for (at, tf) in list {
                *scores.entry(*at).or_default() +=
                    idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * lens[*at] / avg));
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let ids: Vec<String> = ranked.iter().take(10).map(|(at, _)| set.ids[*at].clone()).collect();
        Some(Metrics::of(&ids, labels))
    });
    let m = Metrics::mean(all);
    println!(
        "{name:14}   {:.3}    {:.3}   {:.3}   {:.3}  {:.3}  (plain BM25, no stemming)",
        m.ndcg_at_10, m.mrr_at_10, m.recall_at_10, m.hit_at_1, m.hit_at_3
    );
}
