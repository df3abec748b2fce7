using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;

namespace Parley.Client;

/// <summary>
/// One reader's place in one dialog. What it hands out ascends by sequence without hole or repeat, across reconnects and however slowly it is read:
/// when the buffer is full, later events are dropped and fetched again from <see cref="Next"/> once the reader has caught up.
/// </summary>
internal abstract class MessageFeed(string dialogId, long fromSequence, int capacity) : IFeed
{
    private readonly Channel<MessageEvent> _buffer = Channel.CreateBounded<MessageEvent>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private bool _behind;

    /// <summary>Guards the place and whether the feed is live; held only for moments.</summary>
    protected Lock Gate { get; } = new();

    public string DialogId { get; } = dialogId;

    /// <summary>The first sequence that was not handed to the buffer yet.</summary>
    public long Next { get; protected set; } = fromSequence;

    /// <summary>Whether what arrives now continues what was buffered.</summary>
    public bool IsLive { get; protected set; }

    protected ChannelWriter<MessageEvent> Buffer => _buffer.Writer;

    /// <summary>Asks the server for everything from <see cref="Next"/> on.</summary>
    public abstract Task SynchroniseAsync(CancellationToken cancellation);

    public abstract void Notice(string type, JsonElement body);

    public abstract Task RestoreAsync(RequestChannel channel, CancellationToken cancellation);

    public void Complete(Exception? reason) => _buffer.Writer.TryComplete(reason);

    public async IAsyncEnumerable<MessageEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            while (_buffer.Reader.TryRead(out MessageEvent? message)) yield return message;
            bool behind;
            lock (Gate) (behind, _behind) = (_behind, false);
            if (behind) await SynchroniseAsync(cancellation).ConfigureAwait(false);
        }
        while (await _buffer.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Buffers an event, under the gate, unless it was buffered before.</summary>
    /// <returns>False when there was no room; then the feed is not live any more.</returns>
    protected bool Offer(MessageEvent message)
    {
        if (message.Sequence is not { } sequence)
        {
            _buffer.Writer.TryWrite(message);
            return true;
        }
        if (sequence < Next) return true;
        if (!_buffer.Writer.TryWrite(message))
        {
            (IsLive, _behind) = (false, true);
            return false;
        }
        Next = sequence + 1;
        return true;
    }
}
