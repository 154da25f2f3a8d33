//! The recent public actions, shared by all subscribers, as the bytes that each of them is sent.

use std::collections::VecDeque;

use bytes::Bytes;
use uuid::Uuid;

use crate::domain::types::UserId;
use crate::store::action_logs::{Action, Filter};

/// A public action, ready to be sent.
#[derive(Debug, Clone)]
pub struct Event {
    pub position: i64,
    action: String,
    actor_id: Option<UserId>,
    resource_id: Option<Uuid>,
    pub frame: Bytes,
}

impl Event {
    pub fn new(row: Action, frame: Bytes) -> Self {
        Self {
            position: row.position,
            action: row.action,
            actor_id: row.actor_id,
            resource_id: row.resource_id,
            frame,
        }
    }

    /// As the database would judge it.
    fn passes(&self, filter: &Filter) -> bool {
        (filter.actor_id.is_none() || filter.actor_id == self.actor_id)
            && (filter.resource_id.is_none() || filter.resource_id == self.resource_id)
            && (filter.actions.is_empty() || filter.actions.contains(&self.action))
    }
}

/// What follows a position.
#[derive(Debug, Clone)]
pub enum Found {
    /// The next event that passes the filter: where it stands, and its bytes.
    Event(i64, Bytes),
    /// None up to this position, which is the newest known.
    Nothing(i64),
    /// It is no longer kept here: ask the database.
    Behind,
}

/// All public actions of the positions after `floor`, up to `last`, in their order.
#[derive(Debug)]
pub struct Ring {
    floor: i64,
    last: i64,
    events: VecDeque<Event>,
    capacity: usize,
}

impl Ring {
    pub fn new(capacity: usize) -> Self {
        Self {
            floor: 0,
            last: 0,
            events: VecDeque::new(),
            capacity,
        }
    }

    /// The newest position known.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// Begins anew with all public actions after `floor`.
    pub fn refill(&mut self, floor: i64, last: i64, events: Vec<Event>) {
        self.events.clear();
        (self.floor, self.last) = (floor, last);
        self.extend(last, events);
    }

    /// Adds all public actions up to `last` that it does not know; the oldest ones make room.
    pub fn extend(&mut self, last: i64, events: Vec<Event>) {
        self.events.extend(events);
        while self.events.len() > self.capacity {
            if let Some(dropped) = self.events.pop_front() {
                self.floor = dropped.position;
            }
        }
        self.last = self.last.max(last);
    }

    pub fn after(&self, position: i64, filter: &Filter) -> Found {
        if position < self.floor {
            return Found::Behind;
        }
        let next = self
            .events
            .partition_point(|event| event.position <= position);
        let mut rest = self.events.range(next..);
        match rest.find(|event| event.passes(filter)) {
            Some(event) => Found::Event(event.position, event.frame.clone()),
            None => Found::Nothing(self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn user(number: u128) -> UserId {
        Uuid::from_u128(number).into()
    }

    fn event(position: i64, action: &str, actor: u128) -> Event {
        let row = Action {
            position,
            id: Uuid::from_u128(position.unsigned_abs().into()).into(),
            action: action.to_owned(),
            actor_id: Some(user(actor)),
            resource_type: "user".to_owned(),
            resource_id: Some(Uuid::from_u128(actor)),
            public: true,
            data: "{}".to_owned(),
            private_data: None,
            request_id: String::new(),
            created_at: DateTime::UNIX_EPOCH,
        };
        Event::new(row, Bytes::from(position.to_string()))
    }

    /// What a subscriber gets that starts after this position.
    fn all(ring: &Ring, mut position: i64, filter: &Filter) -> Option<Vec<i64>> {
        let mut seen = Vec::new();
        loop {
            match ring.after(position, filter) {
                Found::Behind => return None,
                Found::Nothing(last) => {
                    assert_eq!(last, ring.last());
                    return Some(seen);
                }
                Found::Event(next, frame) => {
                    assert!(next > position);
                    assert_eq!(frame, next.to_string());
                    (position, _) = (next, seen.push(next));
                }
            }
        }
    }

    #[test]
    fn it_tells_what_it_has_and_says_when_it_has_not() {
        let any = Filter::default();
        let mut ring = Ring::new(3);
        assert_eq!(all(&ring, 0, &any), Some(vec![]));
        // Positions between are of private actions.
        ring.refill(10, 14, vec![event(12, "a", 1), event(14, "a", 1)]);
        assert_eq!(all(&ring, 9, &any), None);
        assert_eq!(all(&ring, 10, &any), Some(vec![12, 14]));
        assert_eq!(all(&ring, 13, &any), Some(vec![14]));
        assert_eq!(all(&ring, 14, &any), Some(vec![]));
        assert_eq!(all(&ring, 99, &any), Some(vec![]), "ahead of the hub");
        ring.extend(20, vec![event(17, "a", 1), event(20, "a", 1)]);
        assert_eq!(ring.last(), 20);
        assert_eq!(all(&ring, 11, &any), None);
        assert_eq!(all(&ring, 12, &any), Some(vec![14, 17, 20]));
        ring.refill(0, 0, vec![]);
        assert_eq!(all(&ring, 0, &any), Some(vec![]));
    }

    #[test]
    fn filters_pass_what_they_name() {
        let mut ring = Ring::new(9);
        let events = [(1, "a", 1), (2, "b", 1), (3, "a", 2), (4, "c", 2)];
        let events = events.map(|(position, action, actor)| event(position, action, actor));
        ring.refill(0, 4, events.into());
        let of = |actions: &[&str], actor: Option<u128>, resource: Option<u128>| Filter {
            actions: actions.iter().map(|&action| action.to_owned()).collect(),
            actor_id: actor.map(user),
            resource_id: resource.map(Uuid::from_u128),
            ..Filter::default()
        };
        for (filter, expected) in [
            (of(&[], None, None), vec![1, 2, 3, 4]),
            (of(&["a"], None, None), vec![1, 3]),
            (of(&["a", "c"], None, None), vec![1, 3, 4]),
            (of(&[], Some(2), None), vec![3, 4]),
            (of(&[], None, Some(1)), vec![1, 2]),
            (of(&["b"], Some(1), Some(1)), vec![2]),
            (of(&["b"], Some(2), None), vec![]),
        ] {
            assert_eq!(all(&ring, 0, &filter), Some(expected), "{filter:?}");
        }
    }
}
