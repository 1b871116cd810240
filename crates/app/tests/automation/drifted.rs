//! Questions change: it is found, says since when, and ends the certificate.

use app::drift;
use app::policies::{Scope, set};
use domain::CategoryId;
use domain::certificate::Standing;
use domain::policy::PolicyChange;
use domain::time::DAY;
use domain::words::{Measure, Mode};

use crate::house::{House, past};
use crate::on_both_engines;

/// A day's tickets: `count` like those of the past, then `odd` about something new.
async fn day(house: &House, from: i64, count: i64, odd: i64) {
    for i in from..from + count {
        house.ask(&format!("day{i}@example.com"), &past(i).body).await;
    }
    for i in from..from + odd {
        let body = format!("mi paquete azul {i} nunca llegó a la oficina de correos");
        house.ask(&format!("odd{i}@example.com"), &body).await;
    }
    house.clock.advance(DAY);
}

async fn changed_questions_end_the_certificate_and_the_same_ones_do_not(house: &House) {
    house.with_history(1_500).await;
    house.train().await;
    let shadow = PolicyChange { mode: Some(Mode::Shadow), precision: Some(0.9), ..PolicyChange::default() };
    set(&house.app, &House::admin(), Scope::All, shadow).await.unwrap();
    let scope = CategoryId::DEFAULT;
    let cards = house.category("Cards").await;
    let standing = async || {
        let snapshot = house.snapshot().await;
        snapshot.standing(cards, house.app.now())
    };
    assert!(matches!(standing().await, Standing::Valid { .. }));
    for d in 0..4 {
        day(house, 10_000 + d * 100, 40, 0).await;
    }
    assert_eq!(drift::look(&house.app).await.unwrap(), 0);
    let looks = drift::shown(&house.app).await.unwrap();
    assert_eq!((looks[0].look.category, looks[0].look.newer), (scope, 160));
    assert!(matches!(standing().await, Standing::Valid { .. }));

    let began = house.app.now();
    for d in 0..3 {
        day(house, 20_000 + d * 100, 20, 25).await;
    }
    assert!(drift::look(&house.app).await.unwrap() > 0);
    let shown = drift::shown(&house.app).await.unwrap();
    let look = &shown[0].look;
    let drifted = look.drifted.as_ref().expect("drift over all tickets");
    assert!((began - drifted.since).abs() <= DAY, "since {} began {began}", drifted.since);
    assert!(look.found.figures.iter().any(|f| f.measure == Measure::Words && f.is_drift()));
    assert!(shown[0].tickets[0].1.contains("paquete"), "{:?}", shown[0].tickets);
    let Standing::Missing(_) = standing().await else { panic!("the certificate stands") };
    let last = house.snapshot().await.certificate(cards).cloned().unwrap();
    // The new attempt rests on later tickets alone, of which none is answered yet.
    assert_eq!((last.attempt, last.total), (2, 0));
    // Looking again changes nothing, and says nothing twice.
    drift::look(&house.app).await.unwrap();
    let again = drift::shown(&house.app).await.unwrap();
    assert_eq!(again[0].look.drifted.as_ref().unwrap().found_at, drifted.found_at);
    assert_eq!(house.snapshot().await.certificate(cards).unwrap().attempt, 2);
}

on_both_engines!(changed_questions_end_the_certificate_and_the_same_ones_do_not);
