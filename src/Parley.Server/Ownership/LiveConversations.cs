using System.Collections.Concurrent;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal;

namespace Parley.Server.Ownership;

/// <summary>
/// Finds the object that decides for a conversation in this process: the seam at which a cluster puts ownership across
/// nodes. Objects are made on demand and let go when idle.
/// </summary>
internal sealed class LiveConversations
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, LiveConversation> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LiveConversation>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private OwnershipServices? _services;

    public LiveConversations() => _bySpan = _live.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _live.Count;

    /// <summary>Who has it reads a conversation that changed hands or whose outcome is unknown: where many did, not all of them read at once.</summary>
    public SemaphoreSlim Recovering { get; } = new(8, 8);

    public void Start(OwnershipServices services) => _services = services;

    /// <summary>The object for a conversation, whether or not the conversation exists.</summary>
    public LiveConversation Get(string conversationId) =>
        _live.TryGetValue(conversationId, out var live) ? live : _live.GetOrAdd(conversationId, static (id, self) => new(id, self._services!), this);

    /// <summary>The object for a conversation if it is in memory.</summary>
    public LiveConversation? Find(string conversationId) => _live.GetValueOrDefault(conversationId);

    /// <summary>The object for a conversation by the UTF-8 of its id; no string is made when it is there.</summary>
    public LiveConversation Get(ReadOnlySpan<byte> conversationId)
    {
        Span<char> text = stackalloc char[128];
        if (conversationId.Length <= text.Length)
        {
            var length = System.Text.Encoding.UTF8.GetChars(conversationId, text);
            if (_bySpan.TryGetValue(text[..length], out var live)) return live;
        }

        return Get(System.Text.Encoding.UTF8.GetString(conversationId));
    }

    /// <summary>Carries a command out on whichever object decides.</summary>
    public void Execute(string conversationId, string? accountId, ConversationCommand command, CommandReply reply)
    {
        while (!Get(conversationId).TryExecute(accountId, command, reply))
        {
        }
    }

    /// <summary>The conversation, as soon as everything decided for it so far is durable; null when the account has no such.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    public Task<Conversation?> LookAsync(string conversationId, string accountId)
    {
        var seen = new TaskCompletionSource<Conversation?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Look(conversationId, accountId, state => () => seen.SetResult(state), () => seen.SetException(new JournalUnavailableException("The conversation cannot be read now")));
        return seen.Task;
    }

    /// <summary>As <see cref="LiveConversation.TryLook"/>, on whichever object is the conversation's.</summary>
    public void Look(string conversationId, string? accountId, Func<Conversation?, Action> look, Action unavailable)
    {
        while (!Get(conversationId).TryLook(accountId, look, unavailable))
        {
        }
    }

    /// <summary>As <see cref="LiveConversation.TryLookAtCommitted"/>, on whichever object is the conversation's.</summary>
    public void LookAtCommitted(string conversationId, string? accountId, Func<Conversation?, Action> look, Action unavailable)
    {
        while (!Get(conversationId).TryLookAtCommitted(accountId, look, unavailable))
        {
        }
    }

    /// <summary>As <see cref="LiveConversation.TryHear"/>, on whichever object is the conversation's.</summary>
    public void Hear(string conversationId, ConversationEvent[] events)
    {
        while (!Get(conversationId).TryHear(events))
        {
        }
    }

    /// <summary>As <see cref="LiveConversation.TryAttach"/>, on whichever object is the conversation's: the one that was asked may have been given up while the answer waited.</summary>
    public void Attach(string conversationId, MessageSubscription subscription)
    {
        while (!Get(conversationId).TryAttach(subscription))
        {
        }
    }

    /// <summary>Gives up the objects of conversations that another node decides for from now on, or did until now.</summary>
    public void Abandon(Func<string, bool> isConcerned)
    {
        foreach (var live in _live.Values)
        {
            if (isConcerned(live.Id)) live.Abandon();
        }
    }

    /// <summary>Puts the object that decides from now on in the place of one that gave up.</summary>
    public void Replace(LiveConversation former, LiveConversation successor) => _live.TryUpdate(former.Id, successor, former);

    public void Remove(LiveConversation live) => _live.TryRemove(KeyValuePair.Create(live.Id, live));

    /// <summary>Lets go of objects that nobody used for a while.</summary>
    public void EvictIdle()
    {
        foreach (var live in _live.Values) live.EvictIfIdle(Idle);
    }
}
