//! A folder of Markdown that is imported again and again.

use std::{fs, path::PathBuf, time::SystemTime};

use guidepost::{
    knowledge::import::{Outcome, Report},
    services::import::{Plan, Source, run},
};
use tempfile::TempDir;

/// A folder of Markdown and the folder it is imported to.
pub struct World {
    root: TempDir,
}

impl World {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let world = Self { root: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            world.write(path, text);
        }
        world
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.docs().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.docs().join(path)).unwrap();
    }

    pub fn docs(&self) -> PathBuf {
        self.root.path().join("docs")
    }

    pub fn to(&self) -> PathBuf {
        self.root.path().join("to")
    }

    pub fn article(&self, id: &str) -> String {
        fs::read_to_string(self.to().join(format!("{id}.md"))).unwrap()
    }

    pub fn plan(&self) -> Plan {
        Plan { sources: vec![Source::Folder(self.docs())], to: self.to(), ..Plan::default() }
    }

    pub async fn import(&self) -> Report {
        run(self.plan(), &mut |_| ()).await.unwrap()
    }

    pub async fn import_as(&self, change: impl FnOnce(&mut Plan)) -> Report {
        let mut plan = self.plan();
        change(&mut plan);
        run(plan, &mut |_| ()).await.unwrap()
    }

    /// Every file of the target with its time and content.
    pub fn state(&self) -> Vec<(PathBuf, SystemTime, String)> {
        let mut files: Vec<_> = fs::read_dir(self.to())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                (
                    path.clone(),
                    fs::metadata(&path).unwrap().modified().unwrap(),
                    fs::read_to_string(&path).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    }
}

/// What became of a source, in words.
pub fn said(report: &Report, source: &str) -> String {
    let entry =
        report.entries.iter().find(|entry| entry.source == source).unwrap_or_else(|| panic!("{report:#?}"));
    if let Outcome::Skipped(reason) = &entry.outcome {
        reason.to_string()
    } else {
        format!("{:?}", entry.outcome)
    }
}
