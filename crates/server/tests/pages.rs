//! The public pages, through HTTP: without JavaScript, with everything kept that was typed, and nothing changed by
//! looking.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use domain::time::{DAY, HOUR};
use domain::words::{Resolution, Status};
use serde_json::json;
use testkit::http::Method;
use testkit::{Reply, TestApp, both_engines};

const FORM: &str = "application/x-www-form-urlencoded";

async fn get(t: &TestApp, path: &str) -> Reply {
    t.visitor().with("accept", "text/html").get(path).await
}

async fn post(t: &TestApp, path: &str, form: &str) -> Reply {
    t.visitor().with("content-type", FORM).send(Method::POST, path, form.to_owned()).await
}

async fn post_files(t: &TestApp, path: &str, fields: &[(&str, &str)], files: &[(&str, Vec<u8>)]) -> Reply {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for (name, content) in files {
        let part =
            format!("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    t.visitor().with("content-type", "multipart/form-data; boundary=b").send(Method::POST, path, body).await
}

/// An installation whose mail goes to the mailbox, and a ticket that was asked and answered in it: its number, the
/// path of its page, and the path of its rating.
async fn answered(t: &TestApp) -> (i64, String, String) {
    let admin = t.admin().await;
    admin
        .sets(json!({ "public_url": "https://help.example.org", "reply_address": "help@example.org" }))
        .await;
    let sent = post(t, "/contact", "email=ada@example.org&subject=Board&message=Where+is+it%3F").await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let number = app::tickets::by_number(&t.app, 1).await.unwrap().number;
    t.drain().await;
    admin.solves(number, "It is under Archive: https://help.example.org/x?a=1&b=2").await;
    t.drain().await;
    t.after(DAY).await;
    let path = |text: &str, begin: &str| {
        let rest = text.split_once(begin).unwrap_or_else(|| panic!("no {begin} in {text}")).1;
        format!("{begin}{}", rest.split_whitespace().next().unwrap())
    };
    let mails = app::mailbox::page(&t.app, None, None, 10).await.unwrap();
    let body = |has: &str| mails.iter().find(|m| m.mail.body.contains(has)).unwrap().mail.body.clone();
    (number, path(&body("Archive"), "/t/"), path(&body("/rate/"), "/rate/"))
}

both_engines! {
    async fn a_question_is_asked_without_javascript(t: &TestApp) {
        t.admin().await.adds_category("Boards").await;
        let form = get(t, "/contact").await;
        assert_eq!(form.status, 200);
        assert!(form.text().contains("<option value=") && form.text().contains("Boards"));
        assert!(!form.text().contains("<script") && !form.text().contains("style="));
        let sent = post_files(
            t, "/contact",
            &[("email", "Ada@Example.org"), ("name", "Ada"), ("subject", "Board"), ("message", "Gone.")],
            &[("a.png", vec![1, 2, 3]), ("", Vec::new())],
        ).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let page = get(t, sent.header("location")).await;
        assert!(page.text().contains("<strong>1</strong>"), "{}", page.text());
        assert!(!page.text().contains("/t/"), "whoever typed an address need not own it");
        let seen = t.admin().await.sees(1).await;
        assert_eq!(seen["channel"], "form");
        assert_eq!(seen["requester"]["email"], "ada@example.org");
        assert_eq!(seen["messages"][0]["attachments"][0]["name"], "a.png");
        t.drain().await;
    }

    async fn what_is_wrong_is_said_and_what_was_typed_is_kept(t: &TestApp) {
        let reply = post(t, "/contact", "email=nobody&message=&subject=%3Cb%3EBoard").await;
        assert_eq!(reply.status, 422);
        let text = reply.text();
        assert!(text.contains("name@example.com") && text.contains("Write what we can help you with."), "{text}");
        assert!(text.contains("value=\"nobody\"") && text.contains("value=\"&#60;b&#62;Board\""), "{text}");
        let trapped = post(t, "/contact", "email=a@b.example&message=Hello&website=spam").await;
        assert_eq!(trapped.status, 422);
        assert!(trapped.text().contains("Hello") && trapped.text().contains("Leave this field empty"));
        let many: Vec<_> = (0..6).map(|n| (["a", "b", "c", "d", "e", "f"][n], vec![1])).collect();
        let fields = [("email", "a@b.example"), ("message", "Hello")];
        let crowded = post_files(t, "/contact", &fields, &many).await;
        assert!(crowded.status == 422 && crowded.text().contains("at most 5"), "{}", crowded.text());
        let large = post_files(t, "/contact", &fields, &[("a", vec![0; 12 << 20])]).await;
        assert_eq!(large.status, 413);
        assert!(large.text().contains("too large") && large.text().contains("<html"));
        let nul = post(t, "/contact", "email=a@b.example&message=a%00b").await;
        assert_eq!(nul.status, 422);
        let odd = post(t, "/contact", "email=a@b.example&message=Hello&category=999").await;
        assert!(odd.status == 422 && odd.text().contains("id=\"category-wrong\"") || odd.text().contains("no category"));
    }

    async fn too_many_questions_are_refused_for_a_while(t: &TestApp) {
        for n in 0..6 {
            let sent = post(t, "/contact", &format!("email=a@b.example&message=Hello+{n}")).await;
            assert_eq!(sent.status, 303, "{}", sent.text());
        }
        let refused = post(t, "/contact", "email=A@b.example&message=Hello").await;
        assert_eq!(refused.status, 429);
        assert!(refused.header("retry-after").parse::<i64>().unwrap() > 0);
        assert!(refused.text().contains("wait a little"));
        t.after(HOUR).await;
        assert_eq!(post(t, "/contact", "email=a@b.example&message=Hello").await.status, 303);
        t.drain().await;
    }

    async fn a_customer_follows_replies_and_says_whether_it_helped(t: &TestApp) {
        let (number, path, _) = answered(t).await;
        let page = get(t, &path).await;
        let text = page.text();
        assert_eq!(page.status, 200);
        assert!(text.contains("Where is it?") && text.contains("It is under Archive"), "{text}");
        assert!(text.contains("href=\"https://help.example.org/x?a=1&#38;b=2\""), "{text}");
        assert!(page.header("content-security-policy").contains("style-src 'self';"));
        assert_eq!((page.header("referrer-policy"), page.header("cache-control")), ("no-referrer", "no-store"));
        let state = async || app::tickets::by_number(&t.app, number).await.unwrap();
        assert_eq!(state().await.resolution, None, "looking changes nothing");
        assert_eq!(get(t, &format!("{path}/helped")).await.status, 405);
        let helped = post(t, &format!("{path}/helped"), "").await;
        assert_eq!(helped.status, 303);
        assert_eq!(state().await.resolution, Some(Resolution::Confirmed));
        assert!(!get(t, &path).await.text().contains("Did this help?"));
        let sent = post_files(t, &format!("{path}/reply"), &[("message", "No.\n\n> quoted")], &[("a.txt", vec![65])]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        assert_eq!(state().await.status, Status::Open);
        let text = get(t, &path).await.text();
        let file = text.split_once("/files/").unwrap().1.split('"').next().unwrap().to_owned();
        let file = get(t, &format!("{path}/files/{file}")).await;
        assert_eq!((file.body.as_ref(), file.header("content-type")), (&b"A"[..], "application/octet-stream"));
        assert!(file.header("content-disposition").starts_with("attachment"));
        let empty = post(t, &format!("{path}/reply"), "message=+").await;
        assert!(empty.status == 422 && empty.text().contains("Write a message"));
    }

    async fn a_rating_is_given_and_changed(t: &TestApp) {
        let (number, _, path) = answered(t).await;
        assert!(get(t, &path).await.text().contains("How did we do?"));
        assert_eq!(post(t, &path, "comment=x").await.status, 422);
        assert_eq!(post(t, &path, "value=good&comment=Thanks").await.status, 303);
        let page = get(t, &format!("{path}?saved=1")).await.text();
        assert!(page.contains("value=\"good\" required checked") && page.contains("Thanks"), "{page}");
        assert_eq!(post(t, &path, "value=bad&comment=").await.status, 303);
        let seen = t.admin().await.sees(number).await;
        assert_eq!((&seen["rating"]["value"], &seen["rating"]["comment"]), (&json!("bad"), &json!(null)));
    }

    async fn links_that_do_not_hold_say_so_kindly(t: &TestApp) {
        let (_, path, rate) = answered(t).await;
        let crossed = format!("/t/{}", rate.trim_start_matches("/rate/"));
        for bad in ["/t/x", "/rate/x", "/contact/sent/x", &path[..path.len() - 1], &crossed] {
            let page = get(t, bad).await;
            assert_eq!(page.status, 404, "{bad}");
            assert!(page.text().contains("This link does not work"), "{}", page.text());
        }
        assert_eq!(post(t, "/t/x/helped", "").await.status, 404);
        t.after(91 * DAY).await;
        let late = get(t, &path).await;
        assert_eq!(late.status, 410);
        assert!(late.text().contains("expired"));
        let missing = get(t, "/nothing/here").await;
        assert!(missing.status == 404 && missing.text().contains("There is no page here"));
        t.visitor().get("/nothing/here").await.problem("not-found");
        t.visitor().with("accept", "text/html").get("/api/v1/nothing").await.problem("not-found");
    }

    async fn published_answers_are_read_and_found(t: &TestApp) {
        assert!(get(t, "/").await.text().contains("no answers here yet"));
        let admin = t.admin().await;
        let category = admin.adds_category("Boards").await;
        let new = |title: &str, body: &str, published: bool| {
            json!({ "title": title, "body": body, "published": published, "category": category })
        };
        let body = "Hello {{ requester.first_name }},\n\nopen its <menu> & choose Delete.";
        let made = admin.web.post("/api/v1/answers", &new("Delete a board", body, true)).await.expect(201);
        admin.web.post("/api/v1/answers", &new("Secret board", "For agents.", false)).await.expect(201);
        let home = get(t, "/").await;
        assert!(home.text().contains("<h2>Boards</h2>") && home.text().contains("Delete a board"));
        assert!(!home.text().contains("Secret"));
        assert!(home.text().len() < 50_000);
        let page = get(t, &format!("/help/{}", made["id"].as_str().unwrap())).await.text();
        assert!(page.contains("</h1>\n<p>open its &#60;menu&#62; &#38; choose Delete."), "{page}");
        assert!(get(t, "/?q=deleting+boards").await.text().contains("Nothing here fits"));
        assert!(get(t, "/?q=delete").await.text().contains("1 answer for"));
        assert!(!get(t, "/?q=secret").await.text().contains("Secret board"));
        assert_eq!(get(t, "/help/1").await.status, 404);
        assert_eq!(get(t, "/help/x").await.status, 404);
    }

    async fn styles_are_kept_by_browsers(t: &TestApp) {
        t.admin().await.sets(json!({ "colour": "#FFCC00", "company_name": "Pinboard <b>" })).await;
        let home = get(t, "/").await.text();
        assert!(home.contains("Pinboard &#60;b&#62;"));
        let styles: Vec<_> = home.split("href=\"/assets/").skip(1).map(|s| s.split('"').next().unwrap()).collect();
        assert_eq!(styles.len(), 3, "our style, the team's, and the icon in its colour");
        let mut bytes = home.len();
        for name in styles {
            let css = get(t, &format!("/assets/{name}")).await;
            assert!(css.status == 200 && css.header("cache-control").contains("immutable"), "{name}");
            let kind = css.header("content-type");
            assert!(kind == "text/css; charset=utf-8" || kind == "image/svg+xml", "{name}: {kind}");
            bytes += css.body.len();
        }
        assert!(bytes < 50_000, "{bytes}");
        assert_eq!(get(t, "/assets/public-000000000000.css").await.status, 404);
    }
}
