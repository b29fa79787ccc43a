//! Learns weights from the questions' labels, and judges them on questions that were not used to learn.
//!
//! The loss is listwise: how surprised a softmax over the candidates' scores is by the relevant ones. It is convex, so
//! there is one answer for each set of questions, and it is smoother than nDCG itself. Every set counts the same.

use guidepost::search::features::{COUNT, Features, NAMES};
use guidepost::services::evaluation::Metrics;

use crate::{Judged, Pair, Set, metrics, report};

const FOLDS: usize = 4;
const ROUNDS: i32 = 400;
/// Keeps weights small where the questions say little about them.
const RIDGE: f64 = 0.002;
/// Keeps the weights of short and long questions together where nothing speaks for telling them apart.
const APART: f64 = 0.005;

pub fn run(sets: &[Set], without: &[usize]) {
    let mut held_out = vec![Vec::new(); sets.len()];
    for fold in 0..FOLDS {
        let weights = learn(sets, without, &|_, at| at % FOLDS != fold);
        for (set, scores) in sets.iter().zip(&mut held_out) {
            let unseen = set.judged.iter().enumerate().filter(|(at, _)| at % FOLDS == fold);
            scores.extend(unseen.map(|(_, j)| metrics(j, &weights).ndcg_at_10));
        }
    }
    println!("\nnDCG@10 on unseen questions ({FOLDS} folds), and on sets left out wholly:");
    let (mut sum, mut sum_out) = (0.0, 0.0);
    for (left_out, (set, scores)) in sets.iter().zip(&held_out).enumerate() {
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        let weights = learn(sets, without, &|of, _| of != left_out);
        let out = Metrics::mean(set.judged.iter().map(|j| metrics(j, &weights))).ndcg_at_10;
        sum += mean / sets.len() as f64;
        sum_out += out / sets.len() as f64;
        println!("{:14} {mean:.4}  {out:.4}", set.name);
    }
    println!("{:14} {sum:.4}  {sum_out:.4}\n\nchosen on all questions:", "mean");
    let weights = learn(sets, without, &|_, _| true);
    println!("{:.3?}\n{:.3?}", weights.0, weights.1);
    report(sets, &weights);
    println!("\nmean nDCG@10 without one measure:");
    let full = mean(sets, &weights);
    for (f, name) in NAMES.iter().enumerate() {
        let mut without = weights;
        (without.0[f], without.1[f]) = (0.0, 0.0);
        println!("{name:18} {:+.4}", mean(sets, &without) - full);
    }
}

fn mean(sets: &[Set], weights: &Pair) -> f64 {
    let of = |set: &Set| Metrics::mean(set.judged.iter().map(|j| metrics(j, weights))).ndcg_at_10;
    sets.iter().map(of).sum::<f64>() / sets.len() as f64
}

/// Gradient descent (Adam) on the listwise loss; weights stay at or above zero.
fn learn(sets: &[Set], without: &[usize], used: &dyn Fn(usize, usize) -> bool) -> Pair {
    let chosen: Vec<Vec<&Judged>> = sets
        .iter()
        .enumerate()
        .map(|(of, set)| {
            let kept = set.judged.iter().enumerate().filter(|(at, _)| used(of, *at)).map(|(_, j)| j);
            kept.filter(|j| j.candidates.iter().any(|c| c.1 > 0.0)).collect()
        })
        .collect();
    let sets_used = chosen.iter().filter(|set| !set.is_empty()).count() as f64;
    let mut w = [0.1_f64; 2 * COUNT];
    let (mut m, mut v) = ([0.0_f64; 2 * COUNT], [0.0_f64; 2 * COUNT]);
    for round in 1..=ROUNDS {
        let mut gradient = [0.0_f64; 2 * COUNT];
        for set in &chosen {
            for judged in set {
                let share = 1.0 / (set.len() as f64 * sets_used);
                add_gradient(judged, &w, share, &mut gradient);
            }
        }
        let rate = 0.05 * (1.0 - f64::from(round) / f64::from(ROUNDS + 1));
        for f in 0..2 * COUNT {
            let apart = w[f] - w[(f + COUNT) % (2 * COUNT)];
            let g = gradient[f] + RIDGE * w[f] + APART * apart;
            m[f] = 0.9 * m[f] + 0.1 * g;
            v[f] = 0.99 * v[f] + 0.01 * g * g;
            let (mh, vh) = (m[f] / (1.0 - 0.9_f64.powi(round)), v[f] / (1.0 - 0.99_f64.powi(round)));
            w[f] = (w[f] - rate * mh / (vh.sqrt() + 1e-8)).max(0.0);
            if without.contains(&(f % COUNT)) {
                w[f] = 0.0;
            }
        }
    }
    let part = |from: usize| std::array::from_fn(|f| w[from + f] as f32);
    (part(0), part(COUNT))
}

fn add_gradient(judged: &Judged, w: &[f64; 2 * COUNT], share: f64, gradient: &mut [f64; 2 * COUNT]) {
    let t = f64::from(judged.length);
    let now: [f64; COUNT] = std::array::from_fn(|f| w[f] * (1.0 - t) + w[COUNT + f] * t);
    let score = |f: &Features| f.iter().zip(now).map(|(f, w)| f64::from(*f) * w).sum::<f64>();
    let scores: Vec<f64> = judged.candidates.iter().map(|c| score(&c.0)).collect();
    let top = scores.iter().copied().fold(f64::MIN, f64::max);
    let weights: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
    let total: f64 = weights.iter().sum();
    let relevant: f64 = judged.candidates.iter().map(|c| c.1).sum();
    for ((features, gain), p) in judged.candidates.iter().zip(&weights) {
        let pull = share * (p / total - gain / relevant);
        if pull.abs() > 1e-12 {
            for (f, value) in features.iter().enumerate() {
                gradient[f] += pull * f64::from(*value) * (1.0 - t);
                gradient[COUNT + f] += pull * f64::from(*value) * t;
            }
        }
    }
}
