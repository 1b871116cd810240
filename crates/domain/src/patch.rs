//! Changes to a field that may also be emptied: left out means "as it is", null means "none".

use serde::{Deserialize, Deserializer};

/// For `#[serde(default, deserialize_with = "domain::patch::nullable")]` on an `Option<Option<T>>`.
pub fn nullable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    #[derive(serde::Deserialize)]
    struct Change {
        #[serde(default, deserialize_with = "super::nullable")]
        assignee: Option<Option<i64>>,
    }

    #[test]
    fn left_out_and_null_differ() {
        let read = |text| serde_json::from_str::<Change>(text).unwrap().assignee;
        assert_eq!(read("{}"), None);
        assert_eq!(read(r#"{"assignee":null}"#), Some(None));
        assert_eq!(read(r#"{"assignee":7}"#), Some(Some(7)));
    }
}
