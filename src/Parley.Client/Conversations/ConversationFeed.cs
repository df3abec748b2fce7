using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>A conversation list that is kept across connections: what left it unseen is reported as gone.</summary>
internal sealed class ConversationFeed(string requestType, ConversationFilter filter, Func<string?> self)
    : SubscriptionFeed<ConversationChange>(c => c.Conversation.Id)
{
    /// <summary>An agent's snapshot of this many conversations may be cut off (protocol 8.3): what is not in it is not known to be gone.</summary>
    private const int SnapshotLimit = 1000;

    private readonly Dictionary<string, Conversation> _known = [];

    protected override string RequestType => requestType;

    protected override bool IsMine(string notificationType) =>
        notificationType is TypeNames.ExConversationChangeNotification or TypeNames.ExConversationChangeNotificationV2;

    protected override void WriteBody(Utf8JsonWriter body) => filter.Write(body, self());

    protected override void Take(IEnumerable<JsonElement> changes, bool isSnapshot)
    {
        HashSet<string> seen = [];
        foreach (JsonElement change in changes)
        {
            Conversation conversation = Conversation.Read(change.Member("result"));
            bool isGone = change.Text("type") == "DELETE";
            seen.Add(conversation.Id);
            if (isGone) _known.Remove(conversation.Id);
            else _known[conversation.Id] = conversation;
            Queue.Post(new(isGone, conversation));
        }
        if (!isSnapshot || seen.Count >= SnapshotLimit) return;
        foreach ((string id, Conversation conversation) in _known.Where(k => !seen.Contains(k.Key)).ToList())
        {
            _known.Remove(id);
            Queue.Post(new(true, conversation));
        }
    }
}
