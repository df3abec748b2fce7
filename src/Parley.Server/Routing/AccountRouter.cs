using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Routing;
using Parley.Protocol.Dialects;
using Parley.Protocol.Records;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Frames;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>
/// The single writer of one account's routing: queue, presence, reservations. Everything reaches it as a message and is
/// handled one at a time; its decisions go to conversations as commands and come back as committed states.
/// </summary>
internal sealed class AccountRouter : IDisposable
{
    private static readonly TimeSpan PresenceGrace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestWake = TimeSpan.FromMilliseconds(50);

    private readonly Channel<Action> _mailbox = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly RoutingTable _table = new();
    private readonly ConcurrentDictionary<string, AgentAvailability> _states = new();
    private readonly Dictionary<string, ITimer> _graces = [];
    private readonly string _accountId;
    private readonly RouterServices _services;
    private readonly ITimer _wake;

    public AccountRouter(string accountId, RouterServices services)
    {
        (_accountId, _services) = (accountId, services);
        _wake = services.Time.CreateTimer(_ => Post(() => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = Task.Run(RunAsync);
    }

    /// <summary>What an agent said of himself; OFFLINE when he said nothing and the account does not count connecting as ONLINE.</summary>
    public AgentAvailability StateOf(string agentPid)
    {
        if (_states.TryGetValue(agentPid, out var state)) return state;
        return Settings.ConnectedAgentIsOnline && IsConnected(agentPid) ? AgentAvailability.Online : AgentAvailability.Offline;
    }

    /// <summary>An agent says whether he takes work.</summary>
    public void SetState(string agentPid, AgentAvailability state) => Post(() =>
    {
        _states[agentPid] = state;
        AgentChanged(agentPid);
    });

    /// <summary>An agent's first socket opened or his last one closed.</summary>
    public void PresenceChanged(string agentPid) => Post(() =>
    {
        if (_graces.Remove(agentPid, out var grace)) grace.Dispose();
        if (!IsConnected(agentPid))
        {
            _graces[agentPid] = _services.Time.CreateTimer(_ => Post(() =>
            {
                if (IsConnected(agentPid)) return;
                _states.TryRemove(agentPid, out var _);
                AgentChanged(agentPid);
            }), null, PresenceGrace, Timeout.InfiniteTimeSpan);
        }

        AgentChanged(agentPid);
    });

    /// <summary>A conversation reached a committed state.</summary>
    public void Observe(Conversation conversation) => Post(() => _table.Observe(conversation));

    /// <summary>A conversation that was open when the process ended.</summary>
    public void Recover(Conversation conversation)
    {
        Observe(conversation);
        if (conversation.Rings.Any(r => r.State == RingState.Waiting))
            _services.Conversations.Execute(conversation.Id, null, new EndRing(null, RingState.Cancelled), NoReply.Instance);
    }

    /// <summary>Sends the rings that wait for an agent as the first notification of a subscription.</summary>
    public void SendWaitingRings(Connection connection, string subscriptionId, string agentPid) => Post(() =>
    {
        var rings = _table.Rings(agentPid).Select(r => _services.Rings.Record(r.Conversation, r.Ring)).ToList();
        connection.Notify(ServerFrame.Seal(RoutingNotifications.Tasks(Scratch.Notification, connection.Dialect, subscriptionId, rings)));
    });

    public void Dispose()
    {
        _mailbox.Writer.TryComplete();
        _wake.Dispose();
    }

    private AccountSettings Settings => _services.Accounts.Find(_accountId)?.Settings ?? AccountSettings.Default;

    private long Now => _services.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsConnected(string agentPid) => _services.Connections.OfAgent(_accountId, agentPid).Open.Length > 0;

    private void Post(Action message) => _mailbox.Writer.TryWrite(message);

    private async Task RunAsync()
    {
        await foreach (var message in _mailbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            message();
            while (_mailbox.Reader.TryRead(out var next)) next();
            EndExpiredRings();
            MakeOffers();
            FlushBatch.Flush();
        }
    }

    private void EndExpiredRings()
    {
        var now = Now;
        foreach (var (conversation, ring) in _table.Rings().Where(r => r.Ring.ExpiresTs <= now).ToList())
            _services.Conversations.Execute(conversation.Id, null, new EndRing(ring.Id, RingState.Expired), NoReply.Instance);
    }

    private void MakeOffers()
    {
        var now = Now;
        var offers = _table.Next(now, out var wakeAt);
        foreach (var offer in offers)
        {
            if (_services.Agents.Find(_accountId, offer.AgentId) is not { } agent) continue;
            var ring = new OfferRing($"{offer.ConversationId}_{agent.Number}_{now}", agent.Pid, now + Settings.RingSeconds * 1000L);
            _services.Conversations.Execute(offer.ConversationId, null, ring, new OfferReply(() => WithdrawLater(offer.ConversationId)));
        }

        var next = _table.Rings().Select(r => r.Ring.ExpiresTs).Append(wakeAt ?? long.MaxValue).DefaultIfEmpty(long.MaxValue).Min();
        var wait = next == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(next - now, ShortestWake.TotalMilliseconds));
        _wake.Change(wait, Timeout.InfiniteTimeSpan);
    }

    // Not at once: while the store has trouble, the offer would be made and fail again without end.
    private void WithdrawLater(string conversationId) => Post(() =>
    {
        ITimer? timer = null;
        timer = _services.Time.CreateTimer(_ => Post(() =>
        {
            _table.Withdraw(conversationId);
            timer!.Dispose();
        }), null, RetryDelay, Timeout.InfiniteTimeSpan);
    });

    private void AgentChanged(string agentPid)
    {
        if (_services.Agents.Find(_accountId, agentPid) is not { } agent) return;
        var state = StateOf(agentPid);
        var isAvailable = agent.Enabled && state.State == "ONLINE" && IsConnected(agentPid);
        _table.SetAgent(agentPid, isAvailable, agent.MaxSlots, agent.SkillIds);
        if (!isAvailable)
        {
            foreach (var (conversation, ring) in _table.Rings(agentPid).ToList())
                _services.Conversations.Execute(conversation.Id, null, new EndRing(ring.Id, RingState.Cancelled), NoReply.Instance);
        }

        NotifyState(agent, state);
    }

    private void NotifyState(AgentProfile agent, AgentAvailability state)
    {
        var record = new AgentStateRecord(new UserName(agent.Pid, agent.OldId), state.State, state.Description);
        foreach (var connection in _services.Connections.All)
        {
            if (connection.AccountId != _accountId) continue;
            foreach (var (subscriptionId, pid) in connection.Routing.States)
            {
                if (pid == agent.Pid)
                    connection.Notify(ServerFrame.Seal(RoutingNotifications.AgentState(Scratch.Notification, connection.Dialect, subscriptionId, record)));
            }
        }
    }
}
