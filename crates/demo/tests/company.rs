//! The company is complete: categories in a tree, answers as Liquid templates, rules.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use demo::company;

#[test]
fn categories_make_a_tree() {
    let company = company();
    let leaves = company.categories.iter().filter(|category| category.parent.is_some()).count();
    assert_eq!(leaves, 24);
    for (place, category) in company.categories.iter().enumerate() {
        let Some(parent) = &category.parent else { continue };
        let above = company.categories.iter().position(|other| &other.key == parent).unwrap();
        assert!(above < place, "{} stands before its parent", category.key);
    }
}

#[test]
fn answers_are_letters_to_the_requester() {
    let company = company();
    assert!((70..=90).contains(&company.answers.len()), "{} answers", company.answers.len());
    for answer in &company.answers {
        let variants = answer.variants.iter().map(|variant| &variant.body);
        for body in variants.chain([&answer.body]) {
            assert!(body.contains("{{ requester.name | default: \""), "{} names nobody", answer.key);
            assert!(body.len() > 120, "{} says too little: {body}", answer.key);
            assert_eq!(body.matches("{{").count(), body.matches("}}").count(), "{}", answer.key);
        }
    }
}

#[test]
fn rules_are_few_and_have_words() {
    let rules = company().rules;
    assert!((2..=4).contains(&rules.len()));
    assert!(rules.iter().all(|rule| !rule.words.is_empty()));
}
