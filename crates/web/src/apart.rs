//! Long work, such as setting pages or reading many messages, done where it holds up nobody who only wants a page.

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::fault::Fault;

/// Does what may take its time on a thread of its own kind.
///
/// # Errors
///
/// A [`Fault`] where it broke off.
pub(crate) async fn apart<T: Send + 'static>(
    doing: impl Future<Output = T> + Send + 'static,
) -> Result<T, Fault> {
    let runtime = Handle::current();
    spawn_blocking(move || runtime.block_on(doing)).await.map_err(Fault::inner)
}
