//! The help centre: published answers, as anyone may read and search them.

use std::collections::HashMap;

use domain::answers::{Answer, Category};
use domain::help::score;
use domain::{AnswerId, CategoryId};

use crate::templates::{self, Named, Person, Values, value};
use crate::{App, Error, Result, settings};

/// Results of one search.
const MOST_FOUND: usize = 20;

/// A published answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub id: AnswerId,
    pub title: String,
    pub text: String,
    pub category: Option<CategoryId>,
}

/// Published answers that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub name: String,
    pub articles: Vec<Article>,
}

/// Everything published, by category; what has none comes last.
pub async fn sections(app: &App) -> Result<Vec<Section>> {
    let categories = store::categories::all(&app.db).await?;
    let names: HashMap<CategoryId, &str> = categories.iter().map(|c| (c.id, c.name.as_str())).collect();
    let mut sections: Vec<Section> = Vec::new();
    for article in articles(app).await? {
        let name =
            article.category.filter(|id| *id != CategoryId::UNCATEGORISED).and_then(|id| names.get(&id));
        let name = name.map_or("", |name| *name);
        match sections.iter_mut().find(|section| section.name == name) {
            Some(section) => section.articles.push(article),
            None => sections.push(Section { name: name.to_owned(), articles: vec![article] }),
        }
    }
    sections.sort_by_key(|section| (section.name.is_empty(), section.name.to_lowercase()));
    Ok(sections)
}

/// What fits `query`, best first.
pub async fn search(app: &App, query: &str) -> Result<Vec<Article>> {
    let mut found: Vec<(u32, Article)> =
        articles(app).await?.into_iter().map(|a| (score(query, &a.title, &a.text), a)).collect();
    found.retain(|(score, _)| *score > 0);
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    // A word of many that happens to occur somewhere is no answer beside one that fits.
    let least = found.first().map_or(0, |(best, _)| best / 3);
    Ok(found.into_iter().filter(|(score, _)| *score >= least).take(MOST_FOUND).map(|(_, a)| a).collect())
}

pub async fn article(app: &App, id: AnswerId) -> Result<Article> {
    let found = articles(app).await?.into_iter().find(|article| article.id == id);
    found.ok_or_else(|| Error::NotFound(format!("published answer {id}")))
}

/// What the contact form offers: two levels at most, each under its parent.
pub async fn categories(app: &App) -> Result<Vec<(CategoryId, String)>> {
    let all = store::categories::all(&app.db).await?;
    let full = |category: &Category| match category.parent.and_then(|id| all.iter().find(|c| c.id == id)) {
        Some(parent) => format!("{}: {}", parent.name, category.name),
        None => category.name.clone(),
    };
    let known = all.iter().filter(|category| category.id != CategoryId::UNCATEGORISED);
    let mut names: Vec<(CategoryId, String)> = known.map(|category| (category.id, full(category))).collect();
    names.sort_by_key(|(_, name)| name.to_lowercase());
    Ok(names)
}

async fn articles(app: &App) -> Result<Vec<Article>> {
    let answers = store::answers::published(&app.db).await?;
    let settings = settings::load(app).await?;
    let company = value(&settings.company_name);
    let values = Values {
        requester: Person::new(Some("there"), ""),
        company: Named { name: company.clone() },
        agent: Named { name: company },
        ..Values::default()
    };
    Ok(answers.into_iter().filter_map(|answer| readable(answer, &values)).collect())
}

/// A template that cannot be rendered without a ticket is not shown.
fn readable(answer: Answer, values: &Values) -> Option<Article> {
    let text = templates::render(&answer.body?, values).ok()?;
    let text = domain::help::without_salutation(&text).to_owned();
    (!text.is_empty()).then_some(Article {
        id: answer.id,
        title: answer.title,
        text,
        category: answer.category,
    })
}
