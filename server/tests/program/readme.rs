//! The README's walk, as a reader would paste it: the same lines, by `sh` and curl.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use totp_rs::Builder;

use super::running::start;

/// What the README asks to be replaced.
const CODE: &str = "code=123456\n";

fn walk() -> &'static str {
    let readme = include_str!("../../../README.md");
    let (_, walk) = readme.split_once("## Five minutes").unwrap();
    let (_, walk) = walk.split_once("```sh\n").unwrap();
    walk.split_once("```\n").unwrap().0
}

/// A shell that reads what a person types.
struct Shell {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Shell {
    fn new(folder: &str) -> Self {
        let mut process = Command::new("sh")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            input: process.stdin.take().unwrap(),
            output: BufReader::new(process.stdout.take().unwrap()),
            process,
        }
    }

    /// Types these lines; what they print.
    fn run(&mut self, lines: &str) -> String {
        const END: &str = "-- end of this part --\n";
        write!(self.input, "{lines}\necho; echo '{}'\n", END.trim_end()).unwrap();
        let mut printed = String::new();
        while !printed.ends_with(END) {
            assert!(
                self.output.read_line(&mut printed).unwrap() > 0,
                "{printed}"
            );
        }
        printed
    }
}

fn found(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "{one} is not in:\n{text}");
    }
}

#[cfg(unix)]
#[test]
#[allow(clippy::disallowed_methods)] // whether this is CI is no setting of the program
fn the_walk_of_the_readme_works() {
    if Command::new("curl").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "no curl");
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the README's walk, for lack of curl"
        );
        return;
    }
    let server = start("readme");
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/readme");
    image::DynamicImage::new_rgb8(40, 30)
        .save(format!("{folder}/picture.png"))
        .unwrap();
    let walk = walk().replace("127.0.0.1:8080", &server.address);
    let [to_setup, to_sign_in, to_end] = walk.split(CODE).collect::<Vec<_>>()[..] else {
        panic!("the walk asks for a code twice")
    };
    let mut shell = Shell::new(folder);

    let printed = shell.run(to_setup);
    found(
        &printed,
        &[
            r#""email_verified":false"#,
            r#""status":"authenticated""#,
            r#""display_name":"Ada Lovelace""#,
            "event: user:create",
            "event: user:edit",
            "event: user:image",
            r#""items":[{"id":""#,
        ],
    );
    assert!(!printed.contains(r#""status":4"#), "{printed}");

    let secret = printed.lines().rev().nth(2).unwrap();
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let code = totp.generate_current();
    let printed = shell.run(&format!("code={code}\n{to_sign_in}"));
    found(&printed, &[r#""backup_codes":[""#]);

    let (_, code) = printed.split_once(r#""backup_codes":[""#).unwrap();
    let (code, _) = code.split_once('"').unwrap();
    let printed = shell.run(&format!("code={code}\n{to_end}"));
    found(
        &printed,
        &[
            r#""status":"authenticated""#,
            r#""email":"ada@example.org""#,
            "event: user:edit",
            "event: user:image",
            r#""status":401,"code":"auth:session_required""#,
        ],
    );
    let resumed = printed.split_once("retry:").unwrap().1;
    assert!(!resumed.contains("event: user:create"), "{resumed}");

    drop(shell.input);
    assert!(shell.process.wait().unwrap().success());
}
