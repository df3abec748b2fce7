using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>A dialog as a consumer reads it: the server replays from a number and goes on live (protocol 10.6).</summary>
internal sealed class ConsumerMessageFeed(ConsumerClient client, string dialogId, long fromSequence, int capacity)
    : MessageFeed(dialogId, fromSequence, capacity)
{
    public override Task SynchroniseAsync(CancellationToken cancellation) => client.SubscribeInTurnAsync(Subscribe(), cancellation);

    /// <remarks>A feed that is not live is left alone: its first subscription is still under way, or its reader has to catch up first.</remarks>
    public override Task RestoreAsync(RequestChannel channel, CancellationToken cancellation) =>
        IsLive ? channel.RequestAsync(Subscribe(), cancellation) : Task.CompletedTask;

    public override void Notice(string type, JsonElement body)
    {
        if (type != TypeNames.MessagingEventNotification) return;
        foreach (JsonElement change in body.Member("changes").Items())
        {
            if (change.Text("dialogId") != DialogId) continue;
            lock (Gate)
            {
                if (IsLive) Offer(MessageEvent.Read(change));
            }
        }
    }

    /// <remarks>
    /// A second subscription to a dialog replaces the first one of the same socket, even in the middle of its replay: hence it starts where the reader
    /// that is furthest behind stands, looked up when it is sent. What other readers know already they skip.
    /// </remarks>
    private Request Subscribe() => new(TypeNames.SubscribeMessagingEvents, body =>
    {
        body.WriteString("dialogId", DialogId);
        body.WriteNumber("fromSeq", client.MessageFeedsOf(DialogId).Where(f => f.IsLive).Append(this).Min(f => f.Next));
    })
    {
        IsRepeatable = true,
        OnAnswer = _ =>
        {
            lock (Gate) IsLive = true;
        },
    };
}
