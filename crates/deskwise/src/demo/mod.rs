//! `deskwise demo`: a believable company with a past, a trained model, three categories switched on, and simulated
//! customers and agents, so that every page fills while one watches.

mod customers;
mod desk;
mod guard;
mod history;
mod simulate;
mod stage;
mod story;

use std::sync::Arc;
use std::time::Duration;

use domain::time::{DAY, SystemClock};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::commands::serve::{Stop, listen, serve_beside, serve_until_stopped, until};
use crate::failure::Failure;
use crate::place::Place;
use crate::progress;

/// Days that the demo's past covers.
const PAST_DAYS: i64 = 30;
/// How many tickets the past holds unless somebody says otherwise.
const TICKETS: u32 = 8_000;
/// The least that a simulated day of the story takes while somebody may watch.
const A_DAY: Duration = Duration::from_millis(1_500);

/// Show Deskwise with a made-up company: 8,000 past tickets, a trained model, live customers and agents
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  deskwise demo\n  deskwise demo --tickets 28000 --seed 7\n  deskwise demo --story\n\n\
    The demo keeps its data in deskwise-demo unless --data says otherwise, begins anew each time, and never\n\
    touches a directory that holds anything else."
)]
pub(crate) struct Demo {
    /// The address to listen on
    #[arg(long, env = "DESKWISE_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// How many tickets the past holds [default: 8000, for --story 10000]
    #[arg(long, value_parser = clap::value_parser!(u32).range(200..=200_000))]
    tickets: Option<u32>,
    /// The same seed gives the same history
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Make the history and the model, and end
    #[arg(long)]
    no_serve: bool,
    /// Let the company go through the control room by itself in accelerated time: audit, shadow, on, a broken
    /// release, the guardrail's pause, the return
    #[arg(long)]
    story: bool,
    /// Allow an address that others can reach
    #[arg(long)]
    public: bool,
}

impl Demo {
    pub(crate) async fn run(self, place: Place) -> Result<(), Failure> {
        if self.story {
            return self.tell_story(place).await;
        }
        let listener = if self.no_serve { None } else { Some(listen(&self.address()?).await?) };
        guard::clear(&place)?;
        // Secrets come from the seed as well: the demo has none worth keeping, but passwords are drawn afresh.
        let random = StdRng::seed_from_u64(self.seed);
        let app = place.open_with(Arc::new(SystemClock), random).await?;
        guard::refuse_real_data(&app).await?;

        let company = ::demo::company();
        let url = listener.as_ref().and_then(|l| l.local_addr().ok()).map(|a| format!("http://{a}"));
        let sign_ins = stage::people_and_settings(&app, &company, url.clone()).await?;
        stage::answers_and_rules(&app, &company).await?;
        let now = app.now();
        history::import(
            &app,
            &company,
            self.seed,
            self.tickets.unwrap_or(TICKETS) as usize,
            now - PAST_DAYS * DAY,
            now,
        )
        .await?;
        stage::train(&app).await?;
        let certified = stage::switch_on(&app).await?;
        if let Some(largest) = certified.first() {
            stage::compare_endings(&app, *largest).await?;
        }

        let Some(listener) = listener else {
            println!("The demo's data is in {}.", place.data.display());
            self.say_what_is_proved(certified.len());
            app.db.close().await;
            return Ok(());
        };
        announce(&url.unwrap_or_default(), &sign_ins);
        self.say_what_is_proved(certified.len());
        let world = simulate::start(app.clone(), company, self.seed).await?;
        let served = serve_until_stopped(app, listener).await;
        world.abort();
        served
    }

    async fn tell_story(self, place: Place) -> Result<(), Failure> {
        let listener = if self.no_serve { None } else { Some(listen(&self.address()?).await?) };
        guard::clear(&place)?;
        let clock = story::clock();
        let app = place.open_with(clock.clone(), story::random(self.seed)).await?;
        guard::refuse_real_data(&app).await?;
        let company = ::demo::company();
        let url = listener.as_ref().and_then(|l| l.local_addr().ok()).map(|a| format!("http://{a}"));
        let tickets = self.tickets.unwrap_or(story::TICKETS) as usize;
        let pace = story::Pace {
            tickets,
            seed: self.seed,
            precision: story::provable(tickets),
            a_day: if listener.is_some() { A_DAY } else { Duration::ZERO },
        };
        let sign_ins = story::set_up(&app, &company, &pace, url.clone()).await?;
        let Some(listener) = listener else {
            story::play(app.clone(), clock, company, &place, pace).await?;
            app.db.close().await;
            return Ok(());
        };
        announce(&url.unwrap_or_default(), &sign_ins);
        let acting = app.clone();
        let work = async move |stop: Stop| {
            let mut until_stopped = std::pin::pin!(until(stop.clone()));
            tokio::select! {
                told = story::play(acting.clone(), clock.clone(), company.clone(), &place, pace) => {
                    match told {
                        Ok(()) => println!("\nThe story is told; the company goes on. Ctrl-C ends the demo."),
                        Err(why) => eprintln!("deskwise: {why}"),
                    }
                }
                () = &mut until_stopped => return,
            }
            clock.run_on();
            let world = simulate::start(acting.clone(), company.clone(), self.seed).await;
            app::jobs::run(acting, until(stop)).await;
            match world {
                Ok(world) => world.abort(),
                Err(why) => eprintln!("deskwise: {why}"),
            }
        };
        serve_beside(app, listener, work).await
    }

    /// A history too short to prove anything shows a desk where nothing is answered by itself; that is said, so that
    /// nobody takes it for broken.
    fn say_what_is_proved(&self, certified: usize) {
        if certified == 0 {
            println!(
                "\n{} past tickets are too few to prove any category right often enough, so nothing is answered by \
                 itself;\nagents see suggestions. `deskwise demo --tickets 8000` shows automatic answers.",
                self.tickets.unwrap_or(TICKETS)
            );
        }
    }

    fn address(&self) -> Result<String, Failure> {
        let host = self.listen.rsplit_once(':').map_or(self.listen.as_str(), |(host, _)| host);
        let host = host.trim_matches(['[', ']']);
        let local = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if local || self.public {
            return Ok(self.listen.clone());
        }
        Err(Failure::usage(format!(
            "{} can be reached by others, and the demo is not for them; use a loopback address, or add --public",
            self.listen
        )))
    }
}

fn announce(url: &str, sign_ins: &[stage::SignIn]) {
    println!("\nDeskwise is at {url}/console, the customers' side at {url}\n");
    for sign_in in sign_ins {
        println!("  {:<6} {:<28} {}", sign_in.role, sign_in.email, sign_in.password);
    }
    println!("\nSimulated customers and agents are at work. Ctrl-C ends the demo.");
}

/// A bar with a message that tells what is being done.
fn bar(what: &'static str) -> indicatif::ProgressBar {
    progress::percent(what)
}
