//! Numbers as sentences show them.

/// A share from 0 to 1: `97.7%`, `95%`.
pub fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    format!("{tenths}%")
}

/// A count of things: `12,345`.
pub fn thousands(count: impl ToString) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |hex, byte| hex + &format!("{byte:02x}"))
}

/// A time in seconds as people say it: `45 s`, `12 min`, `2 h 5 min`, `3 days`.
pub fn duration(seconds: i64) -> String {
    match seconds {
        s if s < 60 => format!("{s} s"),
        s if s < 3_600 => format!("{} min", (s + 30) / 60),
        s if s < 48 * 3_600 => match (s + 30) / 60 % 60 {
            0 => format!("{} h", (s + 30) / 3_600),
            minutes => format!("{} h {minutes} min", (s + 30) / 3_600),
        },
        s => format!("{} days", (s + 43_200) / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        let said: Vec<String> = [5, 90, 3_600, 7_500, 200_000].map(duration).to_vec();
        assert_eq!(said, ["5 s", "2 min", "1 h", "2 h 5 min", "2 days"]);
    }
}
