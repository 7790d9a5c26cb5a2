//! Answers that were given before: of questions whose answer depends on nothing but the question.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use tera::Value;

/// More than one, so that threads seldom wait for one another.
const SHELVES: usize = 16;

/// How many answers one shelf holds. A full one is emptied: a site's pages ask for much the same again and again.
const MOST_ON_A_SHELF: usize = 512;

/// Answers by their questions, bounded in number.
#[derive(Debug, Default)]
pub struct Remembered {
    state: RandomState,
    shelves: [Mutex<HashMap<Box<str>, Value>>; SHELVES],
}

impl Remembered {
    /// The answer to a question, which is worked out when it is new. Failures are not kept.
    ///
    /// # Errors
    /// Those of `answer`.
    pub fn or_else<E>(&self, question: &str, answer: impl FnOnce() -> Result<Value, E>) -> Result<Value, E> {
        let shelf = &self.shelves[self.state.hash_one(question) as usize % SHELVES];
        if let Some(known) = shelf.lock().unwrap_or_else(PoisonError::into_inner).get(question) {
            return Ok(known.clone());
        }
        let new = answer()?;
        let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() >= MOST_ON_A_SHELF {
            shelf.clear();
        }
        shelf.insert(question.into(), new.clone());
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ON_A_SHELF, Remembered, SHELVES};
    use tera::Value;

    #[test]
    fn a_question_is_answered_once_and_failures_are_asked_again() {
        let remembered = Remembered::default();
        assert_eq!(remembered.or_else("a", || Err("no")), Err("no"));
        assert_eq!(remembered.or_else("a", || Ok::<_, ()>(Value::from(1))), Ok(Value::from(1)));
        assert_eq!(remembered.or_else("a", || Ok::<_, ()>(Value::from(2))), Ok(Value::from(1)));
        assert_eq!(remembered.or_else("b", || Ok::<_, ()>(Value::from(2))), Ok(Value::from(2)));
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let remembered = Remembered::default();
        for number in 0..SHELVES * MOST_ON_A_SHELF * 3 {
            let _ = remembered.or_else(&number.to_string(), || Ok::<_, ()>(Value::from(number)));
        }
        let held: usize = remembered.shelves.iter().map(|shelf| shelf.lock().unwrap().len()).sum();
        assert!(held <= SHELVES * MOST_ON_A_SHELF, "{held}");
    }
}
