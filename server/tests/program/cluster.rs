//! Two processes on one PostgreSQL and one Redis.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::running::{Api, Running, accord, fresh, go_on_as, run};

/// Nothing here takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

fn postgres_url() -> String {
    std::env::var("ACCORD_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".into())
}

/// An empty database, and what starts instances on it.
struct Cluster {
    database: String,
    environment: Vec<(&'static str, String)>,
}

impl Cluster {
    /// None where there is no PostgreSQL.
    async fn new(name: &str) -> Option<Self> {
        let server = postgres_url();
        let mut connection = match PgConnection::connect(&server).await {
            Ok(connection) => connection,
            Err(error) => {
                assert!(
                    std::env::var_os("CI").is_none(),
                    "PostgreSQL is needed in CI: {error}"
                );
                eprintln!("SKIPPED: two processes on PostgreSQL: {error}");
                return None;
            }
        };
        let database = format!("accord_program_{name}_{}", std::process::id());
        let create = AssertSqlSafe(format!("CREATE DATABASE {database}"));
        connection.execute(create).await.unwrap();
        let key = String::from_utf8(run(&["keys", "generate"], &[]).stdout).unwrap();
        let redis = std::env::var("ACCORD_TEST_REDIS_URL");
        let (base, _) = server.rsplit_once('/').unwrap();
        let environment = vec![
            ("ACCORD_DATABASE_URL", format!("{base}/{database}")),
            (
                "ACCORD_REDIS_URL",
                redis.unwrap_or_else(|_| "redis://127.0.0.1:6379".into()),
            ),
            ("ACCORD_REDIS__PREFIX", database.clone()),
            ("ACCORD_KEYS__CURRENT", key.trim().to_owned()),
        ];
        Some(Self {
            database,
            environment,
        })
    }

    fn start(&self, name: &str) -> Running {
        let environment: Vec<_> = self
            .environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let data = fresh(&format!("{}-{name}", self.database));
        go_on_as(accord(&[], &[]), data.to_str().unwrap(), &environment)
    }

    async fn drop(self) {
        let mut connection = PgConnection::connect(&postgres_url()).await.unwrap();
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.database);
        connection.execute(AssertSqlSafe(drop)).await.unwrap();
    }
}

/// A reader of the stream: what it has seen, from connection to connection.
struct Reader {
    api: Api,
    last_id: Option<String>,
    stream: Option<reqwest::Response>,
    text: String,
    seen: Vec<String>,
}

impl Reader {
    fn new(api: &Api) -> Self {
        Self {
            api: api.clone(),
            last_id: None,
            stream: None,
            text: String::new(),
            seen: Vec::new(),
        }
    }

