using System.Text.Json;
using System.Threading.Channels;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// A dialog as an agent reads it: what happens while he is a participant arrives unasked (protocol 10.9), everything else is queried. An agent sees
/// every number, so a number that is ahead of the next one says that something is missing.
/// </summary>
internal sealed class AgentMessageFeed(AgentClient client, string dialogId, long fromSequence, int capacity)
    : MessageFeed(dialogId, fromSequence, capacity)
{
    private readonly int _capacity = capacity;
    private readonly List<MessageEvent> _ahead = [];
    private bool _catchingUp;
    private bool _again;
    private long _toleratedHole = -1;

    public override Task SynchroniseAsync(CancellationToken cancellation)
    {
        CatchUp(null);
        return Task.CompletedTask;
    }

    /// <remarks>Does not wait: the reader may be waiting for a request of its own, and that for this connection.</remarks>
    public override Task RestoreAsync(RequestChannel channel, CancellationToken cancellation) => SynchroniseAsync(cancellation);

    public override void Notice(string type, JsonElement body)
    {
        if (type != TypeNames.OnlineEventDistribution || body.Text("dialogId") != DialogId) return;
        MessageEvent message = MessageEvent.Read(body);
        lock (Gate)
        {
            if (_catchingUp)
            {
                if (_ahead.Count < _capacity) _ahead.Add(message);
                else _again = true;
                return;
            }
            if (!IsLive) return;
            if (message.Sequence is not { } sequence || sequence <= Next)
            {
                Offer(message);
                return;
            }
        }
        CatchUp(message);
    }

    private void CatchUp(MessageEvent? ahead)
    {
        lock (Gate)
        {
            IsLive = false;
            if (ahead is not null)
            {
                _ahead.Add(ahead);
                _toleratedHole = Next;
            }
            _again = true;
            if (_catchingUp) return;
            _catchingUp = true;
        }
        _ = CatchUpAsync();
    }

    private async Task CatchUpAsync()
    {
        try
        {
            do
            {
                lock (Gate) _again = false;
                foreach (MessageEvent message in await client.QueryFromAsync(DialogId, Next).ConfigureAwait(false))
                {
                    if (message.Sequence is not { } sequence || sequence < Next) continue;
                    await Buffer.WriteAsync(message).ConfigureAwait(false);
                    Next = sequence + 1;
                }
            }
            while (!GoLive());
        }
        catch (ChannelClosedException)
        {
            // The reader left.
        }
        catch (Exception e)
        {
            Complete(e);
        }
    }

    /// <summary>Buffers what arrived meanwhile; false when the dialog has to be queried once more.</summary>
    private bool GoLive()
    {
        lock (Gate)
        {
            _ahead.RemoveAll(m => m.Sequence < Next);
            if (_again || HasNewHole() || !_ahead.OrderBy(m => m.Sequence ?? long.MaxValue).All(Offer)) return false;
            _ahead.Clear();
            (_catchingUp, IsLive) = (false, true);
            return true;
        }
    }

    /// <summary>Whether something is missing before what arrived. What a query that began after the arrival did not bring is not there.</summary>
    private bool HasNewHole()
    {
        if (_ahead.Min(m => m.Sequence) is not { } first || first == Next || _toleratedHole == Next) return false;
        _toleratedHole = Next;
        return true;
    }
}
