//! Whatever comes in: a clear error or a sensible model, never a panic, never NaN.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::unwrap_used, reason = "a test says what it relies on by failing")]

use learn::{Config, Error, Method, Model, Row, Verdict, certify, fit};

fn quick() -> Config {
    Config { threads: 1, ..Config::default() }
}

fn train(rows: &[Row]) -> Result<Model, Error> {
    fit(rows, &quick(), &|_, _| {})
}

fn is_sane(model: &Model) {
    for text in
        ["", " ", "my card", "\0\u{feff}🙂", "日本語", "عربي", &"x".repeat(100_000), &"word ".repeat(20_000)]
    {
        let reading = model.read(text);
        assert!(reading.score.is_finite() && (0.0..=1.0).contains(&reading.score), "{text:.20}");
        assert!(reading.novelty.is_finite() && (0.0..=1.0).contains(&reading.novelty));
        assert!(!reading.ranked.is_empty());
        for ranked in &reading.ranked {
            assert!((0.0..=1.0).contains(&ranked.probability));
            assert!(model.explain(text, &ranked.label, 10).iter().all(|w| w.weight.is_finite()));
        }
        assert!(model.neighbours(text, 5).iter().all(|n| (0.0..=1.0).contains(&n.similarity)));
    }
    let again = Model::from_bytes(&model.to_bytes(), None).unwrap();
    assert_eq!(again.read("my card is lost"), model.read("my card is lost"));
    assert_eq!(again.scores(), model.scores());
}

fn some(n: i64, labels: i64) -> Vec<Row> {
    (0..n)
        .map(|i| {
            Row::new(
                i,
                format!("text number{} about topic{}", i, i % labels),
                Some(&format!("l{}", i % labels)),
            )
        })
        .collect()
}

#[test]
fn nothing_to_learn_from_is_an_error() {
    assert_eq!(train(&[]).unwrap_err(), Error::NoRows);
    assert!(matches!(train(&some(10, 1)).unwrap_err(), Error::OneLabel { .. }));
    let unlabelled: Vec<Row> = (0..10).map(|i| Row::new(i, "text", None)).collect();
    assert!(matches!(train(&unlabelled).unwrap_err(), Error::NoLabels { .. }));
    let mut odd = some(10, 2);
    odd[3].weight = f32::NAN;
    assert!(matches!(train(&odd).unwrap_err(), Error::Weight { id: 3, .. }));
}

#[test]
fn an_answer_column_that_is_a_free_text_is_named() {
    let rows: Vec<Row> =
        (0..7_000).map(|i| Row::new(i, "hello", Some(&format!("Dear {i}, we are sorry")))).collect();
    assert!(matches!(train(&rows).unwrap_err(), Error::TooManyLabels { .. }));
}

#[test]
fn little_and_lopsided_data_make_a_sane_model() {
    is_sane(&train(&some(2, 2)).unwrap());
    is_sane(&train(&some(30, 30)).unwrap());
    let mut lopsided = some(200, 1);
    lopsided.push(Row::new(999, "something else", Some("rare")));
    is_sane(&fit(&lopsided, &Config { method: Method::CrossFit, ..quick() }, &|_, _| {}).unwrap());
    let mut with_unknown = some(50, 1);
    with_unknown.extend((100..150).map(|i| Row::new(i, "what is love", None)));
    is_sane(&train(&with_unknown).unwrap());
}

#[test]
fn empty_long_and_mixed_texts_train() {
    let mut rows = some(60, 3);
    for (i, text) in ["", "   ", "\0", "🙂🙂", "\u{202e}مرحبا", &"a".repeat(100_000), &"b c ".repeat(30_000)]
        .iter()
        .enumerate()
    {
        rows.push(Row::new(500 + i as i64, *text, Some("l0")));
        rows.push(Row::new(600 + i as i64, *text, None));
    }
    is_sane(&train(&rows).unwrap());
    let empty: Vec<Row> =
        (0..40).map(|i| Row::new(i, "", Some(if i % 2 == 0 { "a" } else { "b" }))).collect();
    is_sane(&train(&empty).unwrap());
    let mut weightless = some(20, 2);
    for row in &mut weightless {
        row.weight = 0.0;
    }
    is_sane(&train(&weightless).unwrap());
}

#[test]
fn small_data_certify_nothing_that_they_cannot() {
    for n in [10, 30, 100] {
        let model = train(&some(n, 2)).unwrap();
        match certify(model.scores(), 0.95, 0.05) {
            Verdict::Need { more, why } => assert!(more > 0 && !why.is_empty()),
            Verdict::Certified(c) => panic!("{n} tickets certified {c:?}"),
        }
    }
}

#[test]
fn training_does_not_depend_on_threads_or_chance() {
    let rows = some(300, 7);
    let one = fit(&rows, &Config { threads: 1, ..Config::default() }, &|_, _| {}).unwrap();
    let two = fit(&rows, &Config { threads: 2, ..Config::default() }, &|_, _| {}).unwrap();
    assert_eq!(one.to_bytes(), two.to_bytes());
}
