use super::*;

/// Not where tests are looked for.
const FILE: &str = include_str!("sample.rs.txt");

fn labels() -> Vec<Label> {
    let mut labels = Vec::new();
    labels::read(FILE, &mut labels);
    labels
}

fn row(id: &str, missing: Option<&str>) -> Row {
    Row {
        id: id.to_owned(),
        text: "a rule".to_owned(),
        gate: None,
        documented: None,
        not_applicable: None,
        missing: missing.map(str::to_owned),
    }
}

#[test]
fn tests_are_found_by_name_and_by_label() {
    let known = BTreeSet::from(["T-4", "3.4.4", "Q-7", "6.2.4", "T-9"]);
    let tests = |id: &str| -> Vec<String> {
        let labels = labels();
        let tests = labels.iter().filter(|label| label.names(id, &known));
        tests.map(|label| label.test.clone()).collect()
    };
    assert_eq!(tests("T-4"), ["one_of_many_wins"]);
    assert_eq!(tests("3.4.4"), ["one_of_many_wins"]);
    assert_eq!(tests("Q-7"), ["q3_q7_nothing_is_lost"]);
    assert_eq!(tests("6.2.4"), ["asvs_6_2_4_common_ones_are_refused"]);
    assert!(tests("T-9").is_empty());
}

#[test]
fn what_is_not_shown_is_a_problem() {
    let output = "test sqlite::a::one_of_many_wins ... ok\n\
                  test postgres::a::one_of_many_wins ... ok\n\
                  test b::q3_q7_nothing_is_lost ... FAILED\n";
    let results = results(output);
    let rows = [
        row("T-4", None),
        row("Q-7", None),
        row("6.2.4", None),
        row("T-9", None),
        row("T-10", Some("nobody wrote it")),
        row("Q-3", Some("there is one")),
    ];
    let report = report(&rows, &labels(), &results);
    assert!(
        report
            .table
            .contains("| T-4 | a rule | one_of_many_wins | passed 2x |")
    );
    assert!(
        report
            .table
            .contains("| T-10 | a rule | nobody wrote it | missing |")
    );
    let expected = [
        "Q-7: FAILED 1x",
        "6.2.4: asvs_6_2_4_common_ones_are_refused did not run",
        "T-9: neither a test nor a reason",
        "Q-3: has tests and a reason for none",
        "one_of_many_wins: 3.4.3 is no requirement",
        "one_of_many_wins: 3.4.4 is no requirement",
        "one_of_many_wins: 3.4.5 is no requirement",
    ];
    assert_eq!(report.problems, expected);
}
