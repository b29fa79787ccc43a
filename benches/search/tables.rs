//! The tables of `BENCHMARKS.md`.

use crate::peers::Built;
use crate::questions::{Asked, STEP};
use crate::times::Times;

pub fn indexing(built: &Built, bytes: usize, count: usize) {
    println!("| indexing in memory, one thread | seconds | articles a second | MB a second |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, took) in ["guidepost", "bare tantivy", "SQLite FTS5"].iter().zip(built.took) {
        let seconds = took.as_secs_f64();
        let (articles, megabytes) = (count as f64 / seconds, bytes as f64 / 1e6 / seconds);
        println!("| {name} | {seconds:.2} | {articles:.0} | {megabytes:.1} |");
    }
}

pub fn questions(times: &Asked, count: usize) {
    println!(
        "\n| {count} questions | p50 ms | p99 ms | mean ms | of bare tantivy's time | faster than FTS5 |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let rows = [
        ("guidepost: question → reply", &times.reply),
        ("guidepost: search, ten marked passages", &times.search),
        ("of which: candidates found and measured", &times.measure),
        ("bare tantivy, OR, top 10", &times.bare),
    ];
    for (name, row) in rows {
        let (of_bare, of_fts) = (row.mean() / times.bare.mean(), times.fts.mean() / row.mean_of_every(STEP));
        println!("{} {of_bare:.2} | {of_fts:.1} × |", line(name, row));
    }
    let of_bare = times.fts.mean() / times.bare.mean_of_every(STEP);
    println!(
        "{} {of_bare:.2} | 1.0 × |",
        line(&format!("SQLite FTS5, OR, bm25, top 10 (every {STEP}th)"), &times.fts)
    );
}

pub fn type_ahead((first, others): &(Times, Times)) {
    println!("\n| type-ahead: 3, 8, 15, 25 letters of every title | p50 ms | p99 ms | mean ms |");
    println!("| --- | ---: | ---: | ---: |");
    println!("{}", line("each", others));
    println!("{}", line("the first, which reads all titles", first));
}

fn line(name: &str, times: &Times) -> String {
    let (p50, p99, mean) = (times.percentile(50), times.percentile(99), times.mean());
    format!("| {name} | {p50:.3} | {p99:.3} | {mean:.3} |")
}
