//! What a running app is asked for by its watcher: to start an ability, to open a file, to end.

use crate::error::eprint;
use concord_ability::app::{AppHandle, AppProcess};
use concord_ability::event_loop::EventLoop;
use concord_services::protocol::Order;
use concord_syscalls::app_process::Inbox;
use nix::poll::PollFlags;
use std::cell::RefCell;
use std::io;

/// Heeds orders from now on, while the main loop runs.
pub fn heed(mut inbox: Inbox, process: &AppProcess) -> io::Result<()> {
    let handle = process.handle();
    let Some(event_loop) = EventLoop::of(process.runtime().context()) else { return Ok(()) };
    // What came with the configuration waits for the app's own start, which is posted after this.
    let early = inbox.take().unwrap_or_default();
    let (later, early_handle) = (event_loop.clone(), handle.clone());
    event_loop.post(move |_| {
        later.post(move |_| {
            early.iter().for_each(|line| obey(&early_handle, line));
            Ok(())
        });
        Ok(())
    });
    let descriptor = inbox.descriptor()?;
    let inbox = RefCell::new(inbox);
    event_loop.watch(descriptor, PollFlags::POLLIN, true, move |_, _| {
        let Some(lines) = inbox.borrow_mut().take() else { return Ok(false) };
        lines.iter().for_each(|line| obey(&handle, line));
        Ok(true)
    });
    Ok(())
}

fn obey(app: &AppHandle, line: &str) {
    let started = match Order::from_line(line) {
        None => {
            tracing::debug!("not an order: {line}");
            return;
        }
        Some(Order::Quit) => {
            app.force_stop();
            return;
        }
        Some(Order::End) => {
            app.end_abilities();
            return;
        }
        Some(Order::Start(order)) => {
            if let Some(token) = &order.token {
                concord_arkui::set_launch_token(app.context(), token);
            }
            match &order.document {
                Some(file) => app.open_document(&order.want, file),
                None => app.start_ability(&order.want),
            }
        }
    };
    if let Err(error) = started {
        eprint(&format!("concord: {error}\n"));
    }
}
