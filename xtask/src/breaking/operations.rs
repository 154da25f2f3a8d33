//! Operation by operation.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schemas::{Direction, Schemas};
use crate::lint::contract::{Contract, Operation, entries};

pub fn compare(former: &Contract, present: &Contract) -> Vec<String> {
    let mut found = Vec::new();
    for (name, scheme) in former.components("securitySchemes") {
        let same = |key: &str| {
            scheme[key] == present.spec["components"]["securitySchemes"][name.as_str()][key]
        };
        if !["type", "in", "name", "scheme"].into_iter().all(same) {
            found.push(format!("security scheme {name} is another"));
        }
    }
    let operations = present.operations();
    for old in former.operations() {
        let new = operations.iter().find(|new| new.id() == old.id());
        let id = old.id();
        match new {
            None => found.push(format!("{id}: gone")),
            Some(new) => {
                let changes = Pair {
                    old: &old,
                    new,
                    former,
                    present,
                };
                found.extend(
                    changes
                        .all()
                        .into_iter()
                        .map(|text| format!("{id}: {text}")),
                );
            }
        }
    }
    found
}

struct Pair<'a> {
    old: &'a Operation<'a>,
    new: &'a Operation<'a>,
    former: &'a Contract<'a>,
    present: &'a Contract<'a>,
}

impl Pair<'_> {
    fn all(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.old.to_string() != self.new.to_string() {
            found.push(format!("{} is now {}", self.old, self.new));
        }
        self.security(&mut found);
        self.parameters(&mut found);
        self.body(&mut found);
        self.responses(&mut found);
        found
    }

    fn schemas(&self, direction: Direction) -> Schemas<'_> {
        Schemas {
            former: self.former,
            present: self.present,
            direction,
        }
    }

    fn security(&self, found: &mut Vec<String>) {
        let accepts = |operation: &Operation, way: &[&str]| {
            let ways = operation.security();
            let anonymous = ways.is_empty() || ways.iter().any(Vec::is_empty);
            anonymous || ways.iter().any(|other| other == way)
        };
        let mut ways = self.old.security();
        if ways.is_empty() {
            ways.push(Vec::new());
        }
        for way in ways {
            if !accepts(self.new, &way) {
                let way = if way.is_empty() {
                    "nobody".into()
                } else {
                    way.join(" and ")
                };
                found.push(format!("is refused as {way}"));
            }
        }
    }

    fn parameters(&self, found: &mut Vec<String>) {
        let is =
            |one: &Value, other: &Value| one["name"] == other["name"] && one["in"] == other["in"];
        let (old, new) = (self.old.parameters(), self.new.parameters());
        for parameter in &new {
            let before = old.iter().find(|other| is(other, parameter));
            let was_required = before.is_some_and(|other| other["required"] == true);
            if parameter["required"] == true && !was_required {
                found.push(format!("parameter {} is required", parameter["name"]));
            }
        }
        for parameter in &old {
            let place = format!("parameter {}", parameter["name"]);
            match new.iter().find(|other| is(other, parameter)) {
                None => found.push(format!("{place} is gone")),
                Some(other) => {
                    let schemas = self.schemas(Direction::Request);
                    schemas.compare(&place, &parameter["schema"], &other["schema"], found);
                    if parameter["explode"] != other["explode"]
                        || parameter["style"] != other["style"]
                    {
                        found.push(format!("{place} is written in another style"));
                    }
                }
            }
        }
    }

    fn body(&self, found: &mut Vec<String>) {
        let required = |operation: &Operation, contract: &Contract| {
            contract.resolve(&operation.value["requestBody"])["required"] == true
        };
        if required(self.new, self.present) && !required(self.old, self.former) {
            found.push("the body is required".into());
        }
        for (media, content) in self.old.body() {
            match self.new.body().find(|(other, _)| *other == media) {
                None => found.push(format!("takes no {media}")),
                Some((_, other)) => {
                    let schemas = self.schemas(Direction::Request);
                    schemas.compare("body", &content["schema"], &other["schema"], found);
                }
            }
        }
        let limit = |operation: &Operation| operation.value["x-max-body"].as_u64();
        if limit(self.new).unwrap_or(u64::MAX) < limit(self.old).unwrap_or(0) {
            found.push("takes less of a body".into());
        }
    }

    fn responses(&self, found: &mut Vec<String>) {
        for (status, old) in self.old.responses() {
            let is_success = status.starts_with('2');
            let Some((_, new)) = self.new.responses().find(|(other, _)| *other == status) else {
                found.push(format!("answers {status} no more"));
                continue;
            };
            let codes: BTreeSet<_> = self.new.codes(status).into_iter().collect();
            // The examples of a success are just examples.
            let gone = self
                .old
                .codes(status)
                .into_iter()
                .filter(|code| !codes.contains(code));
            for code in gone.filter(|_| !is_success) {
                found.push(format!("answers {status} {code} no more"));
            }
            for (name, header) in entries(&old["headers"]) {
                let header = self.former.resolve(header);
                let other = self.present.resolve(&new["headers"][name.as_str()]);
                let place = format!("{status} header {name}");
                if other.is_null() {
                    found.push(format!("{place} is gone"));
                } else if header["required"] == true && other["required"] != true {
                    found.push(format!("{place} may be absent"));
                } else {
                    let schemas = self.schemas(Direction::Response);
                    schemas.compare(&place, &header["schema"], &other["schema"], found);
                }
            }
            for (media, content) in entries(&old["content"]) {
                let other = &new["content"][media.as_str()];
                if other.is_null() {
                    found.push(format!("answers {status} without {media}"));
                } else {
                    let schemas = self.schemas(Direction::Response);
                    schemas.compare(status, &content["schema"], &other["schema"], found);
                }
            }
        }
        for (status, _) in self
            .new
            .responses()
            .filter(|(status, _)| status.starts_with('2'))
        {
            if !self.old.responses().any(|(other, _)| other == status) {
                found.push(format!("succeeds with {status}, too"));
            }
        }
    }
}
