using Parley.Journal.Encoding;
using Parley.Server.Ownership;
using Parley.Server.Routing;

namespace Parley.Cluster.Between;

/// <summary>The forms of what nodes tell each other beside events.</summary>
internal static class NewsCodec
{
    public static void Write(ByteWriter to, in PresentUser user, bool isThere)
    {
        Write(to, user);
        to.Flag(isThere);
    }

    /// <returns>A whole item.</returns>
    public static byte[] Present(IReadOnlyCollection<PresentUser> users)
    {
        var to = new ByteWriter();
        to.Byte((byte)ItemKind.Present);
        to.Varint(users.Count);
        foreach (var user in users) Write(to, user);
        return to.Written.ToArray();
    }

    public static void Write(ByteWriter to, string accountId, string agentPid, AgentAvailability state, long saidAt)
    {
        to.Text(accountId);
        to.Text(agentPid);
        to.Varint(saidAt);
        to.Text(state.State);
        to.Text(state.Description);
        to.Varint(state.Since ?? -1);
    }

    public static void Write(ByteWriter to, string conversationId, string dialogId, string userId, PublishedParts parts)
    {
        to.Text(conversationId);
        to.Text(dialogId);
        to.Text(userId);
        to.Bytes(parts.Body);
        to.Bytes(parts.Metadata, parts.Metadata is null);
        to.Bytes(parts.EncodedMetadata, parts.EncodedMetadata is null);
    }

    /// <summary>Reads an item and says it.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="from">The rest of it.</param>
    /// <param name="node">Who told it.</param>
    /// <param name="to">Who hears it.</param>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static void Read(ItemKind kind, ref ByteReader from, string node, INodeNews to)
    {
        switch (kind)
        {
            case ItemKind.Presence:
                to.HearPresence(node, ReadUser(ref from), from.Flag());
                break;
            case ItemKind.Present:
                var users = new PresentUser[from.Count()];
                for (var i = 0; i < users.Length; i++) users[i] = ReadUser(ref from);
                to.HearPresent(node, users);
                break;
            case ItemKind.State:
                var (accountId, agentPid, saidAt) = (from.RequiredText(), from.RequiredText(), from.Varint());
                var state = new AgentAvailability(from.RequiredText(), from.RequiredText());
                to.HearState(accountId, agentPid, state with { Since = from.Varint() is var since and >= 0 ? since : null }, saidAt);
                break;
            case ItemKind.ChatState:
                to.HearChatState(
                    from.RequiredText(), from.RequiredText(), from.RequiredText(), new PublishedParts(from.Bytes(out _).ToArray(), from.OptionalBytes(), from.OptionalBytes()));
                break;
        }
    }

    private static void Write(ByteWriter to, in PresentUser user)
    {
        to.Text(user.AccountId);
        to.Text(user.UserId);
        to.Flag(user.IsAgent);
    }

    private static PresentUser ReadUser(ref ByteReader from) => new(from.RequiredText(), from.RequiredText(), from.Flag());
}
