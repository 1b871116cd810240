//! Categories: what tickets are about, two levels at most.

use domain::CategoryId;
use domain::answers::{Category, category_key};

use crate::fields::Fields;
use crate::{Actor, App, Error, NewEvent, Result, automation};

/// A category about to be made.
#[derive(Debug, Clone)]
pub struct NewCategory {
    pub name: String,
    pub parent: Option<CategoryId>,
}

/// What to change; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct CategoryChange {
    pub name: Option<String>,
    pub parent: Option<Option<CategoryId>>,
}

pub async fn create(app: &App, actor: Actor, new: NewCategory) -> Result<Category> {
    write(app, actor, None, CategoryChange { name: Some(new.name), parent: Some(new.parent) }).await
}

pub async fn change(app: &App, actor: Actor, id: CategoryId, change: CategoryChange) -> Result<Category> {
    write(app, actor, Some(id), change).await
}

async fn write(app: &App, actor: Actor, id: Option<CategoryId>, change: CategoryChange) -> Result<Category> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let now = app.now();
    let mut category = match id {
        Some(id) => {
            snapshot.category(id).cloned().ok_or_else(|| Error::NotFound(format!("category {id}")))?
        }
        None => Category { id: CategoryId::DEFAULT, name: String::new(), parent: None, created_at: now },
    };
    let mut fields = Fields::default();
    if let Some(name) = &change.name {
        match fields.line("name", Some(name)) {
            None => fields.wrong("name", "is missing; a name such as Billing is expected"),
            Some(name) => {
                let same =
                    |c: &&Category| c.id != category.id && category_key(&c.name) == category_key(&name);
                if let Some(other) = snapshot.categories.iter().find(same) {
                    fields.wrong("name", format!("there is already a category called {:?}", other.name));
                }
                category.name = name;
            }
        }
    }
    if let Some(parent) = change.parent {
        check_parent(&mut fields, &snapshot.categories, id, parent);
        category.parent = parent;
    }
    fields.done()?;
    let category = app
        .db
        .write(move |tx| {
            let mut category = category.clone();
            Box::pin(async move {
                if id.is_none() {
                    category.id = tx.id(now);
                    store::categories::insert(tx, &category).await?;
                } else {
                    store::categories::update(tx, &category).await?;
                }
                tx.event(
                    NewEvent::new(now, "category.changed", actor)
                        .subject(category.id)
                        .data(&serde_json::json!({ "name": category.name, "new": id.is_none() })),
                );
                Ok::<_, Error>(category)
            })
        })
        .await?;
    app.automation.look_again();
    Ok(category)
}

fn check_parent(fields: &mut Fields, all: &[Category], id: Option<CategoryId>, parent: Option<CategoryId>) {
    let Some(parent) = parent else { return };
    match all.iter().find(|c| c.id == parent) {
        None => fields.wrong("parent", format!("there is no category {parent}")),
        Some(_) if Some(parent) == id => fields.wrong("parent", "a category cannot stand below itself"),
        Some(above) if above.parent.is_some() => {
            fields.wrong("parent", format!("{:?} is itself below another; there are two levels", above.name));
        }
        Some(_) if id.is_some() && all.iter().any(|c| c.parent == id) => {
            fields.wrong("parent", "this category has others below it; there are two levels");
        }
        Some(_) => {}
    }
}

/// How busy the categories are.
#[derive(Debug, Clone)]
pub struct Load {
    pub recent: Vec<store::categories::Recent>,
    pub open: Vec<(CategoryId, i64)>,
}

/// The tickets of the last 30 days, and those that wait for an agent.
pub async fn load(app: &App) -> Result<Load> {
    let since = app.now() - 30 * domain::time::DAY;
    Ok(Load {
        recent: store::categories::recent(&app.db, since).await?,
        open: store::categories::open(&app.db).await?,
    })
}
