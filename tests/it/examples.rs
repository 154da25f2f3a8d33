//! The client's examples, as programs of their own, as somebody who reads the README runs them.

use std::process::Stdio;

use accord_client::types::ActionKind;
use contract_tests::prelude::*;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::totp::phone::Phone;

pub fn tests() -> Vec<Case> {
    tests![
        the_readme_shows_a_program_of_thirty_lines,
        a_program_signs_in_with_the_second_factor_and_tails_events,
        a_program_registers_an_account,
    ]
}

const SIGN_IN: &str = include_str!("../../client/examples/sign_in.rs");

async fn the_readme_shows_a_program_of_thirty_lines(_: Stage) {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&format!("```rust\n{SIGN_IN}```")));
    assert!(SIGN_IN.lines().count() <= 30);
}

/// An example under way; it ends with this.
struct Program {
    _process: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(path: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(path);
        command
            .args(arguments)
            .env("ACCORD_PASSWORD", PASSWORD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut process = command.spawn().expect(path);
        Self {
            input: process.stdin.take().expect("its input"),
            lines: BufReader::new(process.stdout.take().expect("its output")).lines(),
            _process: process,
        }
    }

    async fn line(&mut self) -> String {
        let line = self.lines.next_line().await.expect("text");
        line.expect("it has ended")
    }

    async fn asked(&mut self, question: &str, answer: &str) {
        assert_eq!(self.line().await, question);
        let answer = format!("{answer}\n");
        self.input
            .write_all(answer.as_bytes())
            .await
            .expect("it listens");
    }
}

async fn a_program_signs_in_with_the_second_factor_and_tails_events(server: TestServer) {
    let user = server.user().await;
    let setup = user.setup_totp().await.expect("a setup");
    let phone = Phone::with_secret(setup.secret.expose());
    let code = phone.code(&server, 0);
    user.enable_totp()
        .body_map(|body| body.code(code))
        .await
        .expect("turned on");
    server.advance(Duration::from_secs(30));

    let mut program = Program::start(env!("CARGO_BIN_EXE_example_sign_in"), &[&server.url()]);
    program.asked("email:", &user.email).await;
    program.asked("password:", &user.password).await;
    let code = phone.code(&server, 0);
    program.asked("code:", &code).await;
    let greeting = format!("signed in as {}", user.handle);
    assert_eq!(program.line().await, greeting);

    // Its stream is open some time after the greeting; what happens then is told.
    let told = format!("{}: ", ActionKind::UserEdit);
    let edits = async {
        for number in 0.. {
            let name = format!("Name {number}");
            let edit = user.update_me().body_map(|body| body.display_name(name));
            edit.await.expect("changed");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        line = program.line() => assert!(line.starts_with(&told) && line.contains(&user.handle), "{line}"),
        () = edits => unreachable!("edits have no end"),
    }
}

async fn a_program_registers_an_account(server: TestServer) {
    let person = Person::new();
    let arguments = [server.url(), person.email.clone(), person.handle.clone()];
    let arguments = arguments.each_ref().map(String::as_str);
    let mut program = Program::start(env!("CARGO_BIN_EXE_example_sign_up"), &arguments);
    assert_eq!(program.line().await, format!("welcome, {}", person.handle));
    let mail = format!("a mail is on its way to {}", person.email);
    assert_eq!(program.line().await, mail);
    server.mail_to(&person.email).await;
}
