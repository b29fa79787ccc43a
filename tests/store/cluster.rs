//! A PostgreSQL server of the test's own, in a temporary folder, which may be stopped and started.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// With these settings a server keeps what was committed in memory for a while, unless the connection asks for more.
const CARELESS: &str = "
    listen_addresses = ''
    synchronous_commit = off
    wal_writer_delay = 10s
    wal_writer_flush_after = 1GB
    max_connections = 50
    ";

/// A server that listens on a socket in its folder.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    /// PostgreSQL refuses to run as root.
    as_root: bool,
}

impl Cluster {
    /// Starts one; where PostgreSQL is not installed, one line says that the test was skipped.
    pub fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            println!("skipped: a server that is restarted (no initdb below /usr/lib/postgresql)");
            return None;
        };
        let folder = tempfile::Builder::new().permissions(Permissions::from_mode(0o777)).tempdir().unwrap();
        // Whatever the process's mask left of it.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
        let as_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        let cluster = Self { folder, programs, as_root };
        let data = cluster.data();
        cluster.run("initdb", &["--no-sync", "--auth=trust", "--username=desk", "-D", &data]);
        let settings =
            format!("{CARELESS}\nunix_socket_directories = '{}'\n", cluster.folder.path().display());
        fs::write(Path::new(&data).join("postgresql.auto.conf"), settings).unwrap();
        cluster.run("pg_ctl", &["start", "--wait", "-D", &data, "-l", &cluster.log()]);
        Some(cluster)
    }

    /// Stops it as a crash would, and starts it again.
    pub fn crash(&self) {
        self.run("pg_ctl", &["restart", "-m", "immediate", "--wait", "-D", &self.data(), "-l", &self.log()]);
    }

    /// Where its database is.
    pub fn url(&self) -> String {
        let folder = self.folder.path().to_str().unwrap().replace('/', "%2F");
        format!("postgres://desk@/postgres?host={folder}")
    }

    fn data(&self) -> String {
        self.folder.path().join("data").to_str().unwrap().to_owned()
    }

    fn log(&self) -> String {
        self.folder.path().join("log").to_str().unwrap().to_owned()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let ended = self.command(program, arguments).status().unwrap();
        let log = || fs::read_to_string(self.log()).unwrap_or_default();
        assert!(ended.success(), "{program} {arguments:?}: {ended}\n{}", log());
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // A server would keep the test's own outputs open.
        command
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl", &["stop", "-m", "immediate", "--wait", "-D", &self.data()]).status();
    }
}

/// The folder of the newest installed version's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let version = |path: &PathBuf| path.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let found = versions.flatten().map(|entry| entry.path().join("bin"));
    found.filter(|folder| folder.join("initdb").exists()).max_by_key(version)
}