    /// Goes on at another instance.
    async fn connect(&mut self, address: &str) {
        let api = self.api.at(address);
        let mut request = api.request("GET", "/v0/eventstream/actions");
        if let Some(id) = &self.last_id {
            request = request.header("last-event-id", id);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        self.stream = Some(answer);
        self.text.clear();
    }

    /// Reads until this name was seen, or the connection is lost.
    async fn until(&mut self, name: &str) -> bool {
        let reading = async {
            while self.seen.last().is_none_or(|seen| seen != name) {
                let stream = self.stream.as_mut().unwrap();
                let Ok(Some(chunk)) = stream.chunk().await else {
                    return false;
                };
                self.text.push_str(&String::from_utf8_lossy(&chunk));
                self.take_events();
            }
            true
        };
        timeout(PATIENCE, reading)
            .await
            .unwrap_or_else(|_| panic!("{name} does not come"))
    }

    fn take_events(&mut self) {
        while let Some(end) = self.text.find("\n\n") {
            let event: String = self.text.drain(..end + 2).collect();
            for line in event.lines() {
                if let Some(id) = line.strip_prefix("id: ") {
                    self.last_id = Some(id.to_owned());
                }
                if let Some(data) = line.strip_prefix("data: ") {
                    let data: Value = serde_json::from_str(data).unwrap();
                    let name = data["data"]["display_name"].as_str().unwrap_or_default();
                    self.seen.push(name.to_owned());
                }
            }
        }
    }
}

/// Renames somebody again and again; tells each name that was acknowledged.
fn write(user: Api, round: &'static str) -> mpsc::Receiver<String> {
    let (acknowledged, names) = mpsc::channel(10_000);
    tokio::spawn(async move {
        for number in 0..10_000 {
            let name = format!("{round} {number}");
            let body = json!({ "display_name": name });
            match user.send("PATCH", "/v0/user/me", &body).await {
                Ok(answer) if answer.status() == 200 => acknowledged.send(name).await.unwrap(),
                _ => return,
            }
        }
    });
    names
}

async fn collect(mut names: mpsc::Receiver<String>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(name) = names.recv().await {
        all.push(name);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q3_q7_killing_either_instance_loses_nothing_for_a_reader_that_resumes() {
    let Some(cluster) = Cluster::new("kill").await else {
        return;
    };
    let (mut one, mut two) = (cluster.start("one"), cluster.start("two"));
    let user = Api::new(&one.address).sign_up("ada_l").await;
    let mut reader = Reader::new(&user);
    let mut acknowledged = Vec::new();

    // The one that the reader listens to dies, while the other commits.
    reader.connect(&one.address).await;
    let mut names = write(user.at(&two.address), "first");
    for _ in 0..20 {
        acknowledged.push(names.recv().await.unwrap());
    }
    assert!(reader.until(&acknowledged[5]).await);
    one.child.kill().unwrap();
    assert!(!reader.until("the connection is lost").await);
    reader.connect(&two.address).await;
    acknowledged.push(names.recv().await.unwrap());
    assert!(reader.until(acknowledged.last().unwrap()).await);

    // The one that commits dies, perhaps before it tells the other.
    one = cluster.start("three");
    reader.connect(&one.address).await;
    two.child.kill().unwrap();
    acknowledged.extend(collect(names).await);
    assert!(reader.until(acknowledged.last().unwrap()).await);

    // Both die, and start again.
    let mut names = write(user.at(&one.address), "second");
    for _ in 0..20 {
        acknowledged.push(names.recv().await.unwrap());
    }
    one.child.kill().unwrap();
    acknowledged.extend(collect(names).await);
    while reader.until("the connection is lost").await {}
    let one = cluster.start("four");
    reader.connect(&one.address).await;
    let last = json!({ "display_name": "the end" });
    let answer = user
        .at(&one.address)
        .send("PATCH", "/v0/user/me", &last)
        .await;
    assert_eq!(answer.unwrap().status(), 200);
    assert!(reader.until("the end").await);

    acknowledged.push("the end".into());
    let mut once = reader.seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(
        once.len(),
        reader.seen.len(),
        "nothing twice: {:?}",
        reader.seen
    );
    // What was committed but not acknowledged in time may be there, too.
    let is_acknowledged = |name: &&String| acknowledged.contains(name);
    let seen: Vec<_> = reader.seen.iter().filter(is_acknowledged).collect();
    let expected: Vec<_> = acknowledged.iter().collect();
    assert_eq!(seen, expected, "everything, in the order of its commit");
    assert!(reader.seen.len() <= acknowledged.len() + 2);
    drop((one, two));
    cluster.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_4_1_a_session_that_ends_in_one_process_is_refused_by_the_other() {
    let Some(cluster) = Cluster::new("session").await else {
        return;
    };
    let (one, two) = (cluster.start("one"), cluster.start("two"));
    let user = Api::new(&one.address).sign_up("ada_l").await;
    let there = user.at(&two.address);
    let me = there.request("GET", "/v0/user/me").send().await.unwrap();
    assert_eq!(me.status(), 200);
    let out = user
        .request("POST", "/v0/auth/logout")
        .send()
        .await
        .unwrap();
    assert_eq!(out.status(), 204);
    let me = there.request("GET", "/v0/user/me").send().await.unwrap();
    assert_eq!(me.status(), 401);
    drop((one, two));
    cluster.drop().await;
}
