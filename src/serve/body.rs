//! What is sent: bytes from memory, or what comes little by little.

use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// An answer's body.
#[derive(Debug)]
pub struct Answer {
    kind: Kind,
    /// Something that ends when the body has been sent.
    guard: Option<Box<dyn Guard>>,
}

/// What lives as long as a body.
pub trait Guard: Send + Sync + std::fmt::Debug {}

#[derive(Debug)]
enum Kind {
    Whole(Option<Bytes>),
    /// Pieces, and how many bytes are left when that is known.
    Pieces(Receiver<io::Result<Bytes>>, Option<u64>),
}

impl Answer {
    pub fn whole(bytes: Bytes) -> Self {
        Self { kind: Kind::Whole(Some(bytes)), guard: None }
    }

    pub fn empty() -> Self {
        Self { kind: Kind::Whole(None), guard: None }
    }

    /// What is sent into the other end. `length` is how much it will be.
    pub fn pieces(length: Option<u64>) -> (Sender<io::Result<Bytes>>, Self) {
        let (sender, receiver) = mpsc::channel(4);
        (sender, Self { kind: Kind::Pieces(receiver, length), guard: None })
    }

    pub fn guarded(mut self, guard: impl Guard + 'static) -> Self {
        self.guard = Some(Box::new(guard));
        self
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.kind {
            Kind::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Kind::Pieces(pieces, left) => pieces.poll_recv(context).map(|piece| {
                let piece = piece?;
                if let (Ok(bytes), Some(left)) = (&piece, left) {
                    *left = left.saturating_sub(bytes.len() as u64);
                }
                Some(piece.map(Frame::data))
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.kind, Kind::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Kind::Pieces(_, Some(left)) => SizeHint::with_exact(*left),
            Kind::Pieces(_, None) => SizeHint::default(),
        }
    }
}
